package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who is changing which entry of the catalogs: one transaction at a time, until its end. All
 * methods are called by who holds the server's monitor.
 */
final class CatalogLocks {
  private final ModelServer server;
  private final Map<Object, ModelSession> holders = new HashMap<>();
  private int waiting;

  CatalogLocks(ModelServer server) {
    this.server = server;
  }

  /**
   * Waits until nobody else changes the entry.
   *
   * @throws SQLException 55P03 after the session's lock_timeout; 57P01 if it is ended meanwhile
   */
  void acquire(Object entry, ModelSession session) throws SQLException {
    var limit = session.parameters().lockTimeout();
    var deadline = System.nanoTime() + limit.toNanos();
    while (holders.getOrDefault(entry, session) != session) {
      var left = limit.isZero() ? Long.MAX_VALUE : deadline - System.nanoTime();
      if (left <= 0) {
        throw Failures.error("55P03", "canceling statement due to lock timeout");
      }
      await(left);
      session.checkAlive();
    }
    holders.put(entry, session);
  }

  private void await(long nanos) throws SQLException {
    waiting++;
    try {
      server.wait(Math.max(1, Math.min(nanos / 1_000_000, Duration.ofDays(1).toMillis())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for a lock", "57014", e);
    } finally {
      waiting--;
    }
  }

  /** How many sessions wait for others. */
  int waiting() {
    return waiting;
  }

  void release(ModelSession session) {
    if (holders.values().removeIf(holder -> holder == session)) {
      server.notifyAll();
    }
  }
}
