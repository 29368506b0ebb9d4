package dev.resurge.activities.installation;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Locale;
import javax.crypto.KeyAgreement;

/** Makes age identities and tells whose recipient an identity is. */
final class X25519Keys {
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  private X25519Keys() {}

  /** A new identity, {@code AGE-SECRET-KEY-1…}. */
  static String newIdentity() {
    try {
      // the generator's private key prints itself encoded; that is its only public form
      return new X25519KeyPairGenerator().generateKeyPair().getPrivate().toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has X25519", e);
    }
  }

  /** The recipient, {@code age1…}: the secret scalar times the curve's base point (RFC 7748). */
  static String recipientOf(String identity) {
    try {
      var secret = Bech32.getDecoder().decode(identity.toUpperCase(Locale.ROOT)).getData();
      var keys = KeyFactory.getInstance("X25519");
      var agreement = KeyAgreement.getInstance("X25519");
      agreement.init(
          keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)));
      agreement.doPhase(
          keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
      return Bech32.getEncoder().encode("age", agreement.generateSecret()).toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an age identity is an X25519 key", e);
    }
  }
}
