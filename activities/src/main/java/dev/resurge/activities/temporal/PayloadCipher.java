package dev.resurge.activities.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over whole payloads, each with a nonce of its own before it, as {@code
 * binary/encrypted}: what Temporal's own examples write, so that their codec servers read it.
 */
final class PayloadCipher implements PayloadCodec {
  private static final String ENCODING = "encoding";
  private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private PayloadCipher(SecretKeySpec key) {
    this.key = key;
  }

  /**
   * With a key.
   *
   * @param where names the secret in messages
   * @param base64 32 bytes
   * @throws ResurgeException {@code KeyWrong}, which never shows the key
   */
  static PayloadCipher of(String where, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      bytes = new byte[0]; // the exception's message would show a part of it
    }
    if (bytes.length != KEY_BYTES) {
      throw new ResurgeException(
          ErrorType.KEY_WRONG,
          "temporal.codecKey in "
              + where
              + " is not 32 bytes in base64; make one with: openssl rand -base64 32");
    }
    return new PayloadCipher(new SecretKeySpec(bytes, "AES"));
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    var encoded = new ArrayList<Payload>();
    for (var payload : payloads) {
      var nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      encoded.add(
          Payload.newBuilder()
              .putMetadata(ENCODING, ENCRYPTED)
              .setData(
                  ByteString.copyFrom(nonce)
                      .concat(
                          ByteString.copyFrom(
                              crypt(Cipher.ENCRYPT_MODE, nonce, payload.toByteArray()))))
              .build());
    }
    return encoded;
  }

  /** What was written without a key is read as it is, so that one can be introduced. */
  @Override
  public List<Payload> decode(List<Payload> payloads) {
    var decoded = new ArrayList<Payload>();
    for (var payload : payloads) {
      decoded.add(
          ENCRYPTED.equals(payload.getMetadataMap().get(ENCODING)) ? opened(payload) : payload);
    }
    return decoded;
  }

  private Payload opened(Payload payload) {
    var data = payload.getData();
    if (data.size() < NONCE_BYTES) {
      throw new PayloadCodecException("an encrypted payload of " + data.size() + " bytes");
    }
    try {
      return Payload.parseFrom(
          crypt(
              Cipher.DECRYPT_MODE,
              data.substring(0, NONCE_BYTES).toByteArray(),
              data.substring(NONCE_BYTES).toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new PayloadCodecException(e);
    }
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] data) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new PayloadCodecException(
          "a payload cannot be read with temporal.codecKey: worker and command line need the same",
          e);
    }
  }
}
