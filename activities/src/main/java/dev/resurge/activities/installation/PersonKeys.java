package dev.resurge.activities.installation;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys that prove who decided. */
public final class PersonKeys {
  private final Map<String, PublicKey> people;

  private PersonKeys(Map<String, PublicKey> people) {
    this.people = Map.copyOf(people);
  }

  /**
   * Reads each person's public key.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ConfigurationInvalid} for a file
   *     that is not there or holds no Ed25519 key
   */
  public static PersonKeys read(Map<String, Path> publicKeys) {
    return new PersonKeys(
        publicKeys.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, person -> Ed25519.readPublic(person.getValue()))));
  }

  /** Whose keys are known. */
  public Set<String> names() {
    return people.keySet();
  }

  /** Whether the person signed exactly that text; false for a person whose key is not known. */
  public boolean verified(String person, byte[] text, byte[] signature) {
    var key = people.get(person);
    return key != null && Ed25519.verified(key, text, signature);
  }

  /**
   * Signs a text with a person's private key file, on that person's machine.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ConfigurationInvalid}
   */
  public static byte[] sign(Path privateKey, byte[] text) {
    return Ed25519Signer.read(privateKey).sign(text);
  }
}
