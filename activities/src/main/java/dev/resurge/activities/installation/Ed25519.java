package dev.resurge.activities.installation;

import dev.resurge.workflows.model.Json;
import java.io.Serial;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** The JDK's Ed25519 (RFC 8032) in the few operations that are needed here. */
final class Ed25519 {
  /** A signature's length. */
  static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "Ed25519";

  private Ed25519() {}

  static KeyPair newKeyPair() {
    return keyPair(new SecureRandom());
  }

  /** Reads a private key and derives its public one, which PKCS#8 does not hold. */
  static KeyPair readKeyPair(Path file) {
    var der = Pem.read(file, Pem.PRIVATE);
    try {
      var key =
          (EdECPrivateKey)
              KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
      var derived = keyPair(new Fixed(key.getBytes().orElseThrow()));
      if (!verified(derived.getPublic(), der, sign(key, der))) {
        throw new IllegalStateException("the public key derived from " + file + " does not fit it");
      }
      return derived;
    } catch (GeneralSecurityException e) {
      throw Pem.invalid(file, "is no Ed25519 private key", e);
    }
  }

  static PublicKey readPublic(Path file) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Pem.read(file, Pem.PUBLIC)));
    } catch (GeneralSecurityException e) {
      throw Pem.invalid(file, "is no Ed25519 public key", e);
    }
  }

  static byte[] sign(PrivateKey key, byte[] content) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs anything", e);
    }
  }

  /** Whether it is the key's signature of that content; false for anything malformed. */
  static boolean verified(PublicKey key, byte[] content, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      var check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(content);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The first 16 hex digits of the sha256 of the key's DER form. */
  static String keyId(PublicKey key) {
    return Json.sha256(key.getEncoded()).substring(0, 16);
  }

  private static KeyPair keyPair(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /**
   * Hands the generator a known seed: the JDK has no other way from a private key to its public
   * one. {@link #readKeyPair} proves each pair, should a JDK ever draw otherwise.
   */
  private static final class Fixed extends SecureRandom {
    @Serial private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
      Arrays.fill(seed, (byte) 0);
    }
  }
}
