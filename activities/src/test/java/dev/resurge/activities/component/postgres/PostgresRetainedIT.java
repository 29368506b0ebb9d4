package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the data that a restore replaced: captured, taken again, removed. */
@Tag("slow")
@Timeout(120)
class PostgresRetainedIT {
  private static final Owner OWNER = new Owner("library", "test");

  @TempDir Path folder;
  private PostgresWorld world;
  private String contents;
  private String whole;
  private ComponentManifest before;
  private Retained kept;

  /** A later run: the first one's restore replaced a difficult database, which is kept. */
  private final Attempt later = new TestAttempt();

  @BeforeEach
  void aDifficultDatabaseThatWasReplaced() {
    world = new PostgresWorld(folder);
    world.load("difficult.sql");
    contents = world.dump(world.database);
    whole = world.dump(world.database, "--create", "--section=pre-data");
    before = world.capture();
    var swap = world.swapFor(before.target(), world.stage(before));
    world.driver.cutOver(world.attempt, world.component, swap);
    kept = world.driver.retain(world.attempt, world.component, OWNER, swap).orElseThrow();
    world.execute("SET default_transaction_read_only = off", "CREATE TABLE newer (id integer)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aSetOfItRestoresTheDatabaseAsItWasBeforeItWasReplaced() {
    var again = world.driver.capture(later, world.component.at(kept.name()), world.set);

    assertThat(again.target()).isEqualTo(kept.identity()).isEqualTo(before.target());
    assertThat(again.fingerprint()).isEqualTo(before.fingerprint());
    assertThat(again.recoveryPoint()).isAfter(before.recoveryPoint());
    assertThat(again.warnings())
        .anySatisfy(w ->
            assertThat(w).contains(kept.name(), "replaced by run " + world.attempt.run().id()));
    var facts = PostgresFacts.of(again);
    assertThat(facts.database()).isEqualTo(world.database);
    assertThat(facts.state()).isEqualTo(PostgresFacts.of(before).state());
    assertThat(facts.roles()).isEqualTo(PostgresFacts.of(before).roles());
    assertThat(world.driver.restoreInstructions(again))
        .contains("the PostgreSQL database `" + world.database + "`")
        .doesNotContain("export DB='" + kept.name());

    var copy = world.driver.stage(later, world.component, again, "another", world.set);
    var live = identity(world.database);
    var swap = world.driver.swapFor(later, world.component, Optional.of(live), live, copy);
    world.driver.cutOver(later, world.component, swap);

    assertThat(world.dump(world.database)).isEqualTo(contents);
    assertThat(world.dump(world.database, "--create", "--section=pre-data")).isEqualTo(whole);
  }

  @Test
  void aSetOfTheRetainedCopyNamesARoleThatMayOnlyConnectAndNotTheAdmin() {
    world.cluster.execute(
        "postgres",
        "DROP ROLE IF EXISTS only_connects",
        "CREATE ROLE only_connects LOGIN",
        "DROP ROLE IF EXISTS lets_in",
        "CREATE ROLE lets_in LOGIN SUPERUSER");
    try (var other = new PostgresWorld(PostgresWorld.newFolder(folder))) {
      var admin = other.component("lets_in", "127.0.0.1");
      other.cluster.execute(
          "postgres", "GRANT CONNECT ON DATABASE " + other.database + " TO only_connects");
      var first = other.driver.capture(other.attempt, admin, other.set);
      var copy = other.driver.stage(other.attempt, admin, first, "m", other.set);
      var swap = other.swapFor(first.target(), copy);
      other.driver.cutOver(other.attempt, admin, swap);
      var retained = other.driver.retain(other.attempt, admin, OWNER, swap).orElseThrow();

      var again = other.driver.capture(other.attempt, admin.at(retained.name()), other.set);

      assertThat(PostgresFacts.of(again).roles())
          .extracting(PostgresFacts.Role::name)
          .contains("only_connects")
          .doesNotContain("lets_in");
    }
  }

  @Test
  void takenAgainItGoesLiveWithItsGrantsAndWithoutOurMarks() {
    var copy = adopt();
    assertThat(adopt()).isEqualTo(copy);
    assertThat(copy.name()).isEqualTo(kept.name());
    assertThat(world.driver.staged(later, world.component)).containsExactly(kept.name());
    var swap = swapFor(copy);
    assertThat(position(swap)).isEqualTo(Position.BEFORE);

    world.driver.cutOver(later, world.component, swap);
    world.driver.cutOver(later, world.component, swap);

    assertThat(position(swap)).isEqualTo(Position.AFTER);
    assertThat(world.dump(world.database)).isEqualTo(contents);
    // whole databases but for our own mark of their owner, which both bear
    world.cluster.execute(
        "postgres",
        "ALTER DATABASE " + Quoting.identifier(world.database) + " RESET resurge.owner");
    assertThat(world.dump(world.database, "--create", "--section=pre-data")).isEqualTo(whole);
    var replaced = world.driver.retain(later, world.component, OWNER, swap).orElseThrow();
    assertThat(replaced.run()).isEqualTo(later.run().id());
    assertThat(world.cluster.value(replaced.name(), "SELECT count(*) FROM newer")).isEqualTo("0");
    assertThat(world.driver.retained(later, world.component)).containsExactly(replaced);
  }

  @Test
  void takenAgainAndSwappedBackItIsRejectedAndTheNewerDataIsLive() {
    var swap = swapFor(adopt());
    world.driver.cutOver(later, world.component, swap);

    world.driver.swapBack(later, world.component, swap);

    assertThat(position(swap)).isEqualTo(Position.BACK);
    assertThat(world.value("SELECT count(*) FROM newer")).isEqualTo("0");
    assertThat(world.driver.retained(later, world.component))
        .singleElement()
        .satisfies(rejected -> {
          assertThat(rejected.why()).isEqualTo("rejected");
          assertThat(rejected.identity()).isEqualTo(kept.identity());
        });
    world.driver.discard(later, world.component);
    assertThat(world.databases()).isEqualTo(world.database + " " + swap.rejectedName());
  }

  @Test
  void discardingGivesItBackAsItWas() {
    var was = state(kept.name());
    adopt();

    world.driver.discard(later, world.component);

    assertThat(state(kept.name())).isEqualTo(was);
    assertThat(world.driver.staged(later, world.component)).isEmpty();
    assertThat(world.driver.retained(later, world.component))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("size")
        .containsExactly(kept);
  }

  @Test
  void discardingNeverDropsItEvenIfItLostItsMarkAsKept() {
    adopt();
    world.cluster.execute(
        "postgres",
        "ALTER DATABASE " + Quoting.identifier(kept.name()) + " RESET resurge.retained");

    world.driver.discard(later, world.component);
    world.driver.discard(later, world.component);

    assertThat(world.exists(kept.name())).isTrue();
  }

  @Test
  void oneWhoseRestoreDiedBeforeItRetainedItIsClosedToOthersAndLaterGetsItsGrants() {
    var swap = swapFor(adopt());
    world.driver.cutOver(later, world.component, swap);
    var closed = world.driver.retained(later, world.component).getFirst();
    var third = new TestAttempt();

    var copy = world.driver.adopt(third, world.component, closed);
    var back =
        world.driver.swapFor(
            third, world.component, Optional.of(kept.identity()), kept.identity(), copy);

    assertThat(world.cluster.value(copy.name(), "SELECT count(*) FROM newer")).isEqualTo("0");
    assertThat(mayConnect(copy.name(), "Difficult Reader")).isEqualTo("f");
    world.driver.cutOver(third, world.component, back);
    assertThat(mayConnect(world.database, "Difficult Reader")).isEqualTo("t");
    assertThat(world.value("SELECT count(*) FROM newer")).isEqualTo("0");
  }

  @Test
  void removingNeedsItsIdentityAndItsMark() {
    var other = new TargetIdentity("postgres-1-2");
    world.driver.remove(later, world.component, like(kept.name(), other)); // nothing has it: gone
    assertThat(world.exists(kept.name())).isTrue();
    assertChanged(like(world.database, kept.identity()));
    assertChanged(like(world.database, identity(world.database)));
    world.cluster.execute(
        "postgres",
        "ALTER DATABASE " + Quoting.identifier(kept.name()) + " RESET resurge.retained");
    assertChanged(kept);

    assertThat(world.databases()).isEqualTo(world.database + " " + kept.name());
  }

  @Test
  void removingGoesOnWhereAnAttemptDiedBeforeItDroppedAndTwiceEqualsOnce() {
    world.cluster.execute(
        "postgres",
        "ALTER DATABASE " + Quoting.identifier(kept.name()) + " ALLOW_CONNECTIONS false");

    world.driver.remove(later, world.component, kept);
    world.driver.remove(later, world.component, kept);

    assertThat(world.databases()).isEqualTo(world.database);
  }

  @Test
  void oneThatAnotherRunHasTakenIsNotRemoved() {
    adopt();

    assertThatThrownBy(() -> world.driver.remove(new TestAttempt(), world.component, kept))
        .hasMessageContaining(later.run().id().value())
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_BUSY));
    assertThat(world.exists(kept.name())).isTrue();
  }

  @Test
  void oneThatIsNotThereAnyMoreIsNotTaken() {
    world.driver.remove(later, world.component, kept);

    assertThatThrownBy(this::adopt)
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
  }

  private void assertChanged(Retained copy) {
    assertThatThrownBy(() -> world.driver.remove(later, world.component, copy))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
  }

  private Retained like(String name, TargetIdentity identity) {
    return new Retained(kept.component(), name, identity, kept.why(), kept.run(), kept.size());
  }

  private StagedCopy adopt() {
    return world.driver.adopt(later, world.component, kept);
  }

  private Swap swapFor(StagedCopy copy) {
    var live = identity(world.database);
    return world.driver.swapFor(later, world.component, Optional.of(live), live, copy);
  }

  private Position position(Swap swap) {
    return world.driver.position(later, world.component, swap);
  }

  private TargetIdentity identity(String name) {
    return new TargetIdentity(
        world.cluster.value(
            "postgres",
            "SELECT concat('postgres-', (SELECT system_identifier FROM pg_control_system()), '-', oid)"
                + " FROM pg_database WHERE datname = "
                + Quoting.literal(name)));
  }

  private String mayConnect(String database, String role) {
    return world.cluster.value(
        "postgres",
        "SELECT has_database_privilege('%s', '%s', 'CONNECT')".formatted(role, database));
  }

  /** Everything that the catalogs say of a database. */
  private String state(String name) {
    return world.cluster.value(
        "postgres",
        "SELECT concat(to_jsonb(d) - 'datfrozenxid' - 'datminmxid',"
            + " (SELECT jsonb_agg(s ORDER BY s.setrole) FROM pg_db_role_setting s"
            + " WHERE s.setdatabase = d.oid)) FROM pg_database d WHERE datname = "
            + Quoting.literal(name));
  }
}
