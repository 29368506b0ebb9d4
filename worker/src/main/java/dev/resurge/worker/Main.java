package dev.resurge.worker;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.procedure.Attributes;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code ./resurge worker [--embedded] [--config FILE] [--port N]}: runs until it is ended. */
public final class Main {
  private static final String USAGE =
      """
      Usage: ./resurge worker [--embedded] [--config FILE] [--port N]

      Runs the worker in the foreground: it does what procedures ask for.

        --embedded      run Temporal's in-memory server too; what it knows ends with it
        --config FILE   the installation's configuration (docs/configuration.md)
        --port N        where health is served (default: worker.port of the configuration)
      """;

  private Main() {}

  public static void main(String[] arguments) {
    try {
      var options = Options.parse(arguments);
      if (options.help()) {
        System.out.print(USAGE);
        return;
      }
      run(options);
    } catch (ResurgeException e) {
      System.err.println("error: " + e.getMessage());
      System.err.println("  next: " + e.type().remedy());
      System.exit(e.type().exitCode());
    }
  }

  private static void run(Options options) {
    var installation = InstallationLoader.ofProcess().load(options.config());
    if (options.embedded()) {
      installation = embedded(installation);
    }
    start(installation, options.port());
  }

  private static Installation embedded(Installation configured) {
    var address = configured.temporal().address();
    var port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    var temporal = EmbeddedTemporal.start(port);
    Runtime.getRuntime().addShutdownHook(new Thread(temporal::close));
    SearchAttributes.register(
        temporal.address(), configured.temporal().namespace(), Attributes.all());
    System.out.println("temporal ready on " + temporal.address() + " (in memory)");
    return configured;
  }

  /** Starts the application context; it lives until the process is told to end. */
  public static ApplicationContext start(Installation installation, Optional<Integer> port) {
    return start(installation, port, Surroundings.real());
  }

  /** The same in other surroundings than production's. */
  public static ApplicationContext start(
      Installation installation, Optional<Integer> port, Surroundings surroundings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.host", installation.worker().host());
    properties.put("micronaut.server.port", port.orElse(installation.worker().port()));
    return Micronaut.build(new String[0])
        .banner(false)
        .singletons(installation, surroundings)
        .properties(properties)
        .start();
  }

  record Options(boolean embedded, boolean help, Optional<Path> config, Optional<Integer> port) {
    static Options parse(String[] arguments) {
      boolean embedded = false;
      boolean help = false;
      Optional<Path> config = Optional.empty();
      Optional<Integer> port = Optional.empty();
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--embedded" -> embedded = true;
          case "--help", "-h" -> help = true;
          case "--config" -> config = Optional.of(Path.of(value(arguments, ++i)));
          case "--port" -> port = Optional.of(Integer.valueOf(value(arguments, ++i)));
          default -> throw unknown(arguments[i]);
        }
      }
      return new Options(embedded, help, config, port);
    }

    private static String value(String[] arguments, int index) {
      if (index >= arguments.length) {
        throw unknown(arguments[index - 1] + " without a value");
      }
      return arguments[index];
    }

    private static ResurgeException unknown(String argument) {
      return new ResurgeException(
          dev.resurge.workflows.model.ErrorType.INPUT_INVALID,
          "'./resurge worker' does not know " + argument + "\n\n" + USAGE);
    }
  }
}
