package dev.resurge.activities.component.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the SQL with which a person merges tables of the side schema into the live ones: rows that
 * are missing, rows that were changed. All in one transaction, what others refer to first.
 */
final class MergeStatements {
  /** More would be too much for a report. */
  static final int TABLES = 40;

  private final String schema;

  /**
   * @param schema the side schema's name
   */
  MergeStatements(String schema) {
    this.schema = schema;
  }

  /**
   * One table and where it goes.
   *
   * @param side its columns in the side schema
   * @param live the live table of that name now; empty if there is none
   * @param comparable whether rows can be compared as they are; as text otherwise
   */
  record Merge(PartTable part, TableShape side, Optional<TableShape> live, boolean comparable) {
    /** The live columns that can be given and are in the side schema. */
    List<TableShape.Column> columns() {
      var known = side.columns().stream().map(TableShape.Column::name).collect(Collectors.toSet());
      return live.orElseThrow().columns().stream()
          .filter(c -> !c.generated() && known.contains(c.name()))
          .toList();
    }

    /** The live key, if the side schema has its columns; else empty. */
    List<String> key() {
      var known = side.columns().stream().map(TableShape.Column::name).toList();
      var key = live.orElseThrow().key();
      return known.containsAll(key) ? key : List.of();
    }

    /** A column's value in the side schema, of the live column's type. */
    String value(TableShape.Column column) {
      var here = side.columns().stream().filter(c -> c.name().equals(column.name())).findFirst();
      var value = "s." + column.quoted();
      return here.orElseThrow().type().equals(column.type())
          ? value
          : "CAST(" + value + " AS " + column.type() + ")";
    }

    String values() {
      return columns().stream().map(this::value).collect(Collectors.joining(", "));
    }
  }

  /**
   * The statements, each on a line of its own and runnable one after the other in one session.
   *
   * @param references live tables, by number, to those that they refer to
   */
  List<String> of(List<Merge> merges, Map<Long, Set<Long>> references) {
    var lines = new ArrayList<String>();
    lines.add("BEGIN;");
    lines.add("SET CONSTRAINTS ALL DEFERRED;");
    var ordered = referencedFirst(merges, references);
    ordered.stream().limit(TABLES).forEach(merge -> lines.addAll(statements(merge)));
    if (ordered.size() > TABLES) {
      lines.add("/* and likewise for " + (ordered.size() - TABLES) + " more tables */;");
    }
    lines.add("COMMIT;");
    lines.add(
        said("when nothing in it is needed any more")
            + "DROP SCHEMA "
            + Quoting.identifier(schema)
            + " CASCADE;");
    return List.copyOf(lines);
  }

  private List<String> statements(Merge merge) {
    var name = merge.part().displayed();
    if (merge.live().isEmpty()) {
      return List.of(
          said(name + " is not there any more: its rows, without keys, indexes and defaults")
              + "CREATE TABLE "
              + merge.part().source().quoted()
              + " AS TABLE "
              + side(merge)
              + ";");
    }
    if (merge.columns().isEmpty()) {
      return List.of(said(name + " has no column any more that the set has") + ";");
    }
    if (merge.key().isEmpty()) {
      return List.of(said(name + " has no key: rows that are not there") + unkeyed(merge) + ";");
    }
    var lines = new ArrayList<String>();
    lines.add(said(name + ": rows that are missing") + missing(merge) + ";");
    if (!changeable(merge).isEmpty()) {
      lines.add(said(name + ": rows that were changed") + changed(merge) + ";");
    }
    return lines;
  }

  private String missing(Merge merge) {
    if (merge.live().orElseThrow().arbitrates()) {
      return insert(merge) + " ON CONFLICT (" + key(merge) + ") DO NOTHING";
    }
    return insert(merge)
        + " WHERE NOT EXISTS (SELECT FROM "
        + merge.live().orElseThrow().rows()
        + " AS t WHERE "
        + sameKey(merge)
        + ")";
  }

  private String changed(Merge merge) {
    var columns = changeable(merge);
    var live = merge.live().orElseThrow();
    if (live.arbitrates()) {
      return insert(merge)
          + " ON CONFLICT ("
          + key(merge)
          + ") DO UPDATE SET "
          + joined(columns, c -> c.quoted() + " = EXCLUDED." + c.quoted())
          + " WHERE "
          + row(columns, c -> "t." + c.quoted())
          + " IS DISTINCT FROM "
          + row(columns, c -> "EXCLUDED." + c.quoted());
    }
    return "UPDATE "
        + live.rows()
        + " AS t SET "
        + joined(columns, c -> c.quoted() + " = " + merge.value(c))
        + " FROM "
        + side(merge)
        + " AS s WHERE "
        + sameKey(merge)
        + " AND "
        + row(columns, c -> "t." + c.quoted())
        + " IS DISTINCT FROM "
        + row(columns, merge::value);
  }

  /** As many of each row as the live table lacks of it. */
  private String unkeyed(Merge merge) {
    var live = merge.live().orElseThrow();
    var columns = merge.columns();
    if (merge.comparable()) {
      return insert(merge)
          + " EXCEPT ALL SELECT "
          + joined(columns, TableShape.Column::quoted)
          + " FROM "
          + live.rows();
    }
    var text = row(columns, merge::value);
    return target(merge)
        + " SELECT "
        + merge.values()
        + " FROM (SELECT s.*, row_number() OVER (PARTITION BY "
        + text
        + ") AS \"resurge number\" FROM "
        + side(merge)
        + " AS s) AS s WHERE s.\"resurge number\" > (SELECT count(*) FROM "
        + live.rows()
        + " AS t WHERE "
        + row(columns, c -> "t." + c.quoted())
        + " = "
        + text
        + ")";
  }

  private String insert(Merge merge) {
    return target(merge) + " SELECT " + merge.values() + " FROM " + side(merge) + " AS s";
  }

  private static String target(Merge merge) {
    var columns = merge.columns();
    return "INSERT INTO "
        + merge.live().orElseThrow().quoted()
        + " AS t ("
        + joined(columns, TableShape.Column::quoted)
        + ")"
        + (columns.stream().anyMatch(TableShape.Column::always) ? " OVERRIDING SYSTEM VALUE" : "");
  }

  /** What an update may set: not the key, nor an identity that the server alone gives. */
  private static List<TableShape.Column> changeable(Merge merge) {
    return merge.columns().stream()
        .filter(c -> !merge.key().contains(c.name()) && !c.always())
        .toList();
  }

  private String side(Merge merge) {
    return Quoting.qualified(schema, merge.part().sideName());
  }

  private static String key(Merge merge) {
    return merge.key().stream().map(Quoting::identifier).collect(Collectors.joining(", "));
  }

  private static String sameKey(Merge merge) {
    return merge.key().stream()
        .map(Quoting::identifier)
        .map(k -> "t." + k + " = s." + k)
        .collect(Collectors.joining(" AND "));
  }

  /** As text, for not every type can be compared: json cannot, nor can a point. */
  private static String row(List<TableShape.Column> columns, Written<TableShape.Column> as) {
    return "ROW(" + joined(columns, as) + ")::text";
  }

  private static String joined(List<TableShape.Column> columns, Written<TableShape.Column> as) {
    return columns.stream().map(as::write).collect(Collectors.joining(", "));
  }

  /** How something is written in SQL. */
  @FunctionalInterface
  private interface Written<T> {
    String write(T what);
  }

  /** A comment; what begins or ends one within would do so. */
  private static String said(String words) {
    return "/* " + words.replace("*/", "* /").replace("/*", "/ *") + " */ ";
  }

  /** Tables that refer to each other in a circle keep their order: see deferred constraints. */
  private static List<Merge> referencedFirst(List<Merge> merges, Map<Long, Set<Long>> references) {
    var left = new ArrayList<>(merges);
    var ordered = new ArrayList<Merge>();
    while (!left.isEmpty()) {
      var waiting = new HashSet<Long>();
      left.forEach(m -> m.live().ifPresent(live -> waiting.add(live.oid())));
      var next = left.stream().filter(m -> refersToNone(m, waiting, references)).findFirst();
      var merge = next.orElse(left.getFirst());
      left.remove(merge);
      ordered.add(merge);
    }
    return ordered;
  }

  private static boolean refersToNone(
      Merge merge, Set<Long> waiting, Map<Long, Set<Long>> references) {
    return merge.live().map(TableShape::oid).stream()
        .flatMap(oid -> references.getOrDefault(oid, Set.of()).stream().filter(r -> !r.equals(oid)))
        .noneMatch(waiting::contains);
  }
}
