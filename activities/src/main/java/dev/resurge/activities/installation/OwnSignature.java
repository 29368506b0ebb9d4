package dev.resurge.activities.installation;

import java.util.List;
import java.util.Optional;

/**
 * What this installation itself signed, and nobody else: the keys it trusts for sets do not count.
 */
public final class OwnSignature {
  private final Ed25519Signer signer;
  private final TrustRoots only;

  public OwnSignature(Ed25519Signer signer) {
    this.signer = signer;
    this.only = Ed25519TrustRoots.read(List.of(), Optional.of(signer));
  }

  /**
   * That of an installation.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ConfigurationInvalid} if its
   *     signing key cannot be read
   */
  public static OwnSignature of(Installation installation) {
    return new OwnSignature(Ed25519Signer.read(installation.keys().signing()));
  }

  /** The 64 bytes of the signature of {@code content}. */
  public byte[] sign(byte[] content) {
    return signer.sign(content);
  }

  /** Whether that is this installation's signature of exactly that content. */
  public boolean isOf(byte[] content, byte[] signature) {
    return only.signerOf(content, signature).isPresent();
  }
}
