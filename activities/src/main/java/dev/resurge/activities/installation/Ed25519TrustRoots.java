package dev.resurge.activities.installation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Trusts the public keys of a configuration, and the installation's own. */
public final class Ed25519TrustRoots implements TrustRoots {
  private final Map<String, PublicKey> keys;

  private Ed25519TrustRoots(Map<String, PublicKey> keys) {
    this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /**
   * Reads the trusted keys.
   *
   * @param publicKeys SubjectPublicKeyInfo PEM files
   * @param own always trusted, if there is one
   * @throws dev.resurge.workflows.model.ResurgeException {@code ConfigurationInvalid} for a file
   *     that is not there or holds no Ed25519 key
   */
  public static Ed25519TrustRoots read(List<Path> publicKeys, Optional<Ed25519Signer> own) {
    var keys = new LinkedHashMap<String, PublicKey>();
    own.ifPresent(signer -> keys.put(signer.keyId(), signer.publicKey()));
    for (var file : publicKeys) {
      var key = Ed25519.readPublic(file);
      keys.put(Ed25519.keyId(key), key);
    }
    return new Ed25519TrustRoots(keys);
  }

  /** What an installation trusts; its own key only if its file is there. */
  public static Ed25519TrustRoots of(Installation installation) {
    var signing = installation.keys().signing();
    var own =
        Files.exists(signing)
            ? Optional.of(Ed25519Signer.read(signing))
            : Optional.<Ed25519Signer>empty();
    return read(installation.keys().trust(), own);
  }

  /** The ids of the trusted keys. */
  public Set<String> keyIds() {
    return keys.keySet();
  }

  @Override
  public Optional<String> signerOf(byte[] content, byte[] signature) {
    return keys.entrySet().stream()
        .filter(key -> Ed25519.verified(key.getValue(), content, signature))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
