package dev.resurge.demo;

import dev.resurge.library.Premises;
import dev.resurge.library.Settings;
import dev.resurge.library.Stock;
import dev.resurge.scenery.Await;
import dev.resurge.scenery.Daemons;
import dev.resurge.scenery.Installation;
import dev.resurge.scenery.LibraryClient;
import dev.resurge.scenery.Ports;
import dev.resurge.scenery.Postgres;
import dev.resurge.scenery.SceneException;
import dev.resurge.scenery.Workspace;
import java.io.File;
import java.io.IOException;
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
  private final Installation installation;
  private final String adminPassword = secret();
  private final String libraryPassword = secret();
  private final int postgresPort = Ports.free();
  private final int libraryPort = Ports.free();
  private final Postgres postgres;
  private final Premises library;

  /**
   * Chooses ports and passwords; starts nothing.
   *
   * @param repository where the example runbook lies
   */
  Scene(Path repository, Workspace workspace, Daemons daemons, Installation installation)
      throws SceneException {
    this.repository = repository;
    this.workspace = workspace;
    this.daemons = daemons;
    this.installation = installation;
    this.postgres = Postgres.at(workspace.postgres(), postgresPort);
    this.library = workspace.premises("library");
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

  Premises library() {
    return library;
  }

  LibraryClient client() {
    return new LibraryClient(libraryPort);
  }

  /** A PostgreSQL server with the library's database in it, and the attachments. */
  void startPostgres(Stock stock)
      throws SceneException, IOException, InterruptedException, SQLException {
    postgres.create(adminPassword);
    daemons.start("postgres", new ProcessBuilder(postgres.server()).directory(new File("/")));
    daemons.await(
        "postgres", "PostgreSQL answers", PATIENCE, () -> postgres.answers(adminPassword));
    library.install(
        new Settings(libraryPort, databaseUrl(), "library_app", libraryPassword, library.files()),
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"));
    stock.put(postgres.url(), Postgres.ADMIN, adminPassword, libraryPassword, library.files());
  }

  /** Starts the application by its own script, and waits until it is healthy. */
  void startLibrary(LibraryClient client) throws SceneException, IOException, InterruptedException {
    var script = library.script();
    var log = daemons.log("library-script");
    var exit =
        new ProcessBuilder(script.toString(), "start")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      throw new SceneException("%s start ended with %d, see %s".formatted(script, exit, log));
    }
    Await.until("the library is healthy", PATIENCE, client::healthy);
  }

  /** The example runbook with this demo's values. */
  void writeRunbook() throws SceneException, IOException {
    var example = repository.resolve("runbooks/library.yaml");
    var replacements =
        Map.of(
            "54329", Integer.toString(postgresPort),
            "8090", Integer.toString(libraryPort),
            "/srv/library", library.home().toString(),
            "/var/backups/resurge", workspace.store().toString());
    Files.createDirectories(workspace.store());
    Files.writeString(
        workspace.runbooks().resolve("library.yaml"),
        RunbookCopy.of(
            Files.readString(example), replacements, RunbookCopy.recipientIn(workspace.keys())));
  }

  /** Starts a worker and waits until it says that it is healthy. */
  void startWorker() throws SceneException, IOException, InterruptedException {
    installation.startWorker(Map.of("LIBRARY_ADMIN_PASSWORD", adminPassword));
  }

  /** Kills the worker as a crash would; answers which process it was. */
  long killWorker() throws SceneException, IOException {
    return daemons.kill("worker");
  }
}
