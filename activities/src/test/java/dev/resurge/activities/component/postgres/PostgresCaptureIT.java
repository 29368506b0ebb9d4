package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PostgresCaptureIT {
  @TempDir Path folder;
  private PostgresWorld world;

  @BeforeEach
  void aDatabaseInUse() {
    world = new PostgresWorld(folder);
    world.execute(
        "CREATE TABLE big (id integer, text text)",
        "INSERT INTO big SELECT n, repeat('b', 300) FROM generate_series(1, 20000) n",
        "CREATE TABLE other (id integer, text text)",
        "INSERT INTO other SELECT n, repeat('o', 300) FROM generate_series(1, 10000) n",
        "CREATE TABLE small (id integer)",
        "INSERT INTO small VALUES (1)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aTruncateThatComesWhileDataIsDumpedWaitsAndTheDataIsWhole() throws Exception {
    var streaming = new CountDownLatch(4);
    ArtifactWriter untilTruncateWaits =
        (name, body) ->
            world.set.put(
                name, out -> body.writeTo(new OnFirstByte(out, streaming, this::awaitWaitingLock)));

    var manifest = capturedDuring(streaming, "TRUNCATE big", untilTruncateWaits);

    assertThat(manifest.fingerprint().counts()).containsEntry("rows public.big", "20000");
    assertThat(world.value("SELECT count(*) FROM big")).isEqualTo("0");
    assertThatTheArchivesHoldWhatWasCounted(manifest);
  }

  @Test
  void aTruncateThatComesBetweenSnapshotAndDumpIsNotCountedOtherwiseThanDumped() throws Exception {
    var started = new CountDownLatch(1);
    var first = new AtomicBoolean(true);
    ArtifactWriter onceTruncateWaits =
        (name, body) -> {
          started.countDown();
          if (name.equals("data-0.dump") && first.getAndSet(false)) {
            awaitWaitingLock();
          }
          return world.set.put(name, body);
        };

    var manifest = capturedDuring(started, "TRUNCATE big", onceTruncateWaits);

    assertThat(manifest.fingerprint().counts()).containsEntry("rows public.big", "0");
    assertThatTheArchivesHoldWhatWasCounted(manifest);
  }

  @Test
  void ddlThatIsInTheWayMakesTheCaptureBeginAgainAndSucceed() throws Exception {
    var captures = new AtomicInteger();
    var started = new CountDownLatch(1);
    ArtifactWriter onceAlterWaits =
        (name, body) -> {
          if (name.equals("schema.dump") && captures.incrementAndGet() == 1) {
            started.countDown();
            awaitWaitingLock();
          }
          return world.set.put(name, body);
        };

    var manifest =
        capturedDuring(
            started, "ALTER TABLE small ADD COLUMN more integer DEFAULT 5", onceAlterWaits);

    assertThat(captures).hasValueGreaterThan(1);
    assertThatTheArchivesHoldWhatWasCounted(manifest);
  }

  @Test
  void aTableThatStaysLockedEndsInCaptureDisturbed() throws SQLException {
    try (var holder = world.cluster.connect(world.database);
        var statement = holder.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("LOCK TABLE big IN ACCESS EXCLUSIVE MODE");

      assertThatThrownBy(world::capture)
          .hasMessageContaining("tried 5 times")
          .hasMessageContaining("lock timeout")
          .isInstanceOfSatisfying(
              ResurgeException.class,
              e -> assertThat(e.type()).isEqualTo(ErrorType.CAPTURE_DISTURBED));
    }
  }

  @Test
  void whatTwentyWritersInsertMeanwhileIsEitherInTheDumpAndCountedOrNeither() throws Exception {
    var writing = new AtomicBoolean(true);
    var written = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers =
          IntStream.range(0, 20)
              .mapToObj(n -> threads.submit(() -> write(writing, written)))
              .toList();
      await(() -> written.get() > 100);

      var manifest = world.capture();
      writing.set(false);
      for (var writer : writers) {
        writer.get();
      }

      assertThat(Long.parseLong(manifest.fingerprint().counts().get("rows public.big")))
          .isGreaterThan(20100)
          .isLessThan(20000L + written.get());
      assertThatTheArchivesHoldWhatWasCounted(manifest);
    }
  }

  @Test
  void theRecoveryPointIsTheServersClockWhenTheSnapshotWasTaken() {
    var before = serverClock();
    var manifest = world.capture();
    var after = serverClock();

    assertThat(manifest.recoveryPoint()).isBetween(before, after);
    assertThat(manifest.target().value())
        .isEqualTo(
            world.value(
                "SELECT 'postgres-' || system_identifier || '-' || oid FROM pg_control_system(),"
                    + " pg_database WHERE datname = current_database()"));
  }

  @Test
  void bigTablesAreDealtOverTheStreamsAndProgressIsSaid() {
    var manifest = world.capture();

    assertThat(manifest.artifacts())
        .extracting(Artifact::name)
        .containsExactly("schema.dump", "data-0.dump", "data-1.dump", "data-2.dump");
    assertThat(world.attempt.progress()).isNotEmpty();
    assertThat(world.attempt.progress().getLast().doneBytes()).isEqualTo(manifest.raw().bytes());
  }

  @Test
  void aCancelledCaptureLeavesNoSessionAndNoProgram() {
    var attempt = new TestAttempt();
    ArtifactWriter cancelling =
        (name, body) -> {
          attempt.cancel();
          return world.set.put(name, body);
        };

    assertThatThrownBy(() -> world.driver.capture(attempt, world.component, cancelling))
        .isInstanceOf(CancellationException.class);
    await(() -> sessions(ApplicationNames.prefix(attempt, "database")).equals("0"));
  }

  @Test
  void aSocketsFolderDoesForAHost() {
    var overSocket = world.component("postgres", world.cluster.socketFolder().toString());

    var manifest = world.driver.capture(world.attempt, overSocket, world.set);

    assertThat(manifest.fingerprint()).isEqualTo(world.capture().fingerprint());
  }

  /** Captures, while another session runs {@code sql} as soon as {@code when} is open. */
  private ComponentManifest capturedDuring(CountDownLatch when, String sql, ArtifactWriter set)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> other =
          threads.submit(() -> {
            when.await();
            world.execute(sql);
            return true;
          });
      var manifest = world.driver.capture(world.attempt, world.component, set);
      other.get();
      return manifest;
    }
  }

  /** Says when its stream begins, and lets nothing through until all have and more is so. */
  private static final class OnFirstByte extends FilterOutputStream {
    private final CountDownLatch all;
    private final Runnable more;
    private boolean begun;

    OnFirstByte(OutputStream out, CountDownLatch all, Runnable more) {
      super(out);
      this.all = all;
      this.more = more;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      if (!begun) {
        begun = true;
        all.countDown();
        more.run();
      }
      out.write(buffer, offset, length);
    }
  }

  private void assertThatTheArchivesHoldWhatWasCounted(ComponentManifest manifest) {
    var copy = world.stage(manifest);
    assertThat(world.driver.verifyStaged(world.attempt, world.component, manifest, world.set, copy))
        .allMatch(CheckResult::passed);
  }

  private boolean write(AtomicBoolean writing, AtomicInteger written) throws SQLException {
    try (var session = world.cluster.connect(world.database);
        var statement = session.createStatement()) {
      while (writing.get()) {
        statement.execute("INSERT INTO big VALUES (0, 'new'); INSERT INTO small VALUES (2)");
        written.incrementAndGet();
      }
      return true;
    }
  }

  private Instant serverClock() {
    return OffsetDateTime.parse(
            world.value("SELECT to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.USTZH:TZM')"))
        .toInstant();
  }

  private String sessions(String prefix) {
    return world.value(
        "SELECT count(*) FROM pg_stat_activity WHERE starts_with(application_name, '"
            + prefix
            + "')");
  }

  private void awaitWaitingLock() {
    await(() ->
        !world
            .value(
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                    + " WHERE NOT l.granted AND d.datname = current_database()")
            .equals("0"));
  }

  private static void await(BooleanSupplier condition) {
    assertThat(Poll.until(Duration.ofSeconds(60), Duration.ofMillis(10), condition)).isTrue();
  }
}
