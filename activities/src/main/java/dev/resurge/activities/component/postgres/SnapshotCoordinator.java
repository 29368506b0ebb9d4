package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;

/**
 * The session that holds one snapshot for all streams, and a lock on every table for as long as
 * they run. The locks come first: TRUNCATE and table rewrites do not obey snapshots, so that
 * without them a table emptied after the snapshot would be dumped empty and counted empty.
 */
final class SnapshotCoordinator implements AutoCloseable {
  private static final int LOCKED_AT_ONCE = 200;

  private final PostgresSession session;
  private final Snapshot snapshot;

  private SnapshotCoordinator(PostgresSession session, Snapshot snapshot) {
    this.session = session;
    this.snapshot = snapshot;
  }

  /**
   * What is held.
   *
   * @param id for {@code pg_dump --snapshot}
   * @param taken by the server's clock, just before it was taken: all that was committed by then is
   *     in it
   * @param largeObjectBytes what large objects take
   */
  record Snapshot(String id, Instant taken, List<Table> tables, long largeObjectBytes) {
    Snapshot {
      tables = List.copyOf(tables);
    }

    /** Bytes of rows, about. */
    long bytes() {
      return tables.stream().mapToLong(Table::bytes).sum() + largeObjectBytes;
    }
  }

  /**
   * Locks all tables, then takes the snapshot.
   *
   * @throws SchemaMoved if a table came, went or stayed locked by somebody longer than {@code
   *     lockWait} meanwhile
   */
  static SnapshotCoordinator open(
      PostgresConnections connections,
      Attempt attempt,
      Component.Postgres component,
      Duration lockWait) {
    var session = connections.to(attempt, component, component.database());
    try {
      var listed = TableCatalog.names(session);
      session.execute("SET lock_timeout = " + lockWait.toMillis());
      session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      lock(session, listed);
      return new SnapshotCoordinator(session, export(session, listed));
    } catch (ResurgeException e) {
      session.close();
      throw PostgresErrors.schemaMoved(e) ? new SchemaMoved(e.getMessage(), e) : e;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Not a query: LOCK takes no snapshot, so the one taken next sees what the locks waited for. */
  private static void lock(PostgresSession session, List<Table> tables) {
    for (int from = 0; from < tables.size(); from += LOCKED_AT_ONCE) {
      var some = tables.subList(from, Math.min(tables.size(), from + LOCKED_AT_ONCE));
      session.execute(
          "LOCK TABLE "
              + String.join(", ", some.stream().map(t -> "ONLY " + t.quoted()).toList())
              + " IN ACCESS SHARE MODE");
    }
  }

  private static Snapshot export(PostgresSession session, List<Table> locked) {
    var id = new String[1];
    var taken =
        session.one(
            "SELECT pg_export_snapshot(), statement_timestamp()",
            row -> {
              id[0] = row.getString(1);
              return row.getObject(2, OffsetDateTime.class).toInstant();
            });
    var tables = TableCatalog.sized(session);
    var known = new HashSet<Long>();
    locked.forEach(t -> known.add(t.oid()));
    var news = tables.stream().filter(t -> !known.contains(t.oid())).toList();
    if (!news.isEmpty()) {
      throw new SchemaMoved(
          session.where() + ": table " + news.getFirst().quoted() + " is new since the locks",
          null);
    }
    var largeObjects = session.number("SELECT pg_table_size('pg_largeobject')");
    return new Snapshot(id[0], taken, tables, largeObjects);
  }

  /** What it holds. */
  Snapshot snapshot() {
    return snapshot;
  }

  /** Counts in the snapshot. */
  Fingerprint count() {
    return RowCounter.count(session, snapshot.tables());
  }

  /**
   * Reads the database's facts in the snapshot.
   *
   * @param database the one it is connected to
   * @param called what the facts are to call it
   */
  PostgresFacts facts(String database, String called, String dumpVersion) {
    return FactsReader.read(session, database, called, dumpVersion);
  }

  /** Tables whose rows are elsewhere. */
  List<String> foreignTables() {
    return TableCatalog.foreign(session);
  }

  /** Whether somebody waits for one of the locks, as who alters a table does. */
  boolean standsInTheWay() {
    try {
      return session.yes(
          """
          SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
          WHERE NOT l.granted AND l.locktype = 'relation' AND d.datname = current_database()
            AND pg_backend_pid() = ANY (pg_blocking_pids(l.pid)))
          """);
    } catch (ResurgeException e) {
      return false; // another stream's failure ended the session already, and counts
    }
  }

  /** Ends the session from another thread, when a stream failed. */
  void abort() {
    session.abort();
  }

  /**
   * Lets go of the locks.
   *
   * @throws ResurgeException if the session did not live until now, so that nothing was held
   */
  void release() {
    session.execute("COMMIT");
  }

  @Override
  public void close() {
    session.close();
  }
}
