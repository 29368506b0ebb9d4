package dev.resurge.worker;

import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.installation.SecretReader;
import dev.resurge.activities.temporal.TemporalAccess;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ./resurge worker [--embedded] [--tied] [--config FILE] [--port N]}: runs until it is
 * ended.
 */
public final class Main {
  private static final String USAGE =
      """
      Usage: ./resurge worker [--embedded] [--tied] [--config FILE] [--port N]

      Runs the worker in the foreground: it does what procedures ask for.

        --embedded      run Temporal's in-memory server too; what it knows ends with it
        --tied          end when standard input ends, as it does with who started this
        --config FILE   the installation's configuration (docs/configuration.md)
        --port N        where health is served (default: worker.port of the configuration)

      How Temporal is reached, before what the configuration says:
        --address HOST:PORT, --namespace NAME, --tls, --tls-cert-path FILE, --tls-key-path FILE,
        --tls-ca-path FILE, --tls-server-name NAME
      """;

  /** A cut over has its budget for that. */
  private static final Duration DRAIN = Duration.ofSeconds(90);

  /** Its Temporal ends with it: what a step came to is told to nobody, so only short ones count. */
  private static final Duration EMBEDDED_DRAIN = Duration.ofSeconds(5);

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
    if (options.tied()) {
      Thread.ofPlatform().daemon().name("tie").start(Main::endWithInput);
    }
    var installation = InstallationLoader.ofProcess().load(options.config(), options.flags());
    if (options.embedded()) {
      installation = installation.withTemporalInMemory();
    }
    requireReadable(installation, System.getenv());
    if (options.embedded()) {
      startTemporal(installation);
    }
    start(
        installation,
        options.port(),
        Surroundings.real(),
        options.embedded() ? EMBEDDED_DRAIN : DRAIN);
  }

  /**
   * Reads what the configuration names before anything is started: what is wrong with it is then an
   * error for a person, and not a failure in the middle of wiring.
   *
   * @throws ResurgeException as each of them says
   */
  static void requireReadable(Installation installation, Map<String, String> environment) {
    Ed25519Signer.read(installation.keys().signing());
    Ed25519TrustRoots.of(installation);
    var access = new TemporalAccess(installation.temporal(), new SecretReader(environment));
    access.reaching(WorkflowServiceStubsOptions.newBuilder());
    access.speaking();
  }

  private static void endWithInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("reading standard input: " + e);
    }
    System.exit(0);
  }

  private static void startTemporal(Installation configured) {
    var address = configured.temporal().address();
    var port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    var temporal = EmbeddedTemporal.start(port);
    Runtime.getRuntime().addShutdownHook(new Thread(temporal::close));
    temporal.register(configured.temporal().namespace());
    System.out.println("temporal ready on " + temporal.address() + " (in memory)");
  }

  /** Starts the application context; it lives until the process is told to end. */
  public static ApplicationContext start(Installation installation, Optional<Integer> port) {
    return start(installation, port, Surroundings.real());
  }

  /** The same in other surroundings than production's. */
  public static ApplicationContext start(
      Installation installation, Optional<Integer> port, Surroundings surroundings) {
    return start(installation, port, surroundings, DRAIN);
  }

  private static ApplicationContext start(
      Installation installation,
      Optional<Integer> port,
      Surroundings surroundings,
      Duration drain) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.host", installation.worker().host());
    properties.put("micronaut.server.port", port.orElse(installation.worker().port()));
    properties.put("micronaut.server.max-request-size", "64KB");
    // answer.Origins judges: a proxy on this machine passes on what its browsers say of origins
    properties.put("micronaut.server.cors.localhost-pass-through", true);
    properties.put("resurge.drain", drain);
    return Micronaut.build(new String[0])
        .banner(false)
        .singletons(installation, surroundings)
        .properties(properties)
        .start();
  }

  record Options(
      boolean embedded,
      boolean tied,
      boolean help,
      Optional<Path> config,
      Optional<Integer> port,
      Map<String, String> flags) {
    private static final int HIGHEST_PORT = 65_535;

    static Options parse(String[] arguments) {
      boolean embedded = false;
      boolean tied = false;
      boolean help = false;
      Optional<Path> config = Optional.empty();
      Optional<Integer> port = Optional.empty();
      var flags = new HashMap<String, String>();
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--embedded" -> embedded = true;
          case "--tied" -> tied = true;
          case "--help", "-h" -> help = true;
          case "--config" -> config = Optional.of(Path.of(value(arguments, ++i)));
          case "--port" -> port = Optional.of(port(value(arguments, ++i)));
          case InstallationLoader.SWITCH -> flags.put(InstallationLoader.SWITCH, "true");
          default -> {
            if (!InstallationLoader.FLAGS.containsKey(arguments[i])) {
              throw unknown(arguments[i]);
            }
            flags.put(arguments[i], value(arguments, ++i));
          }
        }
      }
      return new Options(embedded, tied, help, config, port, flags);
    }

    private static int port(String text) {
      if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST_PORT) {
        throw unknown("--port " + text + "; write a number from 0 (any free one) to 65535");
      }
      return Integer.parseInt(text);
    }

    private static String value(String[] arguments, int index) {
      if (index >= arguments.length) {
        throw unknown(arguments[index - 1] + " without a value");
      }
      return arguments[index];
    }

    private static ResurgeException unknown(String argument) {
      return new ResurgeException(
          ErrorType.INPUT_INVALID, "'./resurge worker' does not know " + argument + "\n\n" + USAGE);
    }
  }
}
