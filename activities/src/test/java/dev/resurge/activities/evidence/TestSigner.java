package dev.resurge.activities.evidence;

import dev.resurge.activities.installation.Signer;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.workflows.model.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Optional;

/** A fresh Ed25519 key that signs, and trusts itself alone. */
final class TestSigner implements Signer, TrustRoots {
  private final KeyPair keys;

  TestSigner() {
    try {
      keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key as SubjectPublicKeyInfo. */
  byte[] publicKey() {
    return keys.getPublic().getEncoded();
  }

  @Override
  public String keyId() {
    return Json.sha256(publicKey()).substring(0, 16);
  }

  @Override
  public byte[] sign(byte[] content) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<String> signerOf(byte[] content, byte[] signature) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(keys.getPublic());
      verifier.update(content);
      return verifier.verify(signature) ? Optional.of(keyId()) : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
