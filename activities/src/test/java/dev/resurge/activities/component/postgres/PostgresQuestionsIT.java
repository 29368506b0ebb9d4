package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runbook asks of a database, and what people are told that a restore would give up. */
class PostgresQuestionsIT {
  @TempDir Path folder;
  private PostgresWorld world;

  @BeforeEach
  void aDatabase() {
    world = new PostgresWorld(folder);
    world.execute(
        "CREATE TABLE note (id integer)",
        "INSERT INTO note SELECT generate_series(1, 5)",
        "CREATE TABLE \"Odd Name\" (id integer)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aQueryAnswersItsOneValueAsText() {
    assertThat(ask("SELECT count(*) FROM note")).isEqualTo("5");
    assertThat(ask("SELECT max(id) > 4 FROM note")).isEqualTo("t");
    assertThat(ask("SELECT max(id) FROM \"Odd Name\"")).isEqualTo("null");
  }

  @Test
  void aStagedCopyIsAskedInsteadOfTheLiveData() {
    var copy = world.stage(world.capture());
    world.execute("INSERT INTO note VALUES (6)");

    assertThat(
            world.driver.query(
                world.attempt, world.component, Optional.of(copy), "SELECT count(*) FROM note"))
        .isEqualTo("5");
    assertThat(ask("SELECT count(*) FROM note")).isEqualTo("6");
  }

  @Test
  void whatIsNoQueryWithOneValueFailsTheCheck() {
    assertFails("SELECT 1, 2", "2 columns");
    assertFails("SELECT id FROM note", "more than one row");
    assertFails("SELECT 1 WHERE false", "no row");
    assertFails("SELECT 1; SELECT 2", "more than one statement");
    assertFails("SELECT nothing", "does not exist");
  }

  @Test
  void aQueryThatWouldChangeSomethingIsRefused() {
    assertFails("DELETE FROM note RETURNING 1", "read-only transaction");
    assertFails("COMMIT; DELETE FROM note RETURNING id", "");
    assertThat(ask("SELECT count(*) FROM note")).isEqualTo("5");
  }

  @Test
  void tablesThatAreMissingAreNamed() {
    assertThat(
            world.driver.missingTables(
                world.attempt,
                world.component,
                Optional.empty(),
                List.of("note", "public.note", "\"Odd Name\"", "odd_name", "nowhere.note")))
        .containsExactly("odd_name", "nowhere.note");
  }

  @Test
  void equalDataGivesUpNothing() {
    assertThat(givenUp())
        .singleElement()
        .asString()
        .contains("as many rows now as in the set, in all 2 tables");
  }

  @Test
  void theBiggestDifferencesComeFirstAndTheLinesAreFew() {
    for (int n = 1; n <= 12; n++) {
      world.execute("CREATE TABLE t" + n + " (id integer)", "INSERT INTO t" + n + " VALUES (0)");
    }
    var manifest = world.capture();
    for (int n = 1; n <= 12; n++) {
      world.execute("INSERT INTO t" + n + " SELECT generate_series(1, " + 1000 * n + ")");
    }
    world.execute("DELETE FROM note WHERE id > 2", "CREATE TABLE fresh AS SELECT 1 AS id");

    var lines = world.driver.givenUp(world.attempt, world.component, manifest);

    assertThat(lines).hasSize(9);
    assertThat(lines.getFirst())
        .isEqualTo("public.t12: 12,001 rows now, 12,000 more than in the set");
    assertThat(lines.getLast()).contains("14 of 15 tables differ", "the 8 biggest shown");
  }

  @Test
  void fewerAndNewRowsAreTold() {
    var manifest = world.capture();
    world.execute("DELETE FROM note WHERE id > 2", "CREATE TABLE fresh AS SELECT 1 AS id");

    assertThat(world.driver.givenUp(world.attempt, world.component, manifest))
        .containsExactly(
            "public.note: 2 rows now, 3 fewer than in the set",
            "public.fresh: 1 rows now, 1 more than in the set",
            world.database + ": 2 of 3 tables differ in their number of rows");
  }

  @Test
  void aTableThatCannotBeCountedInTimeIsEstimatedAndTheLinesSaySo() throws SQLException {
    world.execute("INSERT INTO note SELECT generate_series(1, 95)", "ANALYZE note");
    var manifest = world.capture();
    world.execute("INSERT INTO note SELECT generate_series(1, 50)", "ANALYZE note");
    try (var session = world.cluster.connect(world.database);
        var statement = session.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("LOCK TABLE note IN ACCESS EXCLUSIVE MODE");

      assertThat(world.driver.givenUp(world.attempt, world.component, manifest))
          .satisfiesExactly(
              l ->
                  assertThat(l)
                      .isEqualTo("public.note: about 150 rows now, about 50 more than in the set"),
              l -> assertThat(l).contains("1 could not be counted in time and were estimated"));
    }
  }

  @Test
  void liveDataThatCannotBeReadIsToldInOneLine() {
    var manifest = world.capture();
    world.cluster.execute(
        "postgres", "ALTER DATABASE " + world.database + " ALLOW_CONNECTIONS false");

    assertThat(world.driver.givenUp(world.attempt, world.component, manifest))
        .singleElement()
        .asString()
        .contains("cannot be read");
  }

  private List<String> givenUp() {
    return world.driver.givenUp(world.attempt, world.component, world.capture());
  }

  private String ask(String sql) {
    return world.driver.query(world.attempt, world.component, Optional.empty(), sql);
  }

  private void assertFails(String sql, String message) {
    assertThatThrownBy(() -> ask(sql))
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.CHECK_FAILED));
  }
}
