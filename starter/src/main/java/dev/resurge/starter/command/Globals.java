package dev.resurge.starter.command;

import java.nio.file.Path;
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
