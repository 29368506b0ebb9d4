package dev.resurge.activities.installation;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;

/** Signs with a private key from a PKCS#8 PEM file. */
public final class Ed25519Signer implements Signer {
  private final KeyPair pair;
  private final String keyId;

  private Ed25519Signer(KeyPair pair) {
    this.pair = pair;
    this.keyId = Ed25519.keyId(pair.getPublic());
  }

  /**
   * Reads the key.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ConfigurationInvalid} if the file
   *     is not there or holds no Ed25519 key
   */
  public static Ed25519Signer read(Path privateKey) {
    return new Ed25519Signer(Ed25519.readKeyPair(privateKey));
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public byte[] sign(byte[] content) {
    return Ed25519.sign(pair.getPrivate(), content);
  }

  /** What others need to check its signatures. */
  PublicKey publicKey() {
    return pair.getPublic();
  }

  @Override
  public String toString() {
    return "signing key " + keyId;
  }
}
