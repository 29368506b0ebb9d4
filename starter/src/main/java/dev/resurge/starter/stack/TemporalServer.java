package dev.resurge.starter.stack;

import dev.resurge.activities.installation.Installation;
import dev.resurge.starter.runs.Connection;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Temporal's server for one machine, which keeps what it knows in one file.
 *
 * @param port of its frontend
 * @param uiPort of its pages
 * @param namespace made if it is not there
 * @param memory the file
 */
public record TemporalServer(String host, int port, int uiPort, String namespace, Path memory) {
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost");

  /** Between the two ports, as Temporal's own command line has it. */
  private static final int UI_AFTER = 1000;

  private static final int HIGHEST_PORT = 65_535;

  /** Whether that Temporal is one that {@code up} may start: here, in clear, open to all. */
  static boolean isForHere(Installation.Temporal temporal) {
    return Connection.hostAndPort(temporal.address())
            .filter(named -> THIS_MACHINE.contains(named.getHostString()))
            .isPresent()
        && temporal.tls().isEmpty()
        && temporal.apiKey().isEmpty();
  }

  /**
   * @param memory its file
   * @throws ResurgeException {@code ConfigurationInvalid} if its pages would have no port
   */
  static TemporalServer of(Installation.Temporal temporal, Path memory) {
    var port =
        Connection.hostAndPort(temporal.address())
            .map(InetSocketAddress::getPort)
            .filter(named -> named <= HIGHEST_PORT - UI_AFTER)
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.CONFIGURATION_INVALID,
                    "temporal.address is "
                        + temporal.address()
                        + "; a Temporal of this machine needs host:port with a port up to "
                        + (HIGHEST_PORT - UI_AFTER)
                        + ", its pages are "
                        + UI_AFTER
                        + " above"));
    return new TemporalServer("127.0.0.1", port, port + UI_AFTER, temporal.namespace(), memory);
  }

  String ui() {
    return "http://" + host + ":" + uiPort;
  }

  /**
   * The command. After a loss of power the last moments of its memory may be missing, which
   * procedures bear as they bear the loss of all of it; a killed process loses nothing.
   */
  public List<String> argv(Path program) {
    return List.of(
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
        Integer.toString(uiPort),
        "--namespace",
        namespace,
        "--log-level",
        "warn",
        "--sqlite-pragma",
        "journal_mode=WAL",
        "--sqlite-pragma",
        "synchronous=NORMAL");
  }
}
