package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TargetIdentity;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The live database is removed, after approval, where there is no room for two. */
@Tag("slow")
@Timeout(120)
@Isolated("one test locks the whole server's list of databases")
class PostgresInPlaceIT {
  @TempDir Path folder;
  private PostgresWorld world;
  private TargetIdentity live;

  @BeforeEach
  void aDatabase() {
    world = new PostgresWorld(folder);
    world.execute("CREATE TABLE note (id integer)", "INSERT INTO note VALUES (1)");
    live = world.capture().target();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void removingEndsItsSessionsAndTwiceEqualsOnce() throws SQLException {
    try (var session = world.cluster.connect(world.database);
        var statement = session.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("INSERT INTO note VALUES (2)");

      remove(live);
      remove(live);

      assertThat(session.isValid(5)).isFalse();
    }
    assertThat(world.databases()).isEmpty();
    assertThat(reopen(live)).isFalse();
  }

  @Test
  void anotherDatabaseOfThatNameIsNeverRemovedOrOpened() {
    world.cluster.execute(
        "postgres",
        "DROP DATABASE " + world.database,
        "CREATE DATABASE " + world.database + " ALLOW_CONNECTIONS false");

    assertThatThrownBy(() -> remove(live))
        .hasMessageContaining(live.value())
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));

    assertThat(reopen(live)).isFalse();
    assertThat(isOpen()).isEqualTo("f");
  }

  @Test
  void oneThatWasRenamedIsNotRemoved() {
    world.cluster.execute(
        "postgres", "ALTER DATABASE " + world.database + " RENAME TO " + world.database + "_safe");

    remove(live);

    assertThat(world.databases()).isEqualTo(world.database + "_safe");
    assertThat(reopen(live)).isFalse();
  }

  @Test
  void aRemovalThatCouldNotDropLeavesItClosedAndReopeningMakesItUsableAsBefore() {
    world.cluster.execute(
        "postgres",
        "DROP ROLE IF EXISTS lodger",
        "CREATE ROLE lodger LOGIN",
        "ALTER DATABASE " + world.database + " CONNECTION LIMIT 17",
        "ALTER DATABASE " + world.database + " IS_TEMPLATE true",
        "REVOKE ALL ON DATABASE " + world.database + " FROM PUBLIC",
        "GRANT CONNECT ON DATABASE " + world.database + " TO lodger");
    var before = catalog();
    world.execute(
        "SELECT pg_create_logical_replication_slot('drop_" + world.database + "', 'pgoutput')");
    world.execute(
        "BEGIN; INSERT INTO note VALUES (9); PREPARE TRANSACTION 'held_" + world.database + "'");
    try {
      assertThatThrownBy(() -> remove(live)).hasMessageContaining("being");
      assertThat(isOpen()).isEqualTo("f");

      assertThat(reopen(live)).isTrue();
      assertThat(reopen(live)).isTrue();

      assertThat(catalog().replace("\"datistemplate\": false", "\"datistemplate\": true"))
          .isEqualTo(before);
      assertThat(world.value("SELECT count(*) FROM note")).isEqualTo("1");
    } finally {
      world.execute(
          "ROLLBACK PREPARED 'held_" + world.database + "'",
          "SELECT pg_drop_replication_slot('drop_" + world.database + "')");
      world.cluster.execute("postgres", "ALTER DATABASE " + world.database + " IS_TEMPLATE false");
    }
  }

  @Test
  void anAttemptThatIsThoughtDeadCannotDropWhatWasOpenedAgain() throws Exception {
    try (var busy = world.cluster.connect("postgres");
        var statement = busy.createStatement();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // holds what dropping and altering need, so that the zombie waits at its first change
      statement.execute("BEGIN");
      statement.execute("LOCK TABLE pg_database IN SHARE ROW EXCLUSIVE MODE");
      var zombie = threads.submit(() -> remove(live));
      awaitWaiting();

      var opened =
          threads.submit(() -> world.driver.reopen(world.laterAttempt(), world.component, live));
      assertThatThrownBy(zombie::get).hasRootCauseInstanceOf(SQLException.class);
      statement.execute("ROLLBACK");

      assertThat(opened.get()).isTrue();
    }
    assertThat(world.value("SELECT count(*) FROM note")).isEqualTo("1");
  }

  private void awaitWaiting() {
    assertThat(
            Poll.until(
                Duration.ofSeconds(30),
                Duration.ofMillis(10),
                () ->
                    world
                        .cluster
                        .value(
                            "postgres",
                            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND application_name LIKE 'resurge/%'")
                        .equals("1")))
        .isTrue();
  }

  private void remove(TargetIdentity identity) {
    world.driver.removeLive(world.attempt, world.component, identity);
  }

  private boolean reopen(TargetIdentity identity) {
    return world.driver.reopen(world.attempt, world.component, identity);
  }

  private String isOpen() {
    return world.cluster.value(
        "postgres",
        "SELECT datallowconn FROM pg_database WHERE datname = '" + world.database + "'");
  }

  private String catalog() {
    return world.cluster.value(
        "postgres",
        "SELECT (to_jsonb(d) - 'datfrozenxid' - 'datminmxid')::text FROM pg_database d"
            + " WHERE datname = '"
            + world.database
            + "'");
  }
}
