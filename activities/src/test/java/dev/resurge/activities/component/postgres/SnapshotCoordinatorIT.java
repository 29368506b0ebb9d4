package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SnapshotCoordinatorIT {
  @TempDir Path folder;
  private PostgresWorld world;

  @BeforeEach
  void aDatabase() {
    world = new PostgresWorld(folder);
    world.execute(
        "CREATE TABLE note (id integer)",
        "INSERT INTO note SELECT generate_series(1, 10)",
        "CREATE TABLE part (id integer) PARTITION BY LIST (id)",
        "CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nobodyCanTruncateOrAlterATableFromTheSnapshotToTheEnd() {
    try (var coordinator = open()) {
      for (var ddl :
          new String[] {
            "TRUNCATE note", "ALTER TABLE part ADD COLUMN x integer", "DROP TABLE part_1"
          }) {
        assertThatThrownBy(() -> world.execute("SET lock_timeout = '200ms'", ddl))
            .hasMessageContaining("lock timeout");
      }
      world.execute("INSERT INTO note VALUES (11)");

      assertThat(coordinator.count().counts()).containsEntry("rows public.note", "10");
      coordinator.release();
      world.execute("TRUNCATE note");
    }
  }

  @Test
  void aTableThatCameWhileTheOthersWereLockedMakesItBeginAgain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var other = world.cluster.connect(world.database);
        var statement = other.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("LOCK TABLE note IN ACCESS EXCLUSIVE MODE");
      statement.execute("CREATE TABLE fresh (id integer)");
      var opening = threads.submit(this::open);
      awaitWaitingLock();
      statement.execute("COMMIT");

      assertThatThrownBy(opening::get)
          .hasCauseInstanceOf(SchemaMoved.class)
          .hasMessageContaining("\"fresh\" is new");
    }
  }

  @Test
  void aTruncateThatCommitsWhileTheLocksAreAwaitedIsSeen() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var other = world.cluster.connect(world.database);
        var statement = other.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("TRUNCATE note");
      var opening = threads.submit(this::open);
      awaitWaitingLock();
      statement.execute("COMMIT");

      try (var coordinator = opening.get()) {
        assertThat(coordinator.count().counts()).containsEntry("rows public.note", "0");
      }
    }
  }

  private SnapshotCoordinator open() {
    return SnapshotCoordinator.open(
        new PostgresConnections(reference -> "not asked for", Connector.REAL),
        world.attempt,
        world.component,
        Duration.ofSeconds(10));
  }

  private void awaitWaitingLock() {
    var waiting =
        "SELECT count(*) > 0 FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            + " WHERE NOT l.granted AND d.datname = current_database()";
    assertThat(
            Poll.until(
                Duration.ofSeconds(20),
                Duration.ofMillis(10),
                () -> world.value(waiting).equals("t")))
        .isTrue();
  }
}
