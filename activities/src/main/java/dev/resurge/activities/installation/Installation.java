package dev.resurge.activities.installation;

import dev.resurge.workflows.runbook.SecretRef;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
 * @param notifications whom it tells of its runs
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
    Notifications notifications,
    Optional<Path> file) {
  public Installation {
    people = Map.copyOf(people);
  }

  /** One that tells nobody of its runs. */
  public Installation(
      String id,
      Temporal temporal,
      Path runbooks,
      Path state,
      Keys keys,
      Map<String, Path> people,
      Worker worker,
      Optional<Path> file) {
    this(id, temporal, runbooks, state, keys, people, worker, Notifications.NONE, file);
  }

  /** The same with a Temporal in memory, which listens in clear at the same address. */
  public Installation withTemporalInMemory() {
    return new Installation(
        id,
        new Temporal(temporal.address(), temporal.namespace(), temporal.taskQueue()),
        runbooks,
        state,
        keys,
        people,
        worker,
        notifications,
        file);
  }

  /**
   * Where Temporal is, and how it is reached.
   *
   * @param tls empty: in clear, unless there is an API key
   * @param apiKey what Temporal knows this client by
   * @param codecKey encrypts payloads before they go to Temporal
   */
  public record Temporal(
      String address,
      String namespace,
      String taskQueue,
      Optional<Tls> tls,
      Optional<SecretRef> apiKey,
      Optional<SecretRef> codecKey) {
    /** As one runs on the same machine: in clear, known to nobody, payloads as they are. */
    public Temporal(String address, String namespace, String taskQueue) {
      this(address, namespace, taskQueue, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /**
   * TLS to Temporal.
   *
   * @param certificate this client's, PEM; with its {@code key}, or neither
   * @param key its private key, PKCS#8 PEM
   * @param authority who signed the server's certificate; empty: whom the JDK trusts
   * @param serverName what the server's certificate names, where that is not the address
   */
  public record Tls(
      Optional<Path> certificate,
      Optional<Path> key,
      Optional<Path> authority,
      Optional<String> serverName) {}

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

  /**
   * Where the worker listens, how it watches, and how people reach it.
   *
   * @param port 0 takes any free one
   * @param watchEvery how often it looks whether every system could be brought back
   * @param publicUrl how people reach its pages, without a slash at its end; empty: no links
   * @param login who else than links says who comes; empty: nobody
   * @param console who may read how all systems stand
   * @param backupsAtOnce how many backups it makes at once; others wait for their turn
   */
  public record Worker(
      String host,
      int port,
      Duration watchEvery,
      Optional<URI> publicUrl,
      Optional<Login> login,
      Console console,
      int backupsAtOnce) {
    /** The usual: two for each processor. */
    public static final int BACKUPS_AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

    /** The usual. */
    public static final Duration WATCH_EVERY = Duration.ofMinutes(1);

    /** One that watches as often as usual, without pages for people. */
    public Worker(String host, int port) {
      this(
          host,
          port,
          WATCH_EVERY,
          Optional.empty(),
          Optional.empty(),
          Console.EVERYONE,
          BACKUPS_AT_ONCE);
    }
  }

  /** Who may read the console. */
  public enum Console {
    /** Whoever reaches the worker's port. */
    EVERYONE,
    /** Whom a trusted proxy names. */
    LOGIN,
    /** Nobody: there is none. */
    OFF;

    /** The word in the configuration. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A proxy that has people log in.
   *
   * @param header in which it names them
   * @param proxies from where alone that header is believed
   */
  public record Login(String header, List<AddressRange> proxies) {
    public Login {
      proxies = List.copyOf(proxies);
    }

    /** Whether the header is believed from there. */
    public boolean believes(InetAddress from) {
      return proxies.stream().anyMatch(proxy -> proxy.contains(from));
    }
  }
}
