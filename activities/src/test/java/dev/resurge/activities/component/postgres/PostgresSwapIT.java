package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Swap;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PostgresSwapIT {
  private static final Owner OWNER = new Owner("library", "test");

  @TempDir Path folder;
  private PostgresWorld world;
  private Swap swap;

  /** The set holds one row, the live database two. */
  @BeforeEach
  void aStagedCopyBesideNewerData() {
    world = new PostgresWorld(folder);
    world.execute("CREATE TABLE note (id integer)", "INSERT INTO note VALUES (1)");
    swap = world.stagedSwap();
    world.execute("INSERT INTO note VALUES (2)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void cuttingOverBringsTheSetsDataUnderTheLiveNameAndKeepsTheOld() {
    assertThat(position()).isEqualTo(Position.BEFORE);

    cutOver();

    assertThat(position()).isEqualTo(Position.AFTER);
    assertThat(rows()).isEqualTo("1");
    assertThat(world.databases()).isEqualTo(swap.liveName() + " " + swap.retainedName());
  }

  @Test
  void cuttingOverTwiceEqualsOnce() {
    cutOver();
    cutOver();

    assertThat(position()).isEqualTo(Position.AFTER);
    assertThat(rows()).isEqualTo("1");
  }

  @Test
  void sessionsOnBothSidesAreEndedWhateverTheyDo() throws SQLException {
    try (var live = world.cluster.connect(swap.liveName());
        var staged = world.cluster.connect(swap.stagedName());
        var statement = live.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("INSERT INTO note VALUES (3)");

      cutOver();

      assertThat(live.isValid(5)).isFalse();
      assertThat(staged.isValid(5)).isFalse();
    }
    assertThat(position()).isEqualTo(Position.AFTER);
  }

  @Test
  void whatIsCutOffHalfWayIsInBetweenAndGoesOn() {
    closeLive();
    assertThat(position()).isEqualTo(Position.BETWEEN);

    cutOver();

    assertThat(position()).isEqualTo(Position.AFTER);
  }

  @Test
  void swappingBackBeforeAnythingMovedChangesNothing() {
    swapBack();

    assertThat(position()).isEqualTo(Position.BEFORE);
    assertThat(rows()).isEqualTo("2");
  }

  @Test
  void swappingBackFromInBetweenOpensTheLiveDatabaseAgain() {
    closeLive();
    world.cluster.execute(
        "postgres", "ALTER DATABASE " + swap.stagedName() + " ALLOW_CONNECTIONS false");

    swapBack();

    assertThat(position()).isEqualTo(Position.BEFORE);
    assertThat(rows()).isEqualTo("2");
    assertThat(world.cluster.value(swap.stagedName(), "SELECT count(*) FROM note")).isEqualTo("1");
  }

  @Test
  void swappingBackBringsTheOldDataUnderTheLiveNameAndKeepsTheRejected() {
    cutOver();

    swapBack();
    swapBack();

    assertThat(position()).isEqualTo(Position.BACK);
    assertThat(rows()).isEqualTo("2");
    assertThat(world.databases()).isEqualTo(swap.liveName() + " " + swap.rejectedName());
    assertThat(world.driver.retained(world.attempt, world.component))
        .singleElement()
        .satisfies(kept -> {
          assertThat(kept.why()).isEqualTo("rejected");
          assertThat(kept.identity()).isEqualTo(swap.staged());
          assertThat(kept.run()).isEqualTo(world.attempt.run().id());
        });
  }

  @Test
  void aRejectedCopyIsOpenToTheAdminOnlyForALook() {
    cutOver();

    swapBack();

    assertThat(world.cluster.value(swap.rejectedName(), "SELECT 1")).isEqualTo("1");
    assertThat(
            world.cluster.value(
                "postgres",
                "SELECT has_database_privilege('public', '%s', 'CONNECT')"
                    .formatted(swap.rejectedName())))
        .isEqualTo("f");
  }

  @Test
  void swappingBackFromTheMiddleOfASwapBackGoesOn() {
    cutOver();
    closeLive();
    assertThat(position()).isEqualTo(Position.BETWEEN);

    swapBack();
    closeLive();
    assertThat(position()).isEqualTo(Position.BETWEEN);
    swapBack();

    assertThat(position()).isEqualTo(Position.BACK);
  }

  @Test
  void swappingBackAfterRetainingGivesTheOldDataItsGrantsBack() {
    var before = state();
    cutOver();
    retain();

    swapBack();

    assertThat(position()).isEqualTo(Position.BACK);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aRejectedCopyIsNeverSwappedInAgain() {
    cutOver();
    swapBack();

    assertThatThrownBy(this::cutOver)
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
    assertThat(rows()).isEqualTo("2");
  }

  @Test
  void aTargetThatSomebodyRenamedIsChangedAndNothingMoves() {
    world.cluster.execute(
        "postgres",
        "ALTER DATABASE " + swap.liveName() + " RENAME TO " + swap.liveName() + "_mine",
        "CREATE DATABASE " + swap.liveName());

    assertThat(position()).isEqualTo(Position.CHANGED);
    assertThatThrownBy(this::cutOver)
        .hasMessageContaining("'" + swap.liveName() + "_mine'")
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
    assertThatThrownBy(this::swapBack).hasMessageContaining("swapping back");
    assertThat(world.databases())
        .isEqualTo(String.join(" ", swap.liveName(), swap.liveName() + "_mine", swap.stagedName()));
  }

  @Test
  void aCopyThatIsNotMarkedCompleteIsNotSwappedIn() {
    world.cluster.execute(
        "postgres", "ALTER DATABASE " + swap.stagedName() + " RESET resurge.staged");

    assertThatThrownBy(this::cutOver).hasMessageContaining("not marked as a complete copy");
    assertThat(rows()).isEqualTo("2");
  }

  @Test
  void whatHoldsTheDatabaseAndCannotBeEndedMakesTheSwapFailAndSwapBackOpensIt() {
    world.execute("BEGIN; INSERT INTO note VALUES (9); PREPARE TRANSACTION 'held'");
    try {
      assertThatThrownBy(this::cutOver).hasMessageContaining("being accessed by other users");
      assertThat(position()).isEqualTo(Position.BETWEEN);
      swapBack();
      assertThat(position()).isEqualTo(Position.BEFORE);
    } finally {
      world.execute("ROLLBACK PREPARED 'held'");
    }
  }

  @Test
  void theRetainedCopyIsClosedUntilItIsRetainedAndThenOpenToTheAdminOnly() {
    world.cluster.execute("postgres", "DROP ROLE IF EXISTS visitor", "CREATE ROLE visitor LOGIN");
    cutOver();
    assertThatThrownBy(() -> world.cluster.connect(swap.retainedName()))
        .hasMessageContaining("not currently accepting connections");

    var kept = retain();

    assertThat(world.cluster.value(kept.name(), "SELECT count(*) FROM note")).isEqualTo("2");
    assertThatThrownBy(() -> world.cluster.connect(kept.name(), "visitor"))
        .hasMessageContaining("permission denied");
    assertThat(swap.live()).contains(kept.identity());
    assertThat(world.driver.retained(world.attempt, world.component))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("size")
        .containsExactly(kept);
  }

  @Test
  void retainingTwiceEqualsOnce() {
    cutOver();
    var first = retain();

    assertThat(retain()).isEqualTo(first);
    assertThat(
            world
                .driver
                .inspect(world.attempt, world.component, Intent.CAPTURE, Optional.empty())
                .owner())
        .contains(OWNER);
  }

  @Test
  void theStagedCopyLetsNobodyInUntilItIsLive() throws SQLException {
    world.cluster.execute(
        "postgres", "DROP ROLE IF EXISTS early_bird", "CREATE ROLE early_bird LOGIN");

    assertThatThrownBy(() -> world.cluster.connect(swap.stagedName(), "early_bird"))
        .hasMessageContaining("permission denied");
    cutOver();

    try (var session = world.cluster.connect(swap.liveName(), "early_bird")) {
      assertThat(session.isValid(5)).isTrue();
    }
  }

  @Test
  void discardingAfterACutOverRemovesNeitherTheLiveNorTheRetainedDatabase() {
    cutOver();

    world.driver.discard(world.attempt, world.component);

    assertThat(world.databases()).isEqualTo(swap.liveName() + " " + swap.retainedName());
  }

  @Test
  void anotherOwnersDatabaseIsNotMarked() {
    world.driver.mark(world.attempt, world.component, OWNER);
    world.driver.mark(world.attempt, world.component, OWNER);

    assertThatThrownBy(() ->
            world.driver.mark(world.attempt, world.component, new Owner("paperless", "elsewhere")))
        .hasMessageContaining("library")
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_OWNED));
  }

  private void cutOver() {
    world.driver.cutOver(world.attempt, world.component, swap);
  }

  private void swapBack() {
    world.driver.swapBack(world.attempt, world.component, swap);
  }

  private Retained retain() {
    return world.driver.retain(world.attempt, world.component, OWNER, swap).orElseThrow();
  }

  private Position position() {
    return world.driver.position(world.attempt, world.component, swap);
  }

  private void closeLive() {
    world.cluster.execute(
        "postgres", "ALTER DATABASE " + swap.liveName() + " ALLOW_CONNECTIONS false");
  }

  private String rows() {
    return world.value("SELECT count(*) FROM note");
  }

  private String state() {
    return world.cluster.value(
        "postgres",
        "SELECT coalesce(datacl, acldefault('d', datdba))::text FROM pg_database WHERE datname = '"
            + swap.liveName()
            + "'");
  }
}
