package dev.resurge.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resurge.scenery.Await;
import dev.resurge.scenery.Ports;
import dev.resurge.scenery.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The application over a real PostgreSQL server, controlled by its own script. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LibraryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PASSWORD = "only for a test";

  /** The script looks for the application in command lines, which may be longer than a pipe. */
  private static final String LONG_CLASS_PATH = ":/nowhere/a-library-with-a-name.jar".repeat(3000);

  private static final Stock STOCK = new Stock(2_000, 20, 120);

  private Path folder;
  private Postgres postgres;
  private Process server;
  private Premises premises;
  private int port;
  private HttpClient http;

  @BeforeAll
  void aLibraryWithItsServer(@TempDir Path folder) throws Exception {
    this.folder = folder;
    http = HttpClient.newHttpClient();
    // another user's server must get into it
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    postgres = Postgres.at(folder.resolve("postgres"), Ports.free());
    postgres.create(PASSWORD);
    startServer();
    port = Ports.free();
    premises = new Premises(folder.resolve("library with a space"));
    premises.install(
        new Settings(port, postgres.url() + "library", "library_app", "it's", premises.files()),
        Path.of(System.getProperty("java.home"), "bin/java"),
        System.getProperty("java.class.path") + LONG_CLASS_PATH);
    STOCK.put(postgres.url(), Postgres.ADMIN, PASSWORD, "it's", premises.files());
  }

  @AfterAll
  void nothingRuns() throws Exception {
    postgres.stop();
    http.close();
  }

  @BeforeEach
  void theLibraryRuns() throws Exception {
    assertThat(library("start")).isZero();
    Await.until("the library is healthy", PATIENCE, () -> status("/health") == 200);
  }

  @AfterEach
  void theLibraryIsStopped() throws Exception {
    assertThat(library("stop")).isZero();
  }

  @Test
  void countsWhatWasPutIn() throws Exception {
    var stats = json(get("/stats"));

    assertThat(stats.get("documents").asLong()).isEqualTo(2_000);
    assertThat(stats.get("attachments").asLong()).isEqualTo(120);
    assertThat(stats.get("covers").asLong()).isEqualTo(20);
    assertThat(stats.get("files").asLong()).isEqualTo(120);
    assertThat(stats.get("rows").asLong()).isEqualTo(2_000 + 400 + 60 + 4_000 + 120 + 20);
  }

  @Test
  void filesAreTheOnesRecordedInTheDatabase() throws Exception {
    var recorded =
        query(
                "SELECT path || '|' || bytes || '|' || sha256 FROM attachment WHERE path LIKE 'Ü%' LIMIT 1")
            .split("\\|", -1);

    var file = http.send(request("/files/" + recorded[0]), HttpResponse.BodyHandlers.ofByteArray());

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).hasSize(Integer.parseInt(recorded[1]));
    var digest = java.security.MessageDigest.getInstance("SHA-256").digest(file.body());
    assertThat(java.util.HexFormat.of().formatHex(digest)).isEqualTo(recorded[2]);
  }

  @Test
  void coversAreLargeObjects() throws Exception {
    assertThat(Long.parseLong(query("SELECT count(*) FROM pg_largeobject_metadata"))).isEqualTo(20);
    assertThat(get("/documents/7/cover").body()).startsWith("<svg").endsWith("</svg>");
    assertThat(status("/documents/21/cover")).isEqualTo(404);
  }

  @Test
  void aPostedDocumentIsFoundAgainAndCounted() throws Exception {
    var posted = post("{\"title\": \"Notes\", \"author\": \"A New One\", \"summary\": \"short\"}");

    assertThat(posted.statusCode()).isEqualTo(201);
    var id = json(posted).get("id").asLong();
    assertThat(json(get("/documents/" + id)).get("author").asText()).isEqualTo("A New One");
    assertThat(library("reindex")).isZero();
    assertThat(query("SELECT documents FROM author_activity WHERE name = 'A New One'"))
        .isEqualTo("1");
    query("DELETE FROM document WHERE id = " + id + " RETURNING id");
    query("DELETE FROM author WHERE name = 'A New One' RETURNING id");
  }

  @Test
  void updatesAreStampedByTheDatabase() throws Exception {
    var before = json(get("/documents/5")).get("updated").asText();

    query("UPDATE document SET summary = summary WHERE id = 5 RETURNING id");

    assertThat(json(get("/documents/5")).get("updated").asText()).isGreaterThan(before);
  }

  @Test
  void refusesWhatIsNotADocumentAndWhatIsNotThere() throws Exception {
    assertThat(post("{}").statusCode()).isEqualTo(400);
    assertThat(post("not json").statusCode()).isEqualTo(400);
    assertThat(status("/documents/999999999")).isEqualTo(404);
    assertThat(status("/nonsense")).isEqualTo(404);
    assertThat(status("/")).isEqualTo(200);
  }

  @Test
  void neverServesAFileFromOutsideItsFolder() throws Exception {
    Files.createSymbolicLink(premises.files().resolve("link"), premises.home().resolve("etc"));
    try {
      assertThat(status("/files/link/library.env")).isEqualTo(404);
      assertThat(status("/files/%2e%2e/etc/library.env")).isEqualTo(404);
      assertThat(status("/files/letters")).isEqualTo(404);
    } finally {
      Files.delete(premises.files().resolve("link"));
    }
  }

  @Test
  void isUnhealthyWithoutItsFiles() throws Exception {
    var aside = premises.home().resolve("files aside");
    Files.move(premises.files(), aside);
    try {
      assertThat(status("/health")).isEqualTo(503);
      assertThat(status("/stats")).isEqualTo(503);
    } finally {
      Files.move(aside, premises.files());
    }
    assertThat(status("/health")).isEqualTo(200);
  }

  @Test
  void isUnhealthyWithoutItsDatabaseAndWellAgainWhenItIsBack() throws Exception {
    postgres.stop();
    assertThat(status("/health")).isEqualTo(503);

    startServer();

    Await.until("the library is healthy again", PATIENCE, () -> status("/health") == 200);
  }

  @Test
  void itsConnectionsOutliveASwapOfTheDatabase() throws Exception {
    assertThat(status("/stats")).isEqualTo(200);

    swapDatabase();

    assertThat(status("/stats")).isEqualTo(200);
  }

  private void swapDatabase() throws SQLException {
    maintenance("ALTER DATABASE library ALLOW_CONNECTIONS false");
    maintenance("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'library'");
    maintenance("ALTER DATABASE library RENAME TO library_old");
    maintenance("CREATE DATABASE library TEMPLATE library_old OWNER library_owner");
    maintenance("DROP DATABASE library_old");
  }

  @Test
  void statusFollowsStartAndStopAndBothMayBeRepeated() throws Exception {
    assertThat(library("status")).isZero();
    assertThat(library("start")).isZero();
    assertThat(library("stop")).isZero();
    assertThat(library("status")).isEqualTo(3);
    assertThat(library("stop")).isZero();
    assertThat(library("start")).isZero();
    assertThat(library("status")).isZero();
  }

  @Test
  void anotherProcessWithThePidOfTheFileIsNotTakenForTheLibrary() throws Exception {
    library("stop");
    Files.writeString(
        premises.home().resolve("run/library.pid"), ProcessHandle.current().pid() + "\n");

    assertThat(library("status")).isEqualTo(3);
    assertThat(library("stop")).isZero();
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  /** Without any environment, as a careful supervisor calls it. */
  private int library(String command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(premises.script().toString(), command);
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("script.log").toFile());
    return builder.start().waitFor();
  }

  private void startServer() throws Exception {
    var log = folder.resolve("postgres.log").toFile();
    server =
        new ProcessBuilder(postgres.server()).redirectErrorStream(true).redirectOutput(log).start();
    Await.until("PostgreSQL answers", PATIENCE, () -> postgres.answers(PASSWORD));
    assertThat(server.isAlive()).isTrue();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:" + port + path.replace(" ", "%20").replace("Ü", "%C3%9C")))
        .build();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/documents"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private int status(String path) throws InterruptedException {
    try {
      return get(path).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  private String query(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.url() + "library", Postgres.ADMIN, PASSWORD);
        var statement = connection.createStatement()) {
      var row = statement.executeQuery(sql);
      row.next();
      return row.getString(1);
    }
  }

  private void maintenance(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.url() + "postgres", Postgres.ADMIN, PASSWORD);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
