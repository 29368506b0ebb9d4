package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseMarkers.Kept;
import dev.resurge.activities.component.postgres.PostgresTools.Toolbox;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Streams a database into a set: schema and data side by side, all of one snapshot. */
final class PostgresCapture {
  /** How often a schema that changes meanwhile makes it begin again. */
  static final int TRIES = 5;

  /** The archive of everything but rows. */
  static final String SCHEMA = "schema.dump";

  /** What names of archives with rows begin with. */
  static final String DATA = "data-";

  private final PostgresConnections connections;
  private final PostgresTools tools;
  private final Duration lockWait;

  /**
   * @param lockWait how long DDL may hold a table before the component is captured anew
   */
  PostgresCapture(PostgresConnections connections, PostgresTools tools, Duration lockWait) {
    this.connections = connections;
    this.tools = tools;
    this.lockWait = lockWait;
  }

  ComponentManifest capture(Attempt attempt, Component.Postgres component, ArtifactWriter set) {
    for (int attemptNumber = 1; ; attemptNumber++) {
      try {
        return once(attempt, component, set);
      } catch (SchemaMoved e) {
        if (attemptNumber == TRIES) {
          throw new ResurgeException(
              ErrorType.CAPTURE_DISTURBED,
              "capturing "
                  + component.database()
                  + " on "
                  + PostgresConnections.server(component)
                  + ", tried "
                  + TRIES
                  + " times: "
                  + e.getMessage(),
              e);
        }
        attempt.checkCancelled();
      }
    }
  }

  private ComponentManifest once(
      Attempt attempt, Component.Postgres component, ArtifactWriter set) {
    var source = source(attempt, component);
    try (var coordinator = SnapshotCoordinator.open(connections, attempt, component, lockWait)) {
      var facts =
          coordinator.facts(component.database(), source.called(), source.toolbox().version());
      var foreign = coordinator.foreignTables();
      var streamed = stream(new Streams(attempt, component, source, coordinator, set));
      coordinator.release();
      return new ComponentManifest(
          component.name(),
          component.type(),
          source.identity(),
          coordinator.snapshot().taken(),
          facts.json(),
          streamed.fingerprint(),
          streamed.artifacts(),
          warnings(component, source, foreign));
    }
  }

  private Source source(Attempt attempt, Component.Postgres component) {
    try (var session = connections.maintenance(attempt, component)) {
      var entry = DatabaseCatalog.find(session, component.database());
      if (entry.isEmpty()) {
        throw new ResurgeException(
            ErrorType.DATABASE_UNAVAILABLE,
            "capturing: there is no database '"
                + component.database()
                + "' on "
                + PostgresConnections.server(component));
      }
      var toolbox = tools.forServer(attempt, component, PostgresServer.of(session).major());
      return new Source(entry.get().identity(), entry.get().markers().kept(), toolbox, component);
    }
  }

  private static List<String> warnings(
      Component.Postgres component, Source source, List<String> foreign) {
    var warnings = new ArrayList<String>();
    source
        .kept()
        .ifPresent(kept ->
            warnings.add(
                "captured from '"
                    + component.database()
                    + "', "
                    + kept.why()
                    + " by run "
                    + kept.run()
                    + ": nothing has written to it since, so its data is as of then and not as"
                    + " young as the recovery point, which is when it was read"));
    if (!foreign.isEmpty()) {
      warnings.add(
          "the rows of "
              + foreign.size()
              + " foreign table(s) live elsewhere and are not in the set: "
              + String.join(", ", foreign.subList(0, Math.min(5, foreign.size()))));
    }
    return warnings;
  }

  /**
   * What is captured, with what.
   *
   * @param kept the mark of a copy that was kept, if it is one
   */
  private record Source(
      TargetIdentity identity, Optional<Kept> kept, Toolbox toolbox, Component.Postgres component) {
    /** What a restore is to call it: a copy that was kept was live under another name. */
    String called() {
      return kept.map(Kept::of).orElse(component.database());
    }
  }

  /** All that the streams share. */
  private record Streams(
      Attempt attempt,
      Component.Postgres component,
      Source source,
      SnapshotCoordinator coordinator,
      ArtifactWriter set) {}

  private record Streamed(Fingerprint fingerprint, List<Artifact> artifacts) {}

  /** Every stream and the counting; their order in the answer is that of the list. */
  private Streamed stream(Streams streams) {
    var snapshot = streams.coordinator().snapshot();
    int jobs = Jobs.of(streams.component());
    var deal = TableDealer.deal(snapshot.tables(), jobs, snapshot.largeObjectBytes());
    var meter = new TransferMeter(streams.attempt(), snapshot.bytes());
    var dumps = new ArrayList<Dump>();
    dumps.add(new Dump(SCHEMA, List.of("--section=pre-data", "--section=post-data")));
    dumps.add(new Dump(DATA + "0.dump", firstStream(deal)));
    for (int n = 0; n < deal.others().size(); n++) {
      dumps.add(new Dump(DATA + (n + 1) + ".dump", furtherStream(deal.others().get(n))));
    }
    var fingerprint = new Fingerprint[1];
    var tasks = new ArrayList<SideBySide.Task<List<Artifact>>>();
    tasks.add(group -> {
      group.endsWith(streams.coordinator()::abort);
      fingerprint[0] = streams.coordinator().count();
      return List.of();
    });
    dumps.forEach(d -> tasks.add(group -> List.of(dump(streams, d, meter, group))));
    try {
      var artifacts = SideBySide.run(tasks.size(), tasks).stream().flatMap(List::stream).toList();
      return new Streamed(fingerprint[0], artifacts);
    } catch (ResurgeException e) {
      throw PostgresErrors.schemaMoved(e) ? new SchemaMoved(e.getMessage(), e) : e;
    }
  }

  /** One run of pg_dump. */
  private record Dump(String name, List<String> options) {}

  private static List<String> firstStream(TableDealer.Deal deal) {
    var options = new ArrayList<>(List.of("-Z0", "--section=data"));
    deal.dealt().forEach(t -> options.add("--exclude-table-data=" + t.quoted()));
    return options;
  }

  private static List<String> furtherStream(List<Table> tables) {
    var options = new ArrayList<>(List.of("-Z0", "--section=data"));
    tables.forEach(t -> options.add("--table=" + t.quoted()));
    return options;
  }

  private Artifact dump(Streams streams, Dump dump, TransferMeter meter, SideBySide group) {
    var component = streams.component();
    var arguments = new ArrayList<>(List.of("--format=custom", "--no-password"));
    arguments.addAll(dump.options());
    arguments.add("--snapshot=" + streams.coordinator().snapshot().id());
    arguments.add("--lock-wait-timeout=" + lockWait.toMillis());
    arguments.add("--dbname=" + Quoting.connectionString(component.database()));
    return streams
        .set()
        .put(
            dump.name(),
            out -> {
              try (var program =
                  tools.start(
                      streams.attempt(),
                      component,
                      streams.source().toolbox(),
                      "pg_dump",
                      "-c default_transaction_read_only=off -c statement_timeout=0",
                      arguments)) {
                group.endsWith(program::close);
                program.stdin().close();
                Pump.move(program.stdout(), out, n -> meter.add(dump.name(), n));
                awaitDumped(streams, dump, program);
              }
            });
  }

  private static void awaitDumped(Streams streams, Dump dump, Shell.Running program) {
    try {
      program.awaitSuccess("dumping " + dump.name() + " of " + streams.component().database());
    } catch (ResurgeException e) {
      if (DumpComplaint.schemaMoved(program.stderrTail())
          || streams.coordinator().standsInTheWay()) {
        throw new SchemaMoved(e.getMessage(), e);
      }
      throw e;
    }
  }
}
