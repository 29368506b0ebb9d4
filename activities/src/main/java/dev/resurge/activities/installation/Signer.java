package dev.resurge.activities.installation;

/** Signs manifests, journals and evidence with the installation's Ed25519 key. */
public interface Signer {
  /** Names the public key: the first 16 hex digits of the sha256 of its DER form. */
  String keyId();

  /** The 64 bytes of the Ed25519 signature of {@code content}. */
  byte[] sign(byte[] content);
}
