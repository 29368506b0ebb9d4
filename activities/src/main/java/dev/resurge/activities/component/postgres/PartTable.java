package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table that is brought back.
 *
 * @param source as the set has it
 * @param holding where its rows are: itself, or the leaves of its partitions
 * @param sideName what it is called in the side schema
 */
record PartTable(Table source, List<Table> holding, String sideName) {
  PartTable {
    holding = List.copyOf(holding);
  }

  /** For people: {@code public.author}. */
  String displayed() {
    return Quoting.displayed(source.schema(), source.name());
  }

  /**
   * How many rows the set counted in one of the tables that hold them.
   *
   * @throws ResurgeException {@code SetCorrupt} if it did not count them
   */
  static long counted(ComponentManifest manifest, Table table) {
    var count = manifest.fingerprint().counts().get(table.measure());
    if (count == null) {
      throw new ResurgeException(
          ErrorType.SET_CORRUPT,
          "bringing "
              + table.quoted()
              + " back: the set's fingerprint of "
              + manifest.name()
              + " does not count it");
    }
    return Long.parseLong(count);
  }

  /**
   * What of a database is brought back.
   *
   * @param session in a database that has the set's tables
   * @param all those tables
   * @param chosen some of them; the partitions of one that is among them come with it
   */
  static List<PartTable> of(PostgresSession session, List<Table> all, List<Table> chosen) {
    var byOid = all.stream().collect(Collectors.toMap(Table::oid, t -> t));
    var leaves = new LinkedHashMap<Table, List<Table>>();
    var covered = new HashSet<Long>();
    for (var table : chosen) {
      var below = table.partitioned() ? below(session, table) : Map.<Long, Boolean>of();
      covered.addAll(below.keySet());
      leaves.put(
          table,
          table.partitioned()
              ? all.stream().filter(t -> below.getOrDefault(t.oid(), false)).toList()
              : List.of(byOid.get(table.oid())));
    }
    leaves.keySet().removeIf(t -> covered.contains(t.oid()));
    return named(leaves);
  }

  /** What hangs below a partitioned table, and whether it holds rows. */
  private static Map<Long, Boolean> below(PostgresSession session, Table table) {
    var below = new HashMap<Long, Boolean>();
    session
        .list(
            """
            SELECT p.relid::oid::bigint, p.isleaf FROM pg_partition_tree(?::bigint::oid::regclass) p
            WHERE p.level > 0
            """,
            row -> Map.entry(row.getLong(1), row.getBoolean(2)),
            table.oid())
        .forEach(e -> below.put(e.getKey(), e.getValue()));
    return below;
  }

  /** Tables of several schemas may have one name: then all of them are called by both. */
  private static List<PartTable> named(Map<Table, List<Table>> leaves) {
    var names =
        leaves.keySet().stream().collect(Collectors.groupingBy(Table::name, Collectors.counting()));
    var taken = new HashSet<String>();
    var parts = new ArrayList<PartTable>();
    leaves.forEach((table, holding) -> {
      var wanted =
          names.get(table.name()) == 1 ? table.name() : table.schema() + "_" + table.name();
      var name = StagingNames.like(wanted, taken);
      taken.add(name);
      parts.add(new PartTable(table, holding, name));
    });
    return List.copyOf(parts);
  }
}
