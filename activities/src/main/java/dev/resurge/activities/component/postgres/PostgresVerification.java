package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Proves that a staged copy is what was captured, and that a set's archives can be decoded. */
final class PostgresVerification {
  private static final int DIFFERENCES_SHOWN = 10;

  private final PostgresConnections connections;
  private final PostgresTools tools;
  private final Clock clock;

  PostgresVerification(PostgresConnections connections, PostgresTools tools, Clock clock) {
    this.connections = connections;
    this.tools = tools;
    this.clock = clock;
  }

  List<CheckResult> verifyStaged(
      Attempt attempt, Component.Postgres component, ComponentManifest manifest, StagedCopy copy) {
    var facts = PostgresFacts.of(manifest);
    try (var maintenance = connections.maintenance(attempt, component)) {
      requireSame(maintenance, copy);
      var results = new ArrayList<CheckResult>();
      results.add(
          timed(
              () -> rows(manifest.fingerprint(), counted(attempt, component, copy.name()), copy)));
      try (var session = connections.to(attempt, component, copy.name())) {
        results.add(timed(() -> indexes(session, copy)));
        results.add(timed(() -> extensions(session, facts, copy)));
      }
      results.add(
          timed(() ->
              result(
                  copy.component() + ": database settings and grants",
                  "as captured",
                  facts.state().differences(DatabaseStateReader.read(maintenance, copy.name())))));
      return List.copyOf(results);
    }
  }

  /**
   * Proves that a name still stands for the copy that was staged.
   *
   * @throws ResurgeException {@code TargetChanged}
   */
  static void requireSame(PostgresSession session, StagedCopy copy) {
    var found = DatabaseCatalog.find(session, copy.name()).map(DatabaseCatalog.Entry::identity);
    if (!found.equals(Optional.of(copy.identity()))) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          "reading the staged copy '"
              + copy.name()
              + "': expected "
              + copy.identity()
              + ", found "
              + found.map(Object::toString).orElse("no such database"));
    }
  }

  private Fingerprint counted(Attempt attempt, Component.Postgres component, String database) {
    var sessions = new ArrayList<PostgresSession>();
    try {
      for (int n = 0; n < Jobs.of(component); n++) {
        sessions.add(connections.to(attempt, component, database));
      }
      return RowCounter.count(sessions, TableCatalog.sized(sessions.getFirst()));
    } finally {
      sessions.forEach(PostgresSession::close);
    }
  }

  private static CheckResult rows(Fingerprint expected, Fingerprint actual, StagedCopy copy) {
    var tables = expected.counts().size() - 1;
    var rows =
        expected.counts().entrySet().stream()
            .filter(e -> e.getKey().startsWith(RowCounter.ROWS))
            .mapToLong(e -> Long.parseLong(e.getValue()))
            .sum();
    return result(
        copy.component() + ": rows of every table",
        rows + " rows in " + tables + " tables",
        expected.differences(actual));
  }

  private static CheckResult indexes(PostgresSession session, StagedCopy copy) {
    return result(
        copy.component() + ": indexes",
        "all valid",
        session.list(
            """
            SELECT n.nspname, c.relname FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid ORDER BY 1, 2
            """,
            row -> Quoting.displayed(row.getString(1), row.getString(2)) + " is invalid"));
  }

  /** A newer version of an extension is what a newer package brings; a missing one is a defect. */
  private static CheckResult extensions(
      PostgresSession session, PostgresFacts facts, StagedCopy copy) {
    var actual = FactsReader.extensions(session);
    var name = copy.component() + ": extensions";
    if (actual.keySet().equals(facts.extensions().keySet())) {
      return new CheckResult(
          name,
          "staged",
          true,
          facts.extensions().toString(),
          actual.toString(),
          Duration.ZERO,
          Optional.empty());
    }
    return result(name, facts.extensions().toString(), List.of("found " + actual));
  }

  private static CheckResult result(String check, String expected, List<String> differences) {
    var shown = differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size()));
    var more = differences.size() - shown.size();
    var actual =
        differences.isEmpty()
            ? expected
            : String.join("; ", shown) + (more > 0 ? "; and " + more + " more" : "");
    return new CheckResult(
        check, "staged", differences.isEmpty(), expected, actual, Duration.ZERO, Optional.empty());
  }

  /** Reads every archive to its end through pg_restore, which decodes and lists it. */
  List<CheckResult> verify(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      ArtifactReader set) {
    var major = PostgresFacts.of(manifest).serverMajor();
    var toolbox = tools.forArchive(attempt, component, major);
    var decoder = new ArchiveDecoder(tools, attempt, component, toolbox);
    var meter = new TransferMeter(attempt, manifest.raw().bytes());
    var results = new ArrayList<CheckResult>();
    int tables = 0;
    for (var artifact : manifest.artifacts()) {
      var start = clock.instant();
      var decoded = decoder.decode(artifact, set, meter);
      tables += decoded.tablesWithRows();
      results.add(
          new CheckResult(
              manifest.name() + ": " + artifact.name(),
              "set",
              true,
              "decodes",
              decoded.entries() + " entries in " + decoded.bytes().human(),
              Duration.between(start, clock.instant()),
              Optional.empty()));
    }
    results.add(everyTable(manifest, tables));
    return List.copyOf(results);
  }

  /** Archives hold rows of some tables that are not counted: those that extensions want dumped. */
  private static CheckResult everyTable(ComponentManifest manifest, int found) {
    var expected =
        manifest.fingerprint().counts().keySet().stream()
            .filter(k -> k.startsWith(RowCounter.ROWS))
            .count();
    return new CheckResult(
        manifest.name() + ": tables in the archives",
        "set",
        found >= expected,
        "at least " + expected,
        Integer.toString(found),
        Duration.ZERO,
        Optional.empty());
  }

  private CheckResult timed(Supplier<CheckResult> check) {
    var start = clock.instant();
    var result = check.get();
    return new CheckResult(
        result.check(),
        result.when(),
        result.passed(),
        result.expected(),
        result.actual(),
        Duration.between(start, clock.instant()),
        result.by());
  }
}
