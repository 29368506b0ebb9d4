package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.spi.ComponentDriver;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an admin who is no superuser needs, and that it is enough. */
class PostgresRightsIT {
  private static final Optional<ComponentManifest> NO_SET = Optional.empty();

  @TempDir Path folder;
  private PostgresWorld world;

  @BeforeEach
  void aDatabase() {
    world = new PostgresWorld(folder);
    world.execute("CREATE TABLE note (id integer)", "INSERT INTO note VALUES (1)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void everyRightThatTheAdminLacksIsListedWithWhatGrantsIt() {
    world.cluster.execute("postgres", "DROP ROLE IF EXISTS humble", "CREATE ROLE humble LOGIN");
    world.execute(
        "CREATE TABLE hidden (id integer)",
        "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT ON hidden TO humble");
    var humble = world.component("humble", "127.0.0.1");

    var seen = world.driver.inspect(world.attempt, humble, Intent.REPLACE, NO_SET);

    assertThat(errors(seen))
        .allMatch(f -> f.type() == ErrorType.RIGHTS_MISSING)
        .extracting(Finding::message)
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).contains("SELECT on public.note"),
            m -> assertThat(m).contains("row security hides rows of public.hidden"),
            m -> assertThat(m).contains("ALTER ROLE \"humble\" CREATEDB"),
            m -> assertThat(m).contains("GRANT \"postgres\" TO \"humble\""),
            m -> assertThat(m).contains("GRANT pg_signal_backend TO"),
            m ->
                assertThat(m)
                    .contains(
                        "GRANT SET ON PARAMETER resurge.owner, resurge.staged, resurge.retained"));
    assertThat(errors(world.driver.inspect(world.attempt, humble, Intent.STAGE, NO_SET)))
        .extracting(Finding::message)
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).contains("ALTER ROLE \"humble\" CREATEDB"),
            m -> assertThat(m).contains("GRANT SET ON PARAMETER resurge.staged TO"));
    assertThat(errors(world.driver.inspect(world.attempt, humble, Intent.CAPTURE, NO_SET)))
        .extracting(Finding::message)
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).contains("SELECT on public.note"),
            m -> assertThat(m).contains("row security hides rows of public.hidden"));
    world.execute("DROP TABLE hidden");
  }

  @Test
  void whomTheCopyIsGivenToMustBeARoleOfTheAdmins() {
    var able = able();
    var manifest = world.driver.capture(world.attempt, able, world.set);
    world.cluster.execute("postgres", "REVOKE able_app FROM able");

    for (var intent : List.of(Intent.STAGE, Intent.REBUILD)) {
      world.cluster.execute("postgres", "ALTER DATABASE " + world.database + " OWNER TO postgres");
      assertThat(errors(world.driver.inspect(world.attempt, able, intent, Optional.of(manifest))))
          .extracting(Finding::message)
          .anySatisfy(m ->
              assertThat(m)
                  .contains("to give the copy to its owner: GRANT \"able_app\" TO \"able\""));
    }
  }

  /** Nobody is told at night to make the admin a member of a role that is mightier. */
  @Test
  void whatIsInTheWayOfARebuildNeedsNoRightsForItIsLeftAlone() {
    var able = able();
    var manifest = world.driver.capture(world.attempt, able, world.set);
    world.cluster.execute("postgres", "ALTER DATABASE " + world.database + " OWNER TO postgres");
    world.execute("CREATE TABLE theirs (id integer)");

    var seen = world.driver.inspect(world.attempt, able, Intent.REBUILD, Optional.of(manifest));

    assertThat(errors(seen)).isEmpty();
    assertThat(seen.identity()).isPresent();
  }

  @Test
  void anAdminWithTheRightsListedPlacesTheDatabaseWhereNothingIsAndTakesItBackAgain() {
    var able = able();
    var manifest = world.driver.capture(world.attempt, able, world.set);
    var contents = world.dump(world.database);
    var identity = world.driver.inspect(world.attempt, able, Intent.CAPTURE, NO_SET).identity();
    awaitNobodyInside();
    world.driver.removeLive(world.attempt, able, identity.orElseThrow());

    var seen = world.driver.inspect(world.attempt, able, Intent.REPLACE, Optional.of(manifest));
    var copy = world.driver.stage(world.attempt, able, manifest, PostgresWorld.MANIFEST, world.set);
    var swap = world.driver.swapFor(world.attempt, able, Optional.empty(), manifest.target(), copy);
    world.driver.cutOver(world.attempt, able, swap);

    assertThat(errors(seen)).isEmpty();
    assertThat(seen.absent()).isPresent();
    assertThat(world.dump(world.database)).isEqualTo(contents);
    awaitNobodyInside();
    world.driver.swapBack(world.attempt, able, swap);
    var rejected = world.driver.retained(world.attempt, able);
    assertThat(rejected).extracting(Retained::why).containsExactly("rejected");
    world.driver.remove(world.attempt, able, rejected.getFirst());
    assertThat(world.databases()).isEmpty();
  }

  @Test
  void anAdminWithTheRightsListedAndNoMoreCanCaptureStageAndSwap() {
    var able = able();

    var seen = world.driver.inspect(world.attempt, able, Intent.REPLACE, NO_SET);
    var swap = staged(able);
    cutOver(able, swap);

    assertThat(errors(seen)).isEmpty();
    assertThat(world.value("SELECT count(*) FROM note")).isEqualTo("1");
    assertThat(world.dump(world.database)).isEqualTo(world.dump(swap.retainedName()));
  }

  @Test
  void anAutovacuumThatTheAdminMayNotEndDoesNotStopTheSwap() {
    var able = able();
    var swap = staged(able);
    autovacuumThatTakesItsTime();

    cutOver(able, swap);

    assertThat(world.value("SELECT count(*) FROM note")).isEqualTo("1");
  }

  /** A superuser's session that is about to end may not be ended by the admin. */
  private void awaitNobodyInside() {
    var empty =
        Poll.until(
            world.attempt,
            Duration.ofSeconds(30),
            Duration.ofMillis(10),
            () ->
                world
                    .cluster
                    .value(
                        "postgres",
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = '"
                            + world.database
                            + "'")
                    .equals("0"));
    assertThat(empty).as("nobody is in the database").isTrue();
  }

  private Component.Postgres able() {
    world.cluster.execute(
        "postgres",
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'able') THEN"
            + " CREATE ROLE able LOGIN CREATEDB; CREATE ROLE able_app LOGIN; END IF; END $$",
        "GRANT pg_signal_backend, pg_read_all_data, able_app TO able",
        "GRANT SET ON PARAMETER resurge.owner, resurge.staged, resurge.retained TO able",
        "ALTER DATABASE " + world.database + " OWNER TO able_app");
    world.execute("ALTER TABLE note OWNER TO able_app");
    return world.component("able", "127.0.0.1");
  }

  private Swap staged(Component.Postgres component) {
    var manifest = world.driver.capture(world.attempt, component, world.set);
    var copy =
        world.driver.stage(world.attempt, component, manifest, PostgresWorld.MANIFEST, world.set);
    return world.driver.swapFor(
        world.attempt, component, Optional.of(manifest.target()), manifest.target(), copy);
  }

  private void cutOver(Component.Postgres component, Swap swap) {
    world.driver.cutOver(world.attempt, component, swap);
    world.driver.retain(
        world.attempt, component, new ComponentDriver.Owner("library", "test"), swap);
  }

  /** Ten thousand pages at a page in a hundred milliseconds: longer than any test. */
  private void autovacuumThatTakesItsTime() {
    world.execute(
        "CREATE TABLE slow (t text) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 0,"
            + " autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 100,"
            + " autovacuum_vacuum_cost_limit = 1)",
        "INSERT INTO slow SELECT repeat('x', 500) FROM generate_series(1, 10000)",
        "DELETE FROM slow");
    world.cluster.execute(
        "postgres", "ALTER SYSTEM SET autovacuum_naptime = 1", "SELECT pg_reload_conf()");
    try {
      var running =
          Poll.until(
              world.attempt,
              Duration.ofSeconds(60),
              Duration.ofMillis(50),
              () ->
                  "1"
                      .equals(
                          world.cluster.value(
                              "postgres",
                              "SELECT count(*) FROM pg_stat_activity WHERE datname = '"
                                  + world.database
                                  + "' AND backend_type = 'autovacuum worker'")));
      assertThat(running).as("autovacuum runs").isTrue();
    } finally {
      world.cluster.execute(
          "postgres", "ALTER SYSTEM RESET autovacuum_naptime", "SELECT pg_reload_conf()");
    }
  }

  private static List<Finding> errors(Inspection seen) {
    return seen.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
  }
}
