package dev.resurge.activities.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.resurge.activities.platform.host.HostShell;
import dev.resurge.activities.platform.host.ProgramEnvironment;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Check;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunnerTest {
  private static final Duration BRIEFLY = Duration.ofMillis(600);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final TestAttempt attempt = new TestAttempt();
  private final AtomicInteger requests = new AtomicInteger();
  private FakeDatabase database = new FakeDatabase(() -> "42");
  private HttpServer server;

  @TempDir Path directory;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void aHealthyAnswerPasses() {
    serve(200, "status: ok");

    var result = healthy(http(200, "ok", LONG));

    assertThat(result.passed()).isTrue();
    assertThat(result.when()).isEqualTo("healthy");
    assertThat(result.expected()).isEqualTo("status 200 and a body containing 'ok'");
    assertThat(result.actual()).isEqualTo("status 200, body contains it");
  }

  @Test
  void anApplicationThatNeedsAMomentIsAskedAgain() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(requests.incrementAndGet() < 3 ? 503 : 200, -1);
          exchange.close();
        });

    assertThat(healthy(http(200, null, LONG)).passed()).isTrue();
    assertThat(requests).hasValue(3);
  }

  @Test
  void whatCameBackIsTold() {
    serve(503, "starting\nup");
    assertThat(healthy(http(200, null, BRIEFLY)))
        .matches(r -> !r.passed())
        .extracting(CheckResult::actual)
        .isEqualTo("status 503, body: starting / up");

    assertThat(healthy(http(503, "ready", BRIEFLY)).actual())
        .isEqualTo("status 503, body: starting / up");
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() {
    serve(200, "the login page");
    server.createContext(
        "/old",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/login");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    var check = new Check.Http("web", null, url() + "/old", 200, Optional.of("login"), BRIEFLY);

    assertThat(healthy(check).actual()).startsWith("status 302 to /login");
  }

  @Test
  void aServerThatNeverAnswersIsAFailure() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var url = "http://127.0.0.1:" + silent.getLocalPort();

      var result = healthy(new Check.Http("web", null, url, 200, Optional.empty(), BRIEFLY));

      assertThat(result.passed()).isFalse();
      assertThat(result.actual()).startsWith("no whole answer from " + url);
    }
  }

  @Test
  void aPortIsOpenOrItIsNot() throws IOException {
    int port;
    try (var listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = listening.getLocalPort();
      assertThat(healthy(new Check.Tcp("port", null, null, port, LONG)).passed()).isTrue();
    }
    var result = healthy(new Check.Tcp("port", null, null, port, BRIEFLY));

    assertThat(result.passed()).isFalse();
    assertThat(result.actual()).contains("127.0.0.1:" + port, "refused");
    assertThat(healthy(http("http://127.0.0.1:" + port)).actual()).contains("refused");
  }

  @Test
  void queriesAreComparedAndAskedOfTheLiveDataOrOfTheCopy() {
    assertThat(healthy(sql("> 41", LONG)).passed()).isTrue();
    assertThat(staged(sql("= 41", BRIEFLY)))
        .matches(r -> !r.passed())
        .matches(r -> r.when().equals("staged"))
        .matches(r -> r.expected().equals("= 41 from select 42"))
        .matches(r -> r.actual().equals("42"));
    assertThat(database.askedOf).startsWith("live library").contains("library_staged");
  }

  @Test
  void missingTablesAreNamed() {
    database = new FakeDatabase(() -> "book");
    var check = new Check.Tables("tables", null, "app-db", List.of("book", "loan"), BRIEFLY);

    assertThat(staged(check).actual()).isEqualTo("missing: loan");
  }

  @Test
  void aRefusedQueryIsAskedAgainButAWrongPasswordIsNot() {
    database = failingOnce(ErrorType.CHECK_FAILED);
    assertThat(healthy(sql("= 42", LONG)).passed()).isTrue();

    database = failingOnce(ErrorType.AUTHENTICATION_FAILED);
    assertThat(healthy(sql("= 42", LONG)).actual()).isEqualTo("no");
  }

  @Test
  void aMalformedCheckOrAComponentWithoutQueriesIsAFailureNotAnException() {
    assertThat(healthy(sql("about 42", LONG)).actual()).contains("is no comparison");
    assertThat(healthy(http("not a url")).passed()).isFalse();
    var ofFiles = new Check.Sql("sql", null, "documents", "select 1", "= 1", LONG);
    assertThat(healthy(ofFiles).actual()).isEqualTo("documents answers no SQL");
  }

  @Test
  void aTryThatHangsIsGivenUp() {
    var never = new CountDownLatch(1);
    var check = sql("= 42", BRIEFLY);
    var hanging = new SqlProbe(check, databaseThat(() -> awaitUninterruptibly(never)));

    var results = new Asking(attempt, "healthy", BRIEFLY).all(List.of(hanging));

    assertThat(results.getFirst().passed()).isFalse();
    assertThat(results.getFirst().actual()).isEqualTo("no answer within 1.2 s");
    never.countDown();
  }

  @Test
  void allAreAskedAtOnceAndAnswerInTheirOrder() {
    var together = new CountDownLatch(2);
    database =
        new FakeDatabase(() -> {
          together.countDown();
          awaitUninterruptibly(together); // alone, neither would come back
          return "42";
        });

    var results =
        runner()
            .healthy(
                attempt,
                Runbooks.with(
                    new Check.Sql("second", null, "app-db", "select 2", "= 42", LONG),
                    new Check.Sql("first", null, "app-db", "select 1", "= 42", LONG)),
                Instant.now());

    assertThat(results).extracting(CheckResult::check).containsExactly("second", "first");
    assertThat(results).allMatch(CheckResult::passed);
  }

  @Test
  void onlyWhatSaysSomethingAboutTheCopiesIsAskedOfThem() {
    var runbook =
        Runbooks.with(
            http(200, null, BRIEFLY),
            new Check.Manual("look", null, "Well?", null),
            new Check.Sql("live", Check.When.HEALTHY, "app-db", "select 1", "= 42", null),
            new Check.Sql("both", Check.When.BOTH, "app-db", "select 42", "= 42", null),
            new Check.Sql("other", Check.When.BOTH, "documents", "select 42", "= 42", null));

    var results =
        runner().staged(attempt, runbook, List.of(Runbooks.copy("app-db", "library_staged")));

    assertThat(results).extracting(CheckResult::check).containsExactly("both");
    assertThat(runner().healthy(attempt, runbook, Instant.now()))
        .extracting(CheckResult::check)
        .doesNotContain("look");
  }

  @Test
  void commandsKnowWhereTheCopiesAre() {
    var command = List.of("sh", "-c", "echo $RESURGE_STAGED_APP_DB; exit 4");
    var check = new Check.Command("count", Check.When.STAGED, command, BRIEFLY);

    assertThat(staged(check))
        .matches(r -> !r.passed())
        .extracting(CheckResult::actual)
        .isEqualTo("exit code 4: library_staged");
  }

  @Test
  void aMissingCommandIsNotWaitedFor() {
    var check = new Check.Command("count", null, List.of("no-such-program"), Duration.ofHours(1));

    assertThat(healthy(check).actual()).contains("'no-such-program'");
  }

  @Test
  void linesWrittenBeforeTheRestartDoNotCount() throws IOException {
    var log = Files.writeString(directory.resolve("app.log"), "FATAL: long ago\n");
    mark(log);
    append(log, "INFO: started\n");

    assertThat(healthy(log(log)).passed()).isTrue();

    append(log, "WARN: hm\nFATAL: cannot open shelf\nINFO: bye\n");
    assertThat(healthy(log(log)))
        .matches(r -> !r.passed())
        .extracting(CheckResult::actual)
        .isEqualTo("found: FATAL: cannot open shelf");
  }

  @Test
  void aLineThatComesWhileItWatchesIsSeen() throws IOException {
    var log = Files.writeString(directory.resolve("app.log"), "");
    mark(log);
    var check = new Check.Log("log", null, log.toString(), List.of("FATAL"), LONG);
    server.createContext(
        "/",
        exchange -> {
          append(log, "FATAL: too late\n"); // the server answers after the watch has begun
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });

    var results =
        runner().healthy(attempt, Runbooks.with(check, http(200, null, LONG)), Instant.now());

    assertThat(results.getFirst().passed()).isFalse();
    assertThat(results.getFirst().took()).isLessThan(LONG);
  }

  @Test
  void aRotatedOrTruncatedLogIsReadFromItsBeginning() throws IOException {
    var log = Files.writeString(directory.resolve("app.log"), "x".repeat(100) + "\n");
    mark(log);
    Files.move(log, directory.resolve("app.log.1"));
    Files.writeString(log, "FATAL: " + "y".repeat(200) + "\n");
    assertThat(healthy(log(log)).passed()).as("rotated").isFalse();

    var other = new TestAttempt();
    runner().markLogs(other.run(), "one start", Runbooks.with(log(log)));
    Files.writeString(log, "FATAL: short"); // and not even a whole line
    assertThat(runner().healthy(other, Runbooks.with(log(log)), Instant.now()).getFirst().actual())
        .isEqualTo("found: FATAL: short");
  }

  @Test
  void anotherAttemptDoesNotMoveTheMark() throws IOException {
    var log = Files.writeString(directory.resolve("app.log"), "");
    mark(log);
    append(log, "FATAL: at the first attempt's start\n");
    mark(log);

    assertThat(healthy(log(log)).passed()).isFalse();
  }

  @Test
  void aLogWithoutMarkOrWithoutFileFailsAndSaysSo() throws IOException {
    var log = directory.resolve("app.log");
    assertThat(healthy(log(log)).actual()).contains("was not noted");

    mark(log);
    assertThat(healthy(log(log)).actual()).isEqualTo("there is no file " + log);
  }

  @Test
  void cancellingEndsTheAsking() {
    database =
        new FakeDatabase(() -> {
          attempt.cancel();
          return "0";
        });

    assertThatThrownBy(() -> healthy(sql("= 42", Duration.ofHours(1))))
        .isInstanceOf(CancellationException.class);
  }

  private void serve(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Check http(int status, String contains, Duration within) {
    return new Check.Http("web", null, url(), status, Optional.ofNullable(contains), within);
  }

  private static Check http(String url) {
    return new Check.Http("web", null, url, 200, Optional.empty(), BRIEFLY);
  }

  private static Check.Sql sql(String expect, Duration within) {
    return new Check.Sql("count", null, "app-db", "select 42", expect, within);
  }

  private static Check log(Path file) {
    return new Check.Log("log", null, file.toString(), List.of("^FATAL", "^PANIC"), BRIEFLY);
  }

  private void mark(Path log) {
    runner().markLogs(attempt.run(), "one start", Runbooks.with(log(log)));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, java.nio.file.StandardOpenOption.APPEND);
  }

  private static FakeDatabase failingOnce(ErrorType type) {
    var asked = new AtomicInteger();
    return new FakeDatabase(() -> {
      if (asked.getAndIncrement() == 0) {
        throw new ResurgeException(type, "no");
      }
      return "42";
    });
  }

  private Database databaseThat(Supplier<String> answer) {
    var component =
        (dev.resurge.workflows.runbook.Component.Postgres) Runbooks.with().component("app-db");
    return new Database(
        attempt,
        () -> new Database.Target<>(new FakeDatabase(answer), component),
        Optional.empty());
  }

  private static String awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return "42";
      } catch (InterruptedException e) {
        // as a driver that does not listen
      }
    }
  }

  private CheckResult healthy(Check check) {
    return runner().healthy(attempt, Runbooks.with(check), Instant.now()).getFirst();
  }

  private CheckResult staged(Check check) {
    var copies = List.of(Runbooks.copy("app-db", "library_staged"));
    return runner().staged(attempt, Runbooks.with(check), copies).getFirst();
  }

  private CheckRunner runner() {
    return new CheckRunner(
        new HostShell(ProgramEnvironment.from(System.getenv())),
        component -> {
          if (component.type().equals("postgres")) {
            return database;
          }
          throw new IllegalArgumentException(component.name() + " answers no SQL");
        },
        directory.resolve("state"));
  }
}
