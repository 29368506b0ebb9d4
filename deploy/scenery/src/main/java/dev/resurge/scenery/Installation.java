package dev.resurge.scenery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;

/** An installation of Resurge of the scene's own: configuration, Temporal and one worker. */
public final class Installation {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Workspace workspace;
  private final Daemons daemons;
  private final Launcher launcher;
  private final int temporalPort = Ports.free();
  private final int workerPort = Ports.free();

  /** Chooses ports; starts nothing. */
  public Installation(Workspace workspace, Daemons daemons, Launcher launcher)
      throws SceneException {
    this.workspace = workspace;
    this.daemons = daemons;
    this.launcher = launcher;
  }

  /** Where Temporal listens, as host:port. */
  public String temporalAddress() {
    return "127.0.0.1:" + temporalPort;
  }

  /** Resurge's configuration, which names this scene's Temporal, store and keys. */
  public void configure() throws IOException {
    Files.writeString(
        workspace.configuration(),
        """
        installation: %s
        temporal:
          address: %s
        runbooks: runbooks
        state: state
        keys:
          signing: keys/signing.pem
          identities: [keys/identity.age]
        worker:
          host: 127.0.0.1
          port: %d
        """
            .formatted(workspace.kind(), temporalAddress(), workerPort));
  }

  /** Begins to start Temporal, which takes a while; {@link #startWorker} waits for it. */
  public void startTemporal() throws SceneException, IOException {
    daemons.start("temporal", launcher.command("temporal", "--port", "" + temporalPort));
  }

  /**
   * Starts a worker and waits until it says that it is healthy.
   *
   * @param secrets variables that the worker alone may know; whoever asks for a restore need not
   */
  public void startWorker(Map<String, String> secrets)
      throws SceneException, IOException, InterruptedException {
    // it listens before it is ready
    var ready = "temporal ready on " + temporalAddress();
    var log = daemons.log("temporal");
    daemons.await(
        "temporal", "Temporal is ready", PATIENCE, () -> Files.readString(log).contains(ready));
    var worker = launcher.command("worker");
    worker.environment().putAll(secrets);
    daemons.start("worker", worker);
    try (var http = HttpClient.newHttpClient()) {
      daemons.await("worker", "the worker is healthy", PATIENCE, () -> healthy(http));
    }
  }

  private boolean healthy(HttpClient http) throws InterruptedException {
    var address = URI.create("http://127.0.0.1:" + workerPort + "/health");
    try {
      var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
