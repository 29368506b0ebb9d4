package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Many who write at once through sessions of their own until they are thrown out. Each transaction
 * makes an author and two books of that author; what was acknowledged is remembered.
 */
public final class Writers implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final int FIRST_AUTHOR = 1000;
  private static final int EACH = 1_000_000;

  private final World world;
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private Writers(World world) {
    this.world = world;
  }

  /** Starts so many; returns once each has had a write acknowledged. */
  public static Writers start(World world, int number) {
    var writers = new Writers(world);
    for (int i = 0; i < number; i++) {
      int first = FIRST_AUTHOR + i * EACH;
      writers.threads.add(Thread.ofVirtual().start(() -> writers.write(first)));
    }
    writers.awaitMoreThan(number);
    return writers;
  }

  private void write(int first) {
    try (var session = world.connect()) {
      session.setAutoCommit(false);
      for (int author = first; !stopped; author++) {
        write(session, author);
        acknowledged.add((long) author);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (SQLException e) {
      // thrown out: the cut over has begun
    }
  }

  private static void write(Connection session, int author) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute("INSERT INTO author VALUES (" + author + ", 'a writer')");
      statement.execute("INSERT INTO book (author, title) VALUES (" + author + ", 'first')");
      statement.execute("INSERT INTO book (author, title) VALUES (" + author + ", 'second')");
    }
    session.commit();
  }

  /** Waits until so many more writes were acknowledged than now. */
  public void awaitMore(int number) {
    awaitMoreThan(acknowledged.size() + number);
  }

  private void awaitMoreThan(int number) {
    if (!Poll.until(SOON, LOOK, () -> acknowledged.size() > number)) {
      throw new AssertionError("writers get nowhere: " + acknowledged.size() + " writes");
    }
  }

  /** The authors whose transactions were acknowledged so far. */
  public Set<Long> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /** Returns when all of them have been thrown out or were told to stop. */
  public void awaitEnd() {
    if (!Poll.until(SOON, LOOK, () -> threads.stream().noneMatch(Thread::isAlive))) {
      throw new AssertionError("somebody still writes");
    }
  }

  /** The authors that a copy holds of what writers wrote. */
  public Set<Long> in(String database) {
    var found =
        world
            .cluster()
            .value(
                database,
                "SELECT string_agg(id::text, ' ') FROM author WHERE id >= " + FIRST_AUTHOR);
    return found == null
        ? Set.of()
        : List.of(found.split(" ", -1)).stream().map(Long::valueOf).collect(Collectors.toSet());
  }

  /** How many authors of writers do not have both of their books in a copy. */
  public long halves(String database) {
    return Long.parseLong(
        world
            .cluster()
            .value(
                database,
                """
                SELECT count(*) FROM (
                  SELECT a.id FROM author a LEFT JOIN book b ON b.author = a.id
                  WHERE a.id >= %d GROUP BY a.id HAVING count(b.id) <> 2) half
                """
                    .formatted(FIRST_AUTHOR)));
  }

  @Override
  public void close() {
    stopped = true;
    awaitEnd();
  }
}
