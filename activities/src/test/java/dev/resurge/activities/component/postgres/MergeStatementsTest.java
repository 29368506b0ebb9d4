package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.component.postgres.MergeStatements.Merge;
import dev.resurge.activities.component.postgres.TableShape.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That they run and bring rows back is proved against a server: {@code PostgresPartIT}. */
class MergeStatementsTest {
  private final MergeStatements statements = new MergeStatements("restored_7f2c");

  @Test
  void rowsAreInsertedAndUpdatedByTheLiveKeyInOneTransaction() {
    var live = table(1, "author", List.of("id"), column("id"), column("name"));

    assertThat(statements.of(List.of(merge("author", live, live)), Map.of()))
        .containsExactly(
            "BEGIN;",
            "SET CONSTRAINTS ALL DEFERRED;",
            "/* public.author: rows that are missing */ INSERT INTO \"public\".\"author\" AS t"
                + " (\"id\", \"name\") SELECT s.\"id\", s.\"name\" FROM"
                + " \"restored_7f2c\".\"author\" AS s ON CONFLICT (\"id\") DO NOTHING;",
            "/* public.author: rows that were changed */ INSERT INTO \"public\".\"author\" AS t"
                + " (\"id\", \"name\") SELECT s.\"id\", s.\"name\" FROM"
                + " \"restored_7f2c\".\"author\" AS s ON CONFLICT (\"id\") DO UPDATE SET"
                + " \"name\" = EXCLUDED.\"name\" WHERE ROW(t.\"name\")::text IS DISTINCT FROM"
                + " ROW(EXCLUDED.\"name\")::text;",
            "COMMIT;",
            "/* when nothing in it is needed any more */ DROP SCHEMA \"restored_7f2c\" CASCADE;");
  }

  @Test
  void whatIsReferredToComesFirstAndACircleEnds() {
    var child = table(1, "child", List.of("id"), column("id"));
    var parent = table(2, "parent", List.of("id"), column("id"));
    var merges = List.of(merge("child", child, child), merge("parent", parent, parent));

    assertThat(tables(statements.of(merges, Map.of(1L, Set.of(1L, 2L)))))
        .containsExactly("parent", "child");
    assertThat(tables(statements.of(merges, Map.of(1L, Set.of(2L), 2L, Set.of(1L)))))
        .containsExactly("child", "parent");
  }

  @Test
  void columnsThatCameOrWentOrAreComputedAreLeftOutAndTypesAreCast() {
    var side = table(9, "t", List.of(), column("id"), column("gone"), column("number"));
    var live =
        new TableShape(
            1,
            "public",
            "t",
            false,
            List.of(
                new Column("id", "integer", Optional.empty(), false, true),
                new Column("number", "bigint", Optional.empty(), false, false),
                new Column("twice", "bigint", Optional.empty(), true, false),
                new Column("new", "integer", Optional.empty(), false, false)),
            List.of("id"),
            true);

    assertThat(statements.of(List.of(merge("t", side, live)), Map.of()))
        .element(2)
        .asString()
        .contains("(\"id\", \"number\") OVERRIDING SYSTEM VALUE SELECT")
        .contains("SELECT s.\"id\", CAST(s.\"number\" AS bigint) FROM");
  }

  @Test
  void aKeyThatTheSetDoesNotKnowIsNone() {
    var side = table(9, "t", List.of(), column("id"));
    var live = table(1, "t", List.of("uuid"), column("uuid"), column("id"));

    assertThat(statements.of(List.of(merge("t", side, live)), Map.of()))
        .element(2)
        .asString()
        .contains("has no key")
        .contains("EXCEPT ALL SELECT \"id\" FROM ONLY \"public\".\"t\"");
  }

  @Test
  void aTableThatIsGoneIsMadeOfItsRows() {
    var side = table(9, "t", List.of(), column("id"));
    var merge = new Merge(part("t"), side, Optional.empty(), true);

    assertThat(statements.of(List.of(merge), Map.of()))
        .element(2)
        .asString()
        .endsWith("CREATE TABLE \"public\".\"t\" AS TABLE \"restored_7f2c\".\"t\";");
  }

  @Test
  void aNameCannotEndTheCommentItStandsIn() {
    var odd = table(1, "*/ DROP /*", List.of("id"), column("id"));

    assertThat(statements.of(List.of(merge("*/ DROP /*", odd, odd)), Map.of()))
        .element(2)
        .asString()
        .startsWith("/* public.\"* / DROP / *\": rows that are missing */ INSERT");
  }

  @Test
  void manyTablesAreCutShortAndItIsSaid() {
    var merges =
        IntStream.rangeClosed(1, MergeStatements.TABLES + 2)
            .mapToObj(n -> table(n, "t" + n, List.of("id"), column("id")))
            .map(t -> merge(t.name(), t, t))
            .toList();

    assertThat(statements.of(merges, Map.of()))
        .hasSize(MergeStatements.TABLES + 5)
        .contains("/* and likewise for 2 more tables */;");
  }

  private static List<String> tables(List<String> lines) {
    return lines.stream()
        .filter(l -> l.contains("missing"))
        .map(l -> l.substring(l.indexOf("public.") + 7, l.indexOf(':')))
        .toList();
  }

  private static Merge merge(String name, TableShape side, TableShape live) {
    return new Merge(part(name), side, Optional.of(live), true);
  }

  private static PartTable part(String name) {
    return new PartTable(new Table(7, "public", name, false, false, 0, 0), List.of(), name);
  }

  private static TableShape table(long oid, String name, List<String> key, Column... columns) {
    return new TableShape(oid, "public", name, false, List.of(columns), key, true);
  }

  private static Column column(String name) {
    return new Column(name, "integer", Optional.empty(), false, false);
  }
}
