package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Partial;
import dev.resurge.activities.spi.Queryable;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Stageable;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.SecretRef;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * PostgreSQL databases. Captured live, in one snapshot, over several streams; restored into a
 * database of their own beside the live one, which nobody but the admin may enter until a rename
 * makes it live. Guarantee: until the cut over the live database is only read; the cut over is one
 * transaction; the old database is kept.
 */
public final class PostgresDriver
    implements Stageable<Component.Postgres>,
        Partial<Component.Postgres>,
        Queryable<Component.Postgres> {
  private final PostgresConnections connections;
  private final PostgresInspector inspector;
  private final PostgresCapture capture;
  private final PostgresVerification verification;
  private final StagedDatabases staged;
  private final PostgresStage stage;
  private final PostgresPart part;
  private final PostgresSwap swap;
  private final RetainedCopies retained;
  private final LiveDatabase liveDatabase;
  private final GivenUpRows givenUp;
  private final PostgresQueries queries;

  /**
   * @param shell where pg_dump and pg_restore run
   * @param secrets gives the value of a referenced secret, or throws {@code SecretMissing}
   * @param clock for how long things took
   */
  public PostgresDriver(Shell shell, Function<SecretRef, String> secrets, Clock clock) {
    this(shell, secrets, clock, Connector.REAL);
  }

  /** The same over connections that are opened otherwise. */
  public PostgresDriver(
      Shell shell, Function<SecretRef, String> secrets, Clock clock, Connector connector) {
    this(shell, secrets, clock, connector, Patience.USUAL);
  }

  PostgresDriver(
      Shell shell,
      Function<SecretRef, String> secrets,
      Clock clock,
      Connector connector,
      Patience patience) {
    connections = new PostgresConnections(secrets, connector);
    var tools = new PostgresTools(shell, connections);
    inspector = new PostgresInspector(connections, tools);
    capture = new PostgresCapture(connections, tools, patience.lockWait());
    verification = new PostgresVerification(connections, tools, clock);
    staged = new StagedDatabases(shell, connections);
    stage = new PostgresStage(connections, tools, staged);
    part = new PostgresPart(connections, tools, staged);
    swap = new PostgresSwap(connections, patience.endingSessions());
    retained = new RetainedCopies(connections);
    liveDatabase = new LiveDatabase(connections, patience.endingSessions());
    givenUp = new GivenUpRows(connections, patience.counting());
    queries = new PostgresQueries(connections);
  }

  /**
   * How long the driver waits for others.
   *
   * @param lockWait for DDL that holds a table, before a capture begins again
   * @param endingSessions for sessions that were told to end, before a cut over gives up
   * @param counting for all tables, when people are told what would be given up
   */
  record Patience(Duration lockWait, Duration endingSessions, Duration counting) {
    static final Patience USUAL =
        new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));
  }

  @Override
  public Class<Component.Postgres> component() {
    return Component.Postgres.class;
  }

  @Override
  public Inspection inspect(
      Attempt attempt,
      Component.Postgres component,
      Intent intent,
      Optional<ComponentManifest> set) {
    return inspector.inspect(attempt, component, intent, set);
  }

  /** Ends first what an attempt left whose worker died: its pg_dump would hold locks for ever. */
  @Override
  public ComponentManifest capture(
      Attempt attempt, Component.Postgres component, ArtifactWriter set) {
    try (var session = connections.maintenance(attempt, component)) {
      staged.endEarlier(attempt, session, component);
    }
    return capture.capture(attempt, component, set);
  }

  @Override
  public List<CheckResult> verify(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      ArtifactReader set) {
    return verification.verify(attempt, component, manifest, set);
  }

  @Override
  public String restoreInstructions(ComponentManifest manifest) {
    return new RestoreInstructions(manifest).markdown();
  }

  @Override
  public List<String> givenUp(
      Attempt attempt, Component.Postgres component, ComponentManifest manifest) {
    return givenUp.lines(attempt, component, manifest);
  }

  @Override
  public void mark(Attempt attempt, Component.Postgres component, Owner owner) {
    retained.mark(attempt, component, owner);
  }

  @Override
  public List<String> prepare(
      Attempt attempt, Component.Postgres component, ComponentManifest manifest) {
    try (var session = connections.maintenance(attempt, component)) {
      return MissingRoles.create(
          session, PostgresFacts.of(manifest), connections.rolePasswords(component));
    }
  }

  @Override
  public StagedCopy adopt(Attempt attempt, Component.Postgres component, Retained copy) {
    return retained.adopt(attempt, component, copy);
  }

  @Override
  public StagedCopy stage(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      String manifestSha256,
      ArtifactReader set) {
    return stage.stage(attempt, component, manifest, manifestSha256, set);
  }

  /** Into a schema of the live database named {@code restored_<run>}, which the answer names. */
  @Override
  public BroughtPart bring(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      ArtifactReader set,
      Scope scope) {
    return part.bring(attempt, component, manifest, set, scope);
  }

  @Override
  public List<CheckResult> verifyStaged(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      ArtifactReader set,
      StagedCopy copy) {
    return verification.verifyStaged(attempt, component, manifest, copy);
  }

  @Override
  public Swap swapFor(
      Attempt attempt,
      Component.Postgres component,
      Optional<TargetIdentity> live,
      TargetIdentity predecessor,
      StagedCopy copy) {
    try (var session = connections.maintenance(attempt, component)) {
      return PostgresSwap.plan(session, attempt, component, live, predecessor, copy);
    }
  }

  @Override
  public Position position(Attempt attempt, Component.Postgres component, Swap planned) {
    return swap.position(attempt, component, planned);
  }

  @Override
  public String describeWorld(Attempt attempt, Component.Postgres component, Swap planned) {
    return swap.describeWorld(attempt, component, planned);
  }

  @Override
  public void cutOver(Attempt attempt, Component.Postgres component, Swap planned) {
    swap.cutOver(attempt, component, planned);
  }

  @Override
  public void swapBack(Attempt attempt, Component.Postgres component, Swap planned) {
    swap.swapBack(attempt, component, planned);
  }

  @Override
  public Optional<Retained> retain(
      Attempt attempt, Component.Postgres component, Owner owner, Swap planned) {
    return retained.retain(attempt, component, owner, planned);
  }

  /** Ends the run's programs and sessions first: one that still loads is removed with its copy. */
  @Override
  public void discard(Attempt attempt, Component.Postgres component) {
    try (var session = connections.maintenance(attempt, component)) {
      staged.endEarlier(attempt, session, component);
      staged.drop(attempt, session, component, Optional.empty());
    }
  }

  @Override
  public List<String> staged(Attempt attempt, Component.Postgres component) {
    try (var session = connections.maintenance(attempt, component)) {
      return staged.names(attempt, session, component);
    }
  }

  @Override
  public List<Leftover> leftovers(Attempt attempt, Component.Postgres component, Owner owner) {
    try (var session = connections.maintenance(attempt, component)) {
      return StagedDatabases.leftovers(session, component, owner);
    }
  }

  @Override
  public List<Retained> retained(Attempt attempt, Component.Postgres component) {
    return retained.retained(attempt, component);
  }

  @Override
  public void remove(Attempt attempt, Component.Postgres component, Retained copy) {
    retained.remove(attempt, component, copy);
  }

  @Override
  public void removeLive(Attempt attempt, Component.Postgres component, TargetIdentity live) {
    liveDatabase.remove(attempt, component, live);
  }

  @Override
  public boolean reopen(Attempt attempt, Component.Postgres component, TargetIdentity live) {
    return liveDatabase.reopen(attempt, component, live);
  }

  @Override
  public String query(
      Attempt attempt, Component.Postgres component, Optional<StagedCopy> copy, String sql) {
    return queries.query(attempt, component, copy, sql);
  }

  @Override
  public List<String> missingTables(
      Attempt attempt,
      Component.Postgres component,
      Optional<StagedCopy> copy,
      List<String> tables) {
    return queries.missingTables(attempt, component, copy, tables);
  }
}
