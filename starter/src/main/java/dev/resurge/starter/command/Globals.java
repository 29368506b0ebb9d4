package dev.resurge.starter.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command takes. */
public final class Globals {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The configuration file. Default: RESURGE_CONFIG, then ./resurge.yaml, …")
  private Path config;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      scope = ScopeType.INHERIT,
      description = "text, or json: exactly one object on stdout, the rest on stderr.")
  private Format output = Format.text;

  @Option(
      names = "--address",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "Temporal's address.")
  private String address;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "Temporal's namespace.")
  private String namespace;

  @Option(
      names = "--tls",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "Reach Temporal by TLS; implied by the others.")
  private boolean tls;

  @Option(
      names = "--tls-cert-path",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "This client's certificate (PEM).")
  private String tlsCertificate;

  @Option(
      names = "--tls-key-path",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "Its private key (PKCS#8 PEM).")
  private String tlsKey;

  @Option(
      names = "--tls-ca-path",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "Who signed Temporal's certificate (PEM).")
  private String tlsAuthority;

  @Option(
      names = "--tls-server-name",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "What Temporal's certificate names.")
  private String tlsServerName;

  private boolean stdoutReserved;

  /** How a command answers. */
  public enum Format {
    /** For people. */
    text,
    /** For scripts. */
    json
  }

  /** The file of {@code --config}. */
  public Optional<Path> config() {
    return Optional.ofNullable(config);
  }

  /** The flags that say how Temporal is reached, with their values. */
  public Map<String, String> connection() {
    var given = new HashMap<String, String>();
    given.put("--address", address);
    given.put("--namespace", namespace);
    given.put("--tls", tls ? "true" : null);
    given.put("--tls-cert-path", tlsCertificate);
    given.put("--tls-key-path", tlsKey);
    given.put("--tls-ca-path", tlsAuthority);
    given.put("--tls-server-name", tlsServerName);
    given.values().removeIf(Objects::isNull);
    return Map.copyOf(given);
  }

  /** Whether one JSON object is wanted. */
  public boolean json() {
    return output == Format.json;
  }

  /** From now on stdout is for a script: progress goes to stderr. */
  void reserveStdout() {
    stdoutReserved = true;
  }

  /** Whether progress must keep off stdout. */
  public boolean progressOnStderr() {
    return json() || stdoutReserved;
  }
}
