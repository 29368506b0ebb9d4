package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * For people: how many rows the live database has that a set has not. It must not keep anybody
 * waiting, so what cannot be counted in time is estimated, and the lines say so.
 */
final class GivenUpRows {
  private static final int LINES = 8;

  private final PostgresConnections connections;
  private final Duration patience;

  /**
   * @param patience for counting all tables together
   */
  GivenUpRows(PostgresConnections connections, Duration patience) {
    this.connections = connections;
    this.patience = patience;
  }

  List<String> lines(Attempt attempt, Component.Postgres component, ComponentManifest manifest) {
    try (var session = connections.to(attempt, component, component.database())) {
      return describe(component, compare(manifest, count(session)));
    } catch (ResurgeException e) {
      return List.of(
          component.database()
              + ": the live data cannot be read, so nobody can say what would be"
              + " given up ("
              + e.getMessage()
              + ")");
    }
  }

  private record Now(long rows, boolean estimated) {}

  private record Difference(String table, long now, long set, boolean estimated) {
    long size() {
      return Math.abs(now - set);
    }

    String line() {
      var about = estimated ? "about " : "";
      var what =
          now >= set
              ? about + number(now - set) + " more than in the set"
              : about + number(set - now) + " fewer than in the set";
      return table + ": " + about + number(now) + " rows now, " + what;
    }
  }

  private Map<String, Now> count(PostgresSession session) {
    var deadline = System.nanoTime() + patience.toNanos();
    var counts = new HashMap<String, Now>();
    var tables =
        TableCatalog.names(session).stream()
            .filter(Table::counted)
            .sorted(Comparator.comparingLong(Table::estimatedRows))
            .toList();
    for (var table : tables) {
      counts.put(table.measure(), rows(session, table, deadline - System.nanoTime()));
    }
    return counts;
  }

  private static Now rows(PostgresSession session, Table table, long nanosLeft) {
    var estimate = new Now(Math.max(0, table.estimatedRows()), true);
    long milliseconds = nanosLeft / 1_000_000;
    if (milliseconds < 1) {
      return estimate;
    }
    try {
      session.execute("SET statement_timeout = " + milliseconds);
      session.execute("SET lock_timeout = " + Math.min(1000, milliseconds));
      return new Now(session.number("SELECT count(*) FROM ONLY " + table.quoted()), false);
    } catch (ResurgeException e) {
      if (List.of(PostgresErrors.QUERY_CANCELED, PostgresErrors.LOCK_NOT_AVAILABLE, "42P01")
          .contains(PostgresErrors.state(e))) {
        return estimate;
      }
      throw e;
    }
  }

  private static List<Difference> compare(ComponentManifest manifest, Map<String, Now> now) {
    var differences = new ArrayList<Difference>();
    var all = new TreeSet<>(now.keySet());
    manifest.fingerprint().counts().keySet().stream()
        .filter(k -> k.startsWith(RowCounter.ROWS))
        .forEach(all::add);
    for (var key : all) {
      var live = now.getOrDefault(key, new Now(0, false));
      var set = Long.parseLong(manifest.fingerprint().counts().getOrDefault(key, "0"));
      differences.add(
          new Difference(
              key.substring(RowCounter.ROWS.length()), live.rows(), set, live.estimated()));
    }
    return differences;
  }

  private static List<String> describe(Component.Postgres component, List<Difference> all) {
    var estimated = all.stream().filter(Difference::estimated).count();
    var differing =
        all.stream()
            .filter(d -> d.size() > 0)
            .sorted(Comparator.comparingLong(Difference::size).reversed())
            .toList();
    var lines = new ArrayList<String>();
    differing.stream().limit(LINES).forEach(d -> lines.add(d.line()));
    var summary =
        differing.isEmpty()
            ? component.database()
                + ": as many rows now as in the set, in all "
                + all.size()
                + " tables; rows that were changed in place cannot be seen"
            : component.database()
                + ": "
                + differing.size()
                + " of "
                + all.size()
                + " tables differ in their number of rows"
                + (differing.size() > LINES ? ", the " + LINES + " biggest shown" : "");
    lines.add(
        summary
            + (estimated == 0
                ? ""
                : "; " + estimated + " could not be counted in time and were estimated"));
    return List.copyOf(lines);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
