package dev.resurge.starter.command;

import dev.resurge.activities.installation.InstallationLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
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

  private final Map<String, String> connection = new HashMap<>();

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

  /** Has every command below take the flags that say how Temporal is reached; help hides them. */
  void takeConnection(CommandSpec root) {
    for (var flag : InstallationLoader.FLAGS.keySet()) {
      root.addOption(
          OptionSpec.builder(flag)
              .type(flag.equals(InstallationLoader.SWITCH) ? boolean.class : String.class)
              .setter(
                  new ISetter() {
                    @Override
                    public <T> T set(T value) {
                      return note(flag, value);
                    }
                  })
              .scopeType(ScopeType.INHERIT)
              .hidden(true)
              .build());
    }
  }

  /** Without a value when parsing begins. */
  private <T> T note(String flag, T value) {
    if (value == null || value.equals(false)) {
      connection.remove(flag);
    } else {
      connection.put(flag, value.toString());
    }
    return value;
  }

  /** The flags that say how Temporal is reached, with their values. */
  public Map<String, String> connection() {
    return Map.copyOf(connection);
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
