package dev.resurge.starter.stack;

import dev.resurge.activities.installation.Installation;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.procedure.Attributes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Temporal's server for one machine, which keeps what it knows in one file.
 *
 * @param port of its frontend
 * @param uiPort of its pages
 * @param namespace made if it is not there
 * @param memory the file
 */
public record TemporalServer(String host, int port, int uiPort, String namespace, Path memory) {
  private static final Pattern ADDRESS = Pattern.compile("([^:/]+):(\\d{1,5})");
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost");

  /** Between the two ports, as Temporal's own command line has it. */
  private static final int UI_AFTER = 1000;

  private static final int HIGHEST_PORT = 65_535;

  /** Whether that Temporal is one that {@code up} may start: here, in clear, open to all. */
  static boolean isForHere(Installation.Temporal temporal) {
    var matcher = ADDRESS.matcher(temporal.address());
    return matcher.matches()
        && THIS_MACHINE.contains(matcher.group(1))
        && temporal.tls().isEmpty()
        && temporal.apiKey().isEmpty();
  }

  /**
   * @param memory its file
   * @throws ResurgeException {@code ConfigurationInvalid} if its pages would have no port
   */
  static TemporalServer of(Installation.Temporal temporal, Path memory) {
    var matcher = ADDRESS.matcher(temporal.address());
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > HIGHEST_PORT - UI_AFTER) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "temporal.address is "
              + temporal.address()
              + "; a Temporal of this machine needs host:port with a port up to "
              + (HIGHEST_PORT - UI_AFTER)
              + ", its pages are "
              + UI_AFTER
              + " above");
    }
    var port = Integer.parseInt(matcher.group(2));
    return new TemporalServer("127.0.0.1", port, port + UI_AFTER, temporal.namespace(), memory);
  }

  String ui() {
    return "http://" + host + ":" + uiPort();
  }

  /**
   * The command. After a loss of power the last moments of its memory may be missing, which
   * procedures bear as they bear the loss of all of it; a killed process loses nothing.
   */
  public List<String> argv(Path program) {
    var argv =
        new ArrayList<>(
            List.of(
                program.toString(),
                "server",
                "start-dev",
                "--db-filename",
                memory.toString(),
                "--ip",
                host,
                "--port",
                Integer.toString(port),
                "--ui-port",
                Integer.toString(uiPort()),
                "--namespace",
                namespace,
                "--log-level",
                "warn",
                "--sqlite-pragma",
                "journal_mode=WAL",
                "--sqlite-pragma",
                "synchronous=NORMAL"));
    Attributes.names()
        .forEach(name -> argv.addAll(List.of("--search-attribute", name + "=Keyword")));
    return argv;
  }
}
