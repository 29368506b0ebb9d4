package dev.resurge.demo;

import dev.resurge.demo.library.Settings;
import dev.resurge.demo.library.Stock;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/** Everything that plays in the demo: a server, an application, Temporal and a worker. */
final class Scene {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DATABASE = "library";

  private final Path repository;
  private final Workspace workspace;
  private final Daemons daemons;
  private final Launcher launcher;
  private final String adminPassword = secret();
  private final String libraryPassword = secret();
  private final int postgresPort = Ports.free();
  private final int libraryPort = Ports.free();
  private final int temporalPort = Ports.free();
  private final int workerPort = Ports.free();
  private final Postgres postgres;

  /**
   * Chooses ports and passwords; starts nothing.
   *
   * @param repository where the example runbook lies
   */
  Scene(Path repository, Workspace workspace, Daemons daemons, Launcher launcher)
      throws DemoException {
    this.repository = repository;
    this.workspace = workspace;
    this.daemons = daemons;
    this.launcher = launcher;
    this.postgres = Postgres.at(workspace.postgres(), postgresPort);
  }

  private static String secret() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The library's database, as its administrator sees it. */
  String databaseUrl() {
    return postgres.url() + DATABASE;
  }

  /** Notices a copy that is loaded beside the library's database. */
  StagingWatch watchStaging() throws SQLException {
    return new StagingWatch(postgres.url() + "postgres", Postgres.ADMIN, adminPassword);
  }

  String adminPassword() {
    return adminPassword;
  }

  LibraryClient client() {
    return new LibraryClient(libraryPort);
  }

  /** Begins to start Temporal, which takes a while; {@link #startWorker} waits for it. */
  void startTemporal() throws DemoException, IOException {
    daemons.start("temporal", launcher.command("temporal", "--port", "" + temporalPort));
  }

  /** A PostgreSQL server with the library's database in it, and the attachments. */
  void startPostgres(Stock stock)
      throws DemoException, IOException, InterruptedException, SQLException {
    postgres.create(adminPassword);
    daemons.start("postgres", new ProcessBuilder(postgres.server()).directory(new File("/")));
    daemons.await(
        "postgres", "PostgreSQL answers", PATIENCE, () -> postgres.answers(adminPassword));
    workspace
        .library()
        .install(
            new Settings(
                libraryPort,
                databaseUrl(),
                "library_app",
                libraryPassword,
                workspace.library().files()),
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"));
    stock.put(
        postgres.url(),
        Postgres.ADMIN,
        adminPassword,
        libraryPassword,
        workspace.library().files());
  }

  /** Starts the application by its own script, and waits until it is healthy. */
  void startLibrary(LibraryClient client) throws DemoException, IOException, InterruptedException {
    var script = workspace.library().script();
    var log = daemons.log("library-script");
    var exit =
        new ProcessBuilder(script.toString(), "start")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      throw new DemoException("%s start ended with %d, see %s".formatted(script, exit, log));
    }
    Await.until("the library is healthy", PATIENCE, client::healthy);
  }

  /** Resurge's configuration, which names this demo's Temporal, store and keys. */
  void configure() throws IOException {
    Files.writeString(
        workspace.configuration(),
        """
        installation: demo
        temporal:
          address: 127.0.0.1:%d
        runbooks: runbooks
        state: state
        keys:
          signing: keys/signing.pem
          identities: [keys/identity.age]
        worker:
          host: 127.0.0.1
          port: %d
        """
            .formatted(temporalPort, workerPort));
  }

  /** The example runbook with this demo's values. */
  void writeRunbook() throws DemoException, IOException {
    var example = repository.resolve("runbooks/library.yaml");
    var replacements =
        Map.of(
            "54329", Integer.toString(postgresPort),
            "8090", Integer.toString(libraryPort),
            "/srv/library", workspace.library().home().toString(),
            "/var/backups/resurge", workspace.store().toString());
    Files.createDirectories(workspace.store());
    Files.writeString(
        workspace.runbooks().resolve("library.yaml"),
        RunbookCopy.of(
            Files.readString(example), replacements, RunbookCopy.recipientIn(workspace.keys())));
  }

  /** Starts a worker and waits until it says that it is healthy. */
  void startWorker() throws DemoException, IOException, InterruptedException {
    // it listens before it is ready
    var ready = "temporal ready on 127.0.0.1:" + temporalPort;
    var log = daemons.log("temporal");
    daemons.await(
        "temporal", "Temporal is ready", PATIENCE, () -> Files.readString(log).contains(ready));
    var worker = launcher.command("worker");
    // the worker alone may know it; whoever asks for a restore need not
    worker.environment().put("LIBRARY_ADMIN_PASSWORD", adminPassword);
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

  /** Kills the worker as a crash would; answers which process it was. */
  long killWorker() throws DemoException, IOException {
    return daemons.kill("worker");
  }
}
