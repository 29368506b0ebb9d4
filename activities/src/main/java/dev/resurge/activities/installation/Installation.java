package dev.resurge.activities.installation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One installation of Resurge, as its configuration says; {@code docs/configuration.md} lists every
 * setting. All paths are absolute.
 *
 * @param id owns targets and signs sets: two installations never act on the same target
 * @param runbooks the folder of runbook files
 * @param state what the worker keeps on its own machine
 * @param people whose public keys authenticate decisions, by name
 * @param file where it was read from; empty if all are defaults and environment variables
 */
public record Installation(
    String id,
    Temporal temporal,
    Path runbooks,
    Path state,
    Keys keys,
    Map<String, Path> people,
    Worker worker,
    Optional<Path> file) {
  public Installation {
    people = Map.copyOf(people);
  }

  /** Where Temporal is. */
  public record Temporal(String address, String namespace, String taskQueue) {}

  /**
   * The key files; whether they are there is asked when they are used.
   *
   * @param signing the installation's private Ed25519 key
   * @param identities age identities that open sets
   * @param trust public keys whose signatures are believed, besides the own one
   */
  public record Keys(Path signing, List<Path> identities, List<Path> trust) {
    public Keys {
      identities = List.copyOf(identities);
      trust = List.copyOf(trust);
    }
  }

  /** Where the worker listens; port 0 takes any free one. */
  public record Worker(String host, int port) {}
}
