package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.MergeStatements.Merge;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.runbook.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings single tables of a set back into a schema beside the live ones. They are loaded into a
 * database of their own first, where what they are bound to (keys, defaults, triggers, partitions)
 * stays behind; their rows are then streamed over in one transaction that takes no lock on any live
 * table, and are counted before it is committed. That database is dropped on every way out.
 */
final class PostgresPart {
  private final PostgresConnections connections;
  private final PostgresTools tools;
  private final StagedDatabases staged;
  private final FreshDatabases fresh;

  PostgresPart(PostgresConnections connections, PostgresTools tools, StagedDatabases staged) {
    this.connections = connections;
    this.tools = tools;
    this.staged = staged;
    this.fresh = new FreshDatabases(tools);
  }

  BroughtPart bring(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      ArtifactReader set,
      Scope scope) {
    try (var session = connections.maintenance(attempt, component)) {
      requireLive(session, component);
      staged.endEarlier(attempt, session, component);
      staged.drop(attempt, session, component, Optional.empty());
      try {
        var brought = bring(new Work(attempt, component, manifest, set, session), scope.tables());
        staged.drop(attempt, session, component, Optional.empty());
        return brought;
      } catch (RuntimeException e) {
        giveUp(attempt, session, component, e);
        throw e;
      }
    }
  }

  private static void requireLive(PostgresSession session, Component.Postgres component) {
    if (DatabaseCatalog.find(session, component.database()).isEmpty()) {
      throw new ResurgeException(
          ErrorType.DATABASE_UNAVAILABLE,
          "bringing tables back: there is no database '"
              + component.database()
              + "' on "
              + PostgresConnections.server(component)
              + " to bring them to; restore the whole of it");
    }
  }

  /** After a cancellation nothing can be dropped any more; discarding does it. */
  private void giveUp(
      Attempt attempt,
      PostgresSession session,
      Component.Postgres component,
      RuntimeException why) {
    try {
      staged.drop(attempt, session, component, Optional.empty());
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  /** What one call is about. */
  private record Work(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      ArtifactReader set,
      PostgresSession session) {}

  private BroughtPart bring(Work work, List<String> names) {
    var attempt = work.attempt();
    var component = work.component();
    var facts = PostgresFacts.of(work.manifest());
    var toolbox = fresh.toolbox(attempt, work.session(), component, facts);
    var marker = FreshDatabases.marker(attempt, component, "tables only");
    var copy = FreshDatabases.create(attempt, work.session(), component, facts, marker);
    var parts = new ArrayList<PartTable>();
    new ArchiveLoader(connections, tools, attempt, component, toolbox, copy)
        .loadRows(
            work.manifest(),
            work.set(),
            facts,
            () -> {
              parts.addAll(choose(work, copy, names));
              return parts.stream().flatMap(p -> p.holding().stream()).toList();
            });
    try (var from = connections.to(attempt, component, copy);
        var to = connections.to(attempt, component, component.database())) {
      var stream = new TableStream(from, to, facts.creation().encoding());
      var shapes = shapes(from, parts);
      var schema =
          to.inTransaction(() -> {
            var side = SideSchema.create(to, attempt, work.manifest());
            parts.forEach(part -> fill(work, side, part, shapes.get(part), stream, to));
            side.close();
            return side;
          });
      return answer(work, schema, parts, shapes, to);
    }
  }

  private List<PartTable> choose(Work work, String copy, List<String> names) {
    try (var session = connections.to(work.attempt(), work.component(), copy)) {
      var all = TableCatalog.names(session);
      return PartTable.of(session, all, new TableChoice(all).choose(names));
    }
  }

  private static Map<PartTable, TableShape> shapes(PostgresSession from, List<PartTable> parts) {
    var shapes = new HashMap<PartTable, TableShape>();
    for (var part : parts) {
      var source = part.source();
      shapes.put(part, TableShape.find(from, source.schema(), source.name()).orElseThrow());
    }
    return shapes;
  }

  private static void fill(
      Work work,
      SideSchema side,
      PartTable part,
      TableShape shape,
      TableStream stream,
      PostgresSession to) {
    side.table(part, shape);
    var meter = new TransferMeter(work.attempt(), 0);
    long expected = 0;
    for (var table : part.holding()) {
      var counted = PartTable.counted(work.manifest(), table);
      var arrived =
          stream.copy(
              table,
              shape.columns(),
              side.table(part),
              n -> meter.add("bringing " + part.displayed(), n));
      requireEqual(table.measure(), counted, arrived);
      expected += counted;
    }
    requireEqual(
        "rows in " + side.table(part),
        expected,
        to.number("SELECT count(*) FROM " + side.table(part)));
    to.execute("ANALYZE " + side.table(part));
  }

  private static void requireEqual(String what, long expected, long found) {
    if (expected != found) {
      throw new ResurgeException(
          ErrorType.VERIFICATION_FAILED,
          "bringing tables back: "
              + what
              + ": the set counted "
              + expected
              + ", "
              + found
              + " came; nothing was brought");
    }
  }

  private static BroughtPart answer(
      Work work,
      SideSchema side,
      List<PartTable> parts,
      Map<PartTable, TableShape> shapes,
      PostgresSession live) {
    var merges = new ArrayList<Merge>();
    for (var part : parts) {
      var there = TableShape.find(live, part.source().schema(), part.source().name());
      var comparable = isComparable(live, side, part);
      merges.add(new Merge(part, shapes.get(part), there, comparable));
    }
    return new BroughtPart(
        work.component().name(),
        side.name(),
        PartWords.of(work.manifest(), parts),
        new MergeStatements(side.name()).of(merges, references(live, merges)));
  }

  /** Asks the planner, on the brought table alone: no live table is locked for it. */
  private static boolean isComparable(PostgresSession session, SideSchema side, PartTable part) {
    var table = "TABLE " + side.table(part);
    try {
      session.execute("EXPLAIN " + table + " EXCEPT ALL " + table);
      return true;
    } catch (ResurgeException e) {
      if (PostgresErrors.state(e).startsWith("42") || PostgresErrors.state(e).equals("0A000")) {
        return false;
      }
      throw e;
    }
  }

  /** Which of the live tables refers to which. */
  private static Map<Long, Set<Long>> references(PostgresSession live, List<Merge> merges) {
    var oids = new ArrayList<String>();
    merges.forEach(m -> m.live().ifPresent(l -> oids.add(Long.toString(l.oid()))));
    var references = new HashMap<Long, Set<Long>>();
    live.list(
            """
            SELECT conrelid::bigint, confrelid::bigint FROM pg_constraint
            WHERE contype = 'f' AND conrelid::text = ANY (?)
            """,
            row -> Map.entry(row.getLong(1), row.getLong(2)),
            (Object) oids.toArray(String[]::new))
        .forEach(
            e -> references.computeIfAbsent(e.getKey(), k -> new HashSet<>()).add(e.getValue()));
    return references;
  }
}
