package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.PostgresTools.Toolbox;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Loads a set's archives into an empty database: tables, then rows side by side, then indexes. */
final class ArchiveLoader {
  /** Names go into pg_restore's argument list, which must not grow without bound. */
  private static final int NAMED_AT_MOST = 5000;

  private final PostgresConnections connections;
  private final PostgresTools tools;
  private final Attempt attempt;
  private final Component.Postgres component;
  private final Toolbox toolbox;
  private final String database;
  private final int jobs;

  ArchiveLoader(
      PostgresConnections connections,
      PostgresTools tools,
      Attempt attempt,
      Component.Postgres component,
      Toolbox toolbox,
      String database) {
    this.connections = connections;
    this.tools = tools;
    this.attempt = attempt;
    this.component = component;
    this.toolbox = toolbox;
    this.database = database;
    this.jobs = Jobs.of(component);
  }

  /** Loads everything. */
  void load(ComponentManifest manifest, ArtifactReader set, PostgresFacts facts) {
    var options = options(facts);
    var meter = new TransferMeter(attempt, manifest.raw().bytes());
    emptyAsTheSource(facts);
    try (var schema = spool(manifest, set)) {
      var file = schema.file().toString();
      meter.add("creating tables", schema.file().toFile().length());
      restore("creating tables", options, "--section=pre-data", file);
      rows(manifest, set, options, meter);
      meter.say("creating indexes and constraints");
      restore(
          "creating indexes and constraints",
          options,
          "--section=post-data",
          "--jobs=" + jobs,
          file);
    }
    meter.say("collecting statistics");
    analyze();
  }

  /**
   * Loads all definitions that rows need, and the rows of some tables; tables of the same names in
   * others' schemas may get theirs too. Everything is the admin's.
   *
   * @param wanted tells which tables, asked when all of them are there
   */
  void loadRows(
      ComponentManifest manifest,
      ArtifactReader set,
      PostgresFacts facts,
      Supplier<List<Table>> wanted) {
    var options = options(facts);
    options.add("--no-owner");
    options.add("--no-privileges");
    var meter = new TransferMeter(attempt, manifest.raw().bytes());
    emptyAsTheSource(facts);
    try (var schema = spool(manifest, set)) {
      meter.say("creating tables");
      restore("creating tables", options, "--section=pre-data", schema.file().toString());
    }
    options.addAll(only(wanted.get()));
    rows(manifest, set, options, meter);
  }

  /** pg_restore takes these names as they are; too many for an argument list mean all. */
  private static List<String> only(List<Table> tables) {
    if (tables.size() > NAMED_AT_MOST) {
      return List.of();
    }
    return Stream.concat(
            tables.stream().map(t -> "--schema=" + t.schema()).distinct(),
            tables.stream().map(t -> "--table=" + t.name()).distinct())
        .toList();
  }

  private List<String> options(PostgresFacts facts) {
    var options = new ArrayList<>(List.of("--exit-on-error", "--no-password"));
    if (missesTablespace(facts)) {
      options.add("--no-tablespaces");
    }
    options.add("--dbname=" + Quoting.connectionString(database));
    return options;
  }

  /** Where one of the source's tablespaces is missing, everything goes to the default one. */
  private boolean missesTablespace(PostgresFacts facts) {
    try (var session = connections.to(attempt, component, database)) {
      return session.number(
              "SELECT count(*) FROM pg_tablespace WHERE spcname = ANY (?)",
              (Object) facts.tablespaces().toArray(String[]::new))
          < facts.tablespaces().size();
    }
  }

  /** A fresh database has a schema and a language that the source may have dropped. */
  private void emptyAsTheSource(PostgresFacts facts) {
    try (var session = connections.to(attempt, component, database)) {
      if (!facts.publicSchema()) {
        session.execute("DROP SCHEMA public");
      }
      FactsReader.extensions(session).keySet().stream()
          .filter(e -> !facts.extensions().containsKey(e))
          .forEach(e -> session.execute("DROP EXTENSION " + Quoting.identifier(e)));
    }
  }

  private SchemaSpool spool(ComponentManifest manifest, ArtifactReader set) {
    var schema =
        manifest.artifacts().stream()
            .filter(a -> a.name().equals(PostgresCapture.SCHEMA))
            .findFirst()
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.SET_CORRUPT,
                    "staging " + manifest.name() + ": the set has no " + PostgresCapture.SCHEMA));
    try (var in = set.open(schema)) {
      return SchemaSpool.of(attempt, component.name(), in);
    } catch (IOException e) {
      throw unreadable(schema, e);
    }
  }

  private void rows(
      ComponentManifest manifest, ArtifactReader set, List<String> options, TransferMeter meter) {
    var data =
        manifest.artifacts().stream()
            .filter(a -> a.name().startsWith(PostgresCapture.DATA))
            .toList();
    var tasks = new ArrayList<SideBySide.Task<Boolean>>();
    for (var artifact : data) {
      tasks.add(group -> rows(artifact, set, options, meter, group));
    }
    SideBySide.run(jobs, tasks);
  }

  private boolean rows(
      Artifact artifact,
      ArtifactReader set,
      List<String> options,
      TransferMeter meter,
      SideBySide group) {
    var arguments = new ArrayList<>(options);
    arguments.add("--section=data");
    try (var in = set.open(artifact);
        var program = pgRestore(arguments)) {
      group.endsWith(program::close);
      feed(artifact, in, program, meter);
      program.awaitSuccess("loading " + artifact.name() + " into " + database);
      in.transferTo(OutputStream.nullOutputStream()); // its end proves its checksum
      return true;
    } catch (IOException e) {
      throw unreadable(artifact, e);
    }
  }

  /** What pg_restore did not want to read any more is no failure: its exit code says. */
  private static void feed(
      Artifact artifact, InputStream in, Shell.Running program, TransferMeter meter)
      throws IOException {
    var listener = Thread.ofVirtual().start(() -> drain(program));
    try {
      Pump.move(in, program.stdin(), n -> meter.add(artifact.name(), n));
      program.stdin().close();
    } catch (Pump.SinkClosed e) {
      closeQuietly(program);
    }
    join(listener);
  }

  private static void closeQuietly(Shell.Running program) {
    try {
      program.stdin().close();
    } catch (IOException e) {
      // closed already, by its reader's end
    }
  }

  private static void drain(Shell.Running program) {
    try (var out = program.stdout()) {
      out.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // the program was ended; its exit code is looked at
    }
  }

  private static void join(Thread listener) {
    try {
      listener.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while loading");
    }
  }

  private void restore(String doing, List<String> options, String... more) {
    var arguments = new ArrayList<>(options);
    arguments.addAll(List.of(more));
    try (var program = pgRestore(arguments)) {
      closeQuietly(program);
      drain(program);
      program.awaitSuccess(doing + " in " + database);
    }
  }

  private Shell.Running pgRestore(List<String> arguments) {
    return tools.start(attempt, component, toolbox, "pg_restore", sessionOptions(), arguments);
  }

  private String sessionOptions() {
    return "-c default_transaction_read_only=off -c synchronous_commit=off -c lock_timeout=0"
        + " -c idle_in_transaction_session_timeout=0 -c maintenance_work_mem="
        + MaintenanceMemory.perSession(jobs).bytes() / 1024
        + "kB";
  }

  /** vacuumdb leaves out partitioned parents, whose statistics joins are planned with. */
  private void analyze() {
    var arguments =
        List.of(
            "--analyze-only",
            "--quiet",
            "--no-password",
            "--jobs=" + jobs,
            "--dbname=" + Quoting.connectionString(database));
    try (var program =
        tools.start(attempt, component, toolbox, "vacuumdb", sessionOptions(), arguments)) {
      closeQuietly(program);
      drain(program);
      program.awaitSuccess("collecting statistics in " + database);
    }
    try (var session = connections.to(attempt, component, database)) {
      TableCatalog.names(session).stream()
          .filter(Table::partitioned)
          .forEach(t -> session.execute("ANALYZE " + t.quoted()));
    }
  }

  private static ResurgeException unreadable(Artifact artifact, IOException e) {
    return new ResurgeException(
        ErrorType.STORE_UNAVAILABLE, "reading " + artifact.path() + ": " + e.getMessage(), e);
  }
}
