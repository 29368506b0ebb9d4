package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Scope;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Single tables come back beside the live ones, and their rows into the live ones. */
@Tag("slow")
@Timeout(180)
class PostgresPartIT {
  private static final String ODD = "\"Odd Schema.with dot\".\"Table \"\"quoted\"\" *?[a-z]$\"";

  @TempDir Path folder;
  private PostgresWorld world;
  private ComponentManifest manifest;

  @BeforeEach
  void aDifficultDatabaseThatWasCaptured() {
    world = new PostgresWorld(folder);
    world.load("difficult.sql");
    live(
        "CREATE TABLE public.author (id integer PRIMARY KEY, name text, extra json)",
        "CREATE TABLE public.book (id integer PRIMARY KEY, author integer NOT NULL REFERENCES author)",
        "CREATE TABLE public.late (id integer PRIMARY KEY DEFERRABLE, text text)",
        "CREATE TABLE public.loose_json (j json)",
        "INSERT INTO author SELECT n, 'name ' || n, '{\"n\": 1}' FROM generate_series(1, 1200) n",
        "INSERT INTO book SELECT n, n FROM generate_series(1, 1200) n",
        "INSERT INTO late VALUES (1, 'one'), (2, 'two')",
        "INSERT INTO loose_json VALUES ('{\"a\": 1}'), ('{\"a\": 1}'), ('{\"b\": 2}')",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO \"Difficult Reader\"",
        "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO \"Difficult Reader\"");
    manifest = world.capture();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theRowsComeIntoASchemaOfTheirOwnAndTheLiveTablesStayAsTheyAre() {
    live("DELETE FROM book", "DELETE FROM author WHERE id > 100");
    var before = world.dump(world.database);

    var brought = bring("author", "Public.Book");

    assertThat(brought.component()).isEqualTo("database");
    assertThat(brought.where()).isEqualTo("restored_" + world.attempt.run().id().shortName());
    assertThat(brought.what())
        .contains("public.author: 1200 rows", "public.book: 1200 rows")
        .anySatisfy(line -> assertThat(line).contains("large objects are not brought (2"));
    assertThat(count(brought.where() + ".author")).isEqualTo("1200");
    assertThat(count("author")).isEqualTo("100");
    assertThat(world.dump(world.database, "--exclude-schema=" + brought.where())).isEqualTo(before);
    assertThat(world.databases()).isEqualTo(world.database);
  }

  @Test
  void onlyTheOwnerSeesThemWhateverDefaultPrivilegesSay() {
    var schema = bring("author").where();

    assertThat(
            world.value(
                "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = '"
                    + schema
                    + "'"))
        .isEqualTo("difficult_owner");
    assertThat(
            world.value(
                "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = '"
                    + schema
                    + ".author'::regclass"))
        .isEqualTo("difficult_owner");
    assertThat(
            world.value(
                "SELECT has_schema_privilege('Difficult Reader', '%1$s', 'USAGE')::text || has_table_privilege('Difficult Reader', '%1$s.author', 'SELECT')"
                    .formatted(schema)))
        .isEqualTo("falsefalse");
  }

  @Test
  void theStatementsBringDeletedRowsBackAndChangedOnesToWhatTheyWere() {
    var tables =
        List.of(
            "book",
            "author",
            "measured",
            "generated",
            "chicken",
            "egg",
            "late",
            "loose_json",
            "animal",
            "\"back\\slash 'and' quote\"",
            ODD);
    var before = tables.stream().map(this::contents).toList();
    live(
        "UPDATE author SET name = 'spoiled', extra = '[]' WHERE id <= 10",
        "DELETE FROM book WHERE id > 5",
        "DELETE FROM author WHERE id > 700",
        "DELETE FROM measured WHERE at > '2025-06-01'",
        "DELETE FROM generated WHERE id > 200",
        "UPDATE generated SET base = 77 WHERE id <= 150",
        "BEGIN; DELETE FROM egg; UPDATE chicken SET parent = NULL; DELETE FROM chicken; COMMIT",
        "DELETE FROM late WHERE id = 1",
        "UPDATE late SET text = 'spoiled'",
        "DELETE FROM loose_json WHERE j::text = '{\"a\": 1}'",
        "INSERT INTO loose_json VALUES ('{\"a\": 1}')",
        "DELETE FROM ONLY animal",
        "DELETE FROM \"back\\slash 'and' quote\"",
        "DELETE FROM " + ODD + " WHERE id > 7");
    var animals = count("ONLY dog");

    var brought = bring(tables.toArray(String[]::new));
    var merging = brought.next().subList(0, brought.next().size() - 1);
    live(merging.toArray(String[]::new));

    assertThat(tables.stream().map(this::contents).toList()).isEqualTo(before);
    assertThat(count("ONLY dog")).isEqualTo(animals);
    live(merging.toArray(String[]::new)); // nothing is left to do
    assertThat(tables.stream().map(this::contents).toList()).isEqualTo(before);
    live(brought.next().getLast());
    assertThat(schemas()).isEqualTo("0");
  }

  @Test
  void aPartitionedTableComesWithAllItsLeavesAndIsMergedIntoTheParent() {
    var brought = bring("measured", "measured_2025_1");

    assertThat(brought.what()).contains("public.measured: 9000 rows, from all its partitions");
    assertThat(brought.what()).noneMatch(line -> line.contains("measured_2025_1"));
    assertThat(count(brought.where() + ".measured")).isEqualTo("9000");
    assertThat(String.join("\n", brought.next()))
        .contains("INSERT INTO \"public\".\"measured\"")
        .doesNotContain("\"measured_2025");
    assertThat(bring("measured_2025_1").what()).contains("public.measured_2025_1: 1582 rows");
  }

  @Test
  void aTableThatIsGoneComesBackWithItsRows() {
    live("DROP TABLE book");

    var brought = bring("book");
    live(brought.next().toArray(String[]::new));

    assertThat(count("book")).isEqualTo("1200");
  }

  @Test
  void twiceEqualsOnceAndSomebodyElsesSchemaOfThatNameIsLeftAlone() {
    var name = "restored_" + world.attempt.run().id().shortName();
    live("CREATE SCHEMA " + name, "CREATE TABLE " + name + ".theirs (id integer)");

    var first = bring("author");
    var second = bring(world.laterAttempt(), manifest, "book");

    assertThat(first.where()).isEqualTo(name + "_2");
    assertThat(second.where()).isEqualTo(name + "_2");
    assertThat(schemas()).isEqualTo("2");
    assertThat(
            world.value(
                "SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = '"
                    + name
                    + "_2'"))
        .isEqualTo("book");
    assertThat(count(name + ".theirs")).isEqualTo("0");
  }

  @Test
  void anUnknownTableIsToldWithTheNearestAndLeavesNothing() {
    assertThatThrownBy(() -> bring("auhtor"))
        .hasMessageContaining("did you mean public.author?")
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID));
    assertThat(world.databases()).isEqualTo(world.database);
    assertThat(schemas()).isEqualTo("0");
  }

  @Test
  void fewerRowsThanTheSetCountedAreNotBrought() {
    var counts = new HashMap<>(manifest.fingerprint().counts());
    counts.put("rows public.author", "1201");

    assertThatThrownBy(() -> bring(world.attempt, counted(counts), "book", "author"))
        .hasMessageContaining("the set counted 1201, 1200 came")
        .isInstanceOfSatisfying(
            ResurgeException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.VERIFICATION_FAILED));
    assertThat(world.databases()).isEqualTo(world.database);
    assertThat(schemas()).isEqualTo("0");
  }

  @Test
  void aLiveTableThatSomebodyHoldsDoesNotStopIt() throws SQLException {
    try (var holder = world.cluster.connect(world.database);
        var statement = holder.createStatement()) {
      holder.setReadOnly(false);
      statement.execute("SET default_transaction_read_only = off");
      statement.execute("BEGIN");
      statement.execute("LOCK TABLE author IN ACCESS EXCLUSIVE MODE");

      assertThat(bring("author").what()).contains("public.author: 1200 rows");
    }
  }

  @Test
  void anAttemptThatIsStuckIsEndedByTheNextAndDiscardingRemovesWhatACancelledOneLeft()
      throws Exception {
    var halfWay = new CountDownLatch(1);
    var forEver = new CountDownLatch(1);
    var zombie = new TestAttempt(world.attempt.run());
    world.set.readThrough(in -> new StopsAfterTheFirstBytes(in, halfWay, forEver));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stuck = threads.submit(() -> bring(zombie, manifest, "author"));
      halfWay.await();
      zombie.cancel();
      forEver.countDown();
      assertThatThrownBy(stuck::get).isNotNull();
    }
    world.set.readThrough(in -> in);
    assertThat(world.driver.staged(world.attempt, world.component)).hasSize(1);

    world.driver.discard(world.laterAttempt(), world.component);
    assertThat(world.databases()).isEqualTo(world.database);

    assertThat(bring("author").what()).contains("public.author: 1200 rows");
  }

  @Test
  void whereTheDatabaseIsGoneItIsSaid() {
    world.cluster.execute(
        "postgres", "DROP DATABASE " + Quoting.identifier(world.database) + " WITH (FORCE)");

    assertThatThrownBy(() -> bring("author"))
        .hasMessageContaining("restore the whole of it")
        .isInstanceOfSatisfying(
            ResurgeException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.DATABASE_UNAVAILABLE));
  }

  private BroughtPart bring(String... tables) {
    return bring(world.attempt, manifest, tables);
  }

  private BroughtPart bring(Attempt attempt, ComponentManifest of, String... tables) {
    var scope = new Scope(List.of(), Map.of(), List.of(tables), List.of());
    return world.driver.bring(attempt, world.component, of, world.set, scope);
  }

  private ComponentManifest counted(Map<String, String> counts) {
    return new ComponentManifest(
        manifest.name(),
        manifest.type(),
        manifest.target(),
        manifest.recoveryPoint(),
        manifest.facts(),
        new Fingerprint(counts),
        manifest.artifacts(),
        manifest.warnings());
  }

  /** The database itself is set to read only. */
  private void live(String... statements) {
    var all = new String[statements.length + 1];
    all[0] = "SET default_transaction_read_only = off";
    System.arraycopy(statements, 0, all, 1, statements.length);
    world.execute(all);
  }

  private String count(String table) {
    return world.value("SELECT count(*) FROM " + table);
  }

  private String contents(String table) {
    return world.value(
        "SELECT count(*) || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM "
            + table
            + " t");
  }

  private String schemas() {
    return world.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'restored%'");
  }
}
