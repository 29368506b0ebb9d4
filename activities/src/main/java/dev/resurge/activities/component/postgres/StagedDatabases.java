package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseMarkers.Staged;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Stageable.Leftover;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The copies that a run stages: finds them by their markers and removes them. Those of runs that it
 * continues are its own. Only what bears our marker as staged, of such a run and the component, is
 * ever dropped; the one exception is an empty database with exactly such a run's staging name, for
 * creating and marking cannot be one transaction.
 */
final class StagedDatabases {
  private static final Duration ENDING = Duration.ofSeconds(30);

  private final Shell shell;
  private final PostgresConnections connections;

  StagedDatabases(Shell shell, PostgresConnections connections) {
    this.shell = shell;
    this.connections = connections;
  }

  /** Ends the programs and sessions of earlier attempts and returns when none is left. */
  void endEarlier(Attempt attempt, PostgresSession session, Component.Postgres component) {
    shell.endEarlier(attempt, component.name());
    DatabaseSessions.endEarlier(attempt, session, component.name(), ENDING);
    SchemaSpool.removeLeft(attempt, component.name());
  }

  /** The copy that an earlier attempt completed from that manifest, if it is still there. */
  Optional<DatabaseCatalog.Entry> complete(
      Attempt attempt,
      PostgresSession session,
      Component.Postgres component,
      String manifestSha256) {
    return of(attempt, session, component).stream()
        .filter(e -> isComplete(e, manifestSha256))
        .findFirst();
  }

  /** Removes all copies of this run for the component, except {@code kept}. */
  void drop(
      Attempt attempt,
      PostgresSession session,
      Component.Postgres component,
      Optional<DatabaseCatalog.Entry> kept) {
    Predicate<DatabaseCatalog.Entry> others = e -> kept.filter(k -> k.oid() == e.oid()).isEmpty();
    of(attempt, session, component).stream()
        .filter(others)
        .forEach(e -> giveUp(attempt, session, e));
    DatabaseCatalog.all(session).stream()
        .filter(e -> isUnmarkedAttempt(e, attempt, component))
        .filter(e -> isEmpty(attempt, component, e))
        .forEach(e -> drop(attempt, session, e, ENDING));
  }

  /** Removes the one that this attempt has made, which no other takes before it is complete. */
  static void dropOwn(Attempt attempt, PostgresSession session, String name) {
    DatabaseCatalog.find(session, name).ifPresent(entry -> drop(attempt, session, entry, ENDING));
  }

  /** What was kept before this run took it is kept on, also if it lost its mark meanwhile. */
  private static void giveUp(
      Attempt attempt, PostgresSession session, DatabaseCatalog.Entry entry) {
    var built = entry.markers().staged().filter(Staged::built).isPresent();
    if (!built || entry.settings().containsKey(DatabaseMarkers.RETAINED)) {
      session.execute(DatabaseMarkers.unmark(entry.name(), DatabaseMarkers.STAGED));
    } else {
      drop(attempt, session, entry, ENDING);
    }
  }

  /** The names of this run's copies for the component, also of one that got no mark yet. */
  List<String> names(Attempt attempt, PostgresSession session, Component.Postgres component) {
    return Stream.concat(
            of(attempt, session, component).stream(),
            DatabaseCatalog.all(session).stream()
                .filter(e -> isUnmarkedAttempt(e, attempt, component)))
        .map(DatabaseCatalog.Entry::name)
        .toList();
  }

  /** Those that any run has built of this database. */
  static List<Leftover> leftovers(
      PostgresSession session, Component.Postgres component, Owner owner) {
    var live = DatabaseCatalog.find(session, component.database());
    if (live.flatMap(e -> e.markers().owner()).filter(o -> !o.equals(owner)).isPresent()) {
      return List.of();
    }
    return DatabaseCatalog.all(session).stream()
        .filter(e -> !e.settings().containsKey(DatabaseMarkers.RETAINED))
        .flatMap(e ->
            e
                .markers()
                .staged()
                .filter(Staged::built)
                .filter(mark -> mark.component().equals(component.name()))
                .filter(mark -> RunId.isValid(mark.run()))
                .map(mark -> new Leftover(new RunId(mark.run()), e.name()))
                .stream())
        .filter(left ->
            isStagingName(left.name(), StagingNames.stagedPrefix(component.database(), left.run())))
        .toList();
  }

  private static List<DatabaseCatalog.Entry> of(
      Attempt attempt, PostgresSession session, Component.Postgres component) {
    return DatabaseCatalog.all(session).stream()
        .filter(e -> !e.name().equals(component.database()))
        .filter(e -> e.markers().staged().filter(s -> isOurs(s, attempt, component)).isPresent())
        .toList();
  }

  private static boolean isOurs(Staged marker, Attempt attempt, Component.Postgres component) {
    return attempt.run().owned().stream().anyMatch(run -> run.value().equals(marker.run()))
        && marker.component().equals(component.name());
  }

  private static boolean isComplete(DatabaseCatalog.Entry entry, String manifestSha256) {
    return entry
        .markers()
        .staged()
        .filter(s -> s.state() == DatabaseMarkers.State.COMPLETE)
        .filter(s -> s.manifest().equals(manifestSha256))
        .isPresent();
  }

  private static boolean isUnmarkedAttempt(
      DatabaseCatalog.Entry entry, Attempt attempt, Component.Postgres component) {
    return entry.settings().keySet().stream().noneMatch(s -> s.startsWith(DatabaseMarkers.PREFIX))
        && attempt.run().owned().stream()
            .map(run -> StagingNames.stagedPrefix(component.database(), run))
            .anyMatch(prefix -> isStagingName(entry.name(), prefix));
  }

  private static boolean isStagingName(String name, String prefix) {
    return name.startsWith(prefix) && name.substring(prefix.length()).matches("[a-z0-9]{8}");
  }

  /** Whether nobody made anything in it: user objects have numbers from 16384 on. */
  private boolean isEmpty(
      Attempt attempt, Component.Postgres component, DatabaseCatalog.Entry entry) {
    try (var session = connections.to(attempt, component, entry.name())) {
      return !session.yes(
          """
          SELECT EXISTS (SELECT FROM pg_class WHERE oid >= 16384)
              OR EXISTS (SELECT FROM pg_proc WHERE oid >= 16384)
              OR EXISTS (SELECT FROM pg_type WHERE oid >= 16384)
              OR EXISTS (SELECT FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_')
              OR EXISTS (SELECT FROM pg_extension WHERE oid >= 16384)
              OR EXISTS (SELECT FROM pg_largeobject_metadata)
          """);
    } catch (ResurgeException e) {
      return false; // what cannot be looked into is not ours to drop
    }
  }

  /**
   * Ends its sessions and drops it; where that fails it may be left closed to connections. Ending
   * sessions takes time, so its name is looked at again before the end.
   *
   * @throws ResurgeException {@code TargetChanged} if another database bears the name by then
   */
  static void drop(
      Attempt attempt, PostgresSession session, DatabaseCatalog.Entry entry, Duration limit) {
    var name = Quoting.identifier(entry.name());
    session.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    DatabaseSessions.endIn(attempt, session, entry, limit);
    var still = DatabaseCatalog.find(session, entry.name()).map(DatabaseCatalog.Entry::identity);
    if (!still.equals(Optional.of(entry.identity()))) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          "dropping '"
              + entry.name()
              + "': it was "
              + entry.identity()
              + " and is "
              + still.map(Object::toString).orElse("gone")
              + " now");
    }
    session.execute("ALTER DATABASE " + name + " IS_TEMPLATE false"); // else it cannot be dropped
    session.execute("DROP DATABASE " + name);
  }
}
