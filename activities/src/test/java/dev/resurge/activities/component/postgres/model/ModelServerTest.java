package dev.resurge.activities.component.postgres.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.component.postgres.PostgresDriver;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.runbook.Component;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real server cannot be made to do: fail at one call, and be copied. */
@Timeout(60)
class ModelServerTest {
  private static final Contents HELD =
      Contents.of(
              ModelTable.of("note", "text").with("first"),
              ModelTable.of("big", "text").with("row").referring("big_note").taking(5 << 20))
          .withSequence("note_id", 7);

  private final ModelServer server = new ModelServer(7001, Clock.systemUTC());
  private final TestAttempt attempt = new TestAttempt();
  private final MemorySet set = new MemorySet();
  private final Component.Postgres component =
      new Component.Postgres(
          "database",
          "127.0.0.1",
          5432,
          "app",
          new Component.Credentials(ModelServer.SUPERUSER, Optional.empty()),
          ModelServer.MAINTENANCE,
          Optional.empty(),
          Optional.of(2));
  private final PostgresDriver driver = driver(server);

  ModelServerTest() {
    server.createRole("clerk", "LOGIN");
    server.createDatabase("app", "clerk", HELD);
  }

  @Test
  void aRestoredCopyHoldsExactlyWhatWasCaptured() {
    var copy = stage(capture());

    assertThat(server.contents(copy.name())).isEqualTo(HELD);
  }

  @Test
  void whatIsWrittenDuringACaptureIsNotInTheSet() {
    server.interfere(before("SET TRANSACTION SNAPSHOT", () -> write("while it was captured")));

    var manifest = capture();
    server.interfere(Interference.NONE);
    var copy = stage(manifest);

    assertThat(server.contents("app").rows("note")).hasSizeGreaterThan(1);
    assertThat(server.contents(copy.name())).isEqualTo(HELD);
  }

  @Test
  void aCommitWhoseAnswerWasLostWasDone() {
    var swap = stagedSwap();
    server.interfere(
        new Interference() {
          private int commits;

          @Override
          public void after(Call call) throws SQLException {
            if (call.what().equals("COMMIT") && ++commits == 2) {
              throw new SQLException("An I/O error occurred", "08006");
            }
          }
        });

    assertThatThrownBy(() -> driver.cutOver(attempt, component, swap))
        .isInstanceOf(ResurgeException.class);

    server.interfere(Interference.NONE);
    assertThat(driver.position(attempt, component, swap)).isEqualTo(Position.AFTER);
    assertThat(server.sessions()).isEmpty();
  }

  @Test
  void aCallThatFailedOnItsWayWasNotDone() {
    var swap = stagedSwap();
    server.interfere(
        before(
            "COMMIT",
            () -> {
              throw new SQLException("An I/O error occurred", "08006");
            }));

    assertThatThrownBy(() -> driver.cutOver(attempt, component, swap))
        .isInstanceOf(ResurgeException.class);

    server.interfere(Interference.NONE);
    assertThat(driver.position(attempt, component, swap)).isEqualTo(Position.BEFORE);
  }

  @Test
  void aCopyIsAWorldOfItsOwn() throws SQLException {
    var copy = server.copy();
    var swap = stagedSwap();
    driver.cutOver(attempt, component, swap);
    copy.write("app", "clerk", "note", "in the copy only");

    assertThat(copy.databases()).containsExactly("app");
    assertThat(copy.identity("app")).isNotEqualTo(server.identity("app"));
    assertThat(copy.contents("app").rows("note")).hasSize(2);
    assertThat(server.contents("app").rows("note")).hasSize(1);
  }

  @Test
  void anApplicationWritesOnlyWhereItIsLetIn() throws SQLException {
    var swap = stagedSwap();
    try (var pool = server.connect("app", "clerk", "application")) {
      pool.insert("note", "second");

      driver.cutOver(attempt, component, swap);

      assertThatThrownBy(() -> pool.insert("note", "third")).hasMessageContaining("terminating");
      assertThat(pool.isAlive()).isFalse();
    }
    write("fourth");
    assertThatThrownBy(() -> server.write(swap.retainedName(), "clerk", "note", "fifth"))
        .hasMessageContaining("not currently accepting connections");
    assertThat(server.contents("app").rows("note"))
        .containsExactly(List.of("first"), List.of("fourth"));
    assertThat(server.contents(swap.retainedName()).rows("note"))
        .containsExactly(List.of("first"), List.of("second"));
  }

  @Test
  void aSessionThatIsEndedWhileItsProgramLoadsFailsTheStaging() {
    var manifest = capture();
    server.interfere(before("COPY public.note FROM stdin", () -> server.endSessions("resurge/")));

    assertThatThrownBy(() -> stage(manifest))
        .hasMessageContaining("pg_restore")
        .hasMessageContaining("terminating connection");
    server.interfere(Interference.NONE);
    driver.discard(attempt, component);

    assertThat(server.databases()).containsExactly("app");
    assertThat(server.sessions()).isEmpty();
  }

  @Test
  void aStoppedServerRefusesAndKnowsEverythingAgain() {
    var swap = stagedSwap();
    server.stop();
    assertThatThrownBy(() -> driver.position(attempt, component, swap))
        .hasMessageContaining("refused");

    server.start();

    assertThat(driver.position(attempt, component, swap)).isEqualTo(Position.BEFORE);
  }

  @Test
  void aServerThatCrashesLosesWhatWasLoadedButNotWhatIsMarkedComplete() {
    var manifest = capture();
    server.interfere(before("ANALYZE", server::crash));
    assertThatThrownBy(() -> stage(manifest)).isInstanceOf(ResurgeException.class);
    server.interfere(Interference.NONE);
    server.start();
    assertThat(server.databases()).hasSize(2);
    assertThat(server.contents(server.databases().getLast())).isEqualTo(Contents.EMPTY);

    var copy = stage(manifest);
    server.crash();
    server.start();

    assertThat(server.databases()).containsExactly("app", copy.name());
    assertThat(server.contents(copy.name())).isEqualTo(HELD);
    assertThat(stage(manifest)).isEqualTo(copy);
  }

  /** As tried on PostgreSQL 15, with two sessions of psql. */
  @ParameterizedTest
  @CsvSource({
    "CONNECTION LIMIT 17, ALLOW_CONNECTIONS false, XX000",
    "RENAME TO other, ALLOW_CONNECTIONS false, XX000",
    "SET resurge.x TO z, ALLOW_CONNECTIONS false, done",
    "CONNECTION LIMIT 17, RENAME TO another, XX000",
    "RENAME TO other, RENAME TO another, 3D000",
    "SET resurge.x TO z, RENAME TO another, done",
    "CONNECTION LIMIT 17, SET resurge.x TO y, done",
    "RENAME TO other, SET resurge.x TO y, done",
    "SET resurge.x TO z, SET resurge.x TO y, XX000"
  })
  void whoWaitedForAnothersChangeOfTheSameFails(String first, String second, String outcome)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var holder = server.connect("postgres", "postgres", "first")) {
      holder.run("BEGIN", List.of());
      holder.run("ALTER DATABASE app " + first, List.of());
      var waiter = threads.submit(() -> outcome("ALTER DATABASE app " + second));
      Poll.until(
          Duration.ofSeconds(10),
          Duration.ofMillis(1),
          () -> waiter.isDone() || server.waiting() == 1);
      holder.run("COMMIT", List.of());

      assertThat(waiter.get()).isEqualTo(outcome);
    }
  }

  private String outcome(String sql) {
    try {
      server.execute(sql);
      return "done";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  @Test
  void aStatementThatItDoesNotKnowIsNamedInFull() {
    assertThatThrownBy(() -> server.execute("VACUUM FULL public.note"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("DOES NOT KNOW")
        .hasMessageContaining("VACUUM FULL public.note");
  }

  @Test
  void everyCallPassesTheInterferenceByItsName() {
    var calls = new ArrayList<String>();
    server.interfere(
        new Interference() {
          @Override
          public synchronized void before(Call call) {
            calls.add(call.application() + " " + call.what());
          }
        });

    stage(capture());

    assertThat(calls)
        .allMatch(c -> c.startsWith("resurge/" + attempt.tag("database")))
        .anyMatch(c -> c.endsWith(" connect"))
        .anyMatch(c -> c.endsWith(" COPY public.big TO stdout"))
        .anyMatch(c -> c.endsWith(" COPY public.big FROM stdin"))
        .anyMatch(c -> c.endsWith(" COMMIT"));
  }

  private interface Deed {
    void run() throws SQLException;
  }

  private static Interference before(String what, Deed deed) {
    return new Interference() {
      @Override
      public void before(Call call) throws SQLException {
        if (call.what().equals(what)) {
          deed.run();
        }
      }
    };
  }

  private static PostgresDriver driver(ModelServer over) {
    return new PostgresDriver(
        new ModelPrograms(over), reference -> "", Clock.systemUTC(), over.connector());
  }

  private void write(String text) throws SQLException {
    server.write("app", "clerk", "note", text);
  }

  private ComponentManifest capture() {
    return driver.capture(attempt, component, set);
  }

  private StagedCopy stage(ComponentManifest manifest) {
    return driver.stage(attempt, component, manifest, "m", set);
  }

  private Swap stagedSwap() {
    var manifest = capture();
    var target = manifest.target();
    return driver.swapFor(attempt, component, Optional.of(target), target, stage(manifest));
  }

  /** A set that is stored nowhere. */
  private static final class MemorySet implements ArtifactWriter, ArtifactReader {
    private final Map<String, byte[]> all = new ConcurrentHashMap<>();

    @Override
    public Artifact put(String name, Body body) {
      var out = new ByteArrayOutputStream();
      try {
        body.writeTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      all.put(name, out.toByteArray());
      return new Artifact("database/" + name, out.size(), out.size(), "", List.of());
    }

    @Override
    public InputStream open(Artifact artifact) {
      return new ByteArrayInputStream(all.get(artifact.name()));
    }
  }
}
