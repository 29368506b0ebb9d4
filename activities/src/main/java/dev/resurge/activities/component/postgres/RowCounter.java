package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.Fingerprint;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Counts a database's contents into a fingerprint. */
final class RowCounter {
  /** What a table's measure begins with. */
  static final String ROWS = "rows ";

  /** The measure of large objects, which belong to no table. */
  static final String LARGE_OBJECTS = "large objects";

  private RowCounter() {}

  /** Counts everything in one session, thus in its transaction's snapshot if it holds one. */
  static Fingerprint count(PostgresSession session, List<Table> tables) {
    var counts = new HashMap<String, String>();
    tables.stream().filter(Table::counted).forEach(t -> counts.put(t.measure(), rows(session, t)));
    counts.put(LARGE_OBJECTS, largeObjects(session));
    return new Fingerprint(counts);
  }

  /** Counts everything over several sessions, for a database that nobody changes meanwhile. */
  static Fingerprint count(List<PostgresSession> sessions, List<Table> tables) {
    Map<String, String> counts = new ConcurrentHashMap<>();
    Queue<Table> left =
        new ConcurrentLinkedQueue<>(
            tables.stream()
                .filter(Table::counted)
                .sorted(Comparator.comparingLong(Table::bytes).reversed())
                .toList());
    SideBySide.run(
        sessions.size(),
        sessions.stream().map(session -> counting(session, left, counts)).toList());
    counts.put(LARGE_OBJECTS, largeObjects(sessions.getFirst()));
    return new Fingerprint(counts);
  }

  private static SideBySide.Task<Boolean> counting(
      PostgresSession session, Queue<Table> left, Map<String, String> counts) {
    return group -> {
      group.endsWith(session::abort);
      for (var table = left.poll(); table != null; table = left.poll()) {
        counts.put(table.measure(), rows(session, table));
      }
      return true;
    };
  }

  /** ONLY: what inherits from a table is counted under its own name. */
  private static String rows(PostgresSession session, Table table) {
    return Long.toString(session.number("SELECT count(*) FROM ONLY " + table.quoted()));
  }

  private static String largeObjects(PostgresSession session) {
    return Long.toString(session.number("SELECT count(*) FROM pg_largeobject_metadata"));
  }
}
