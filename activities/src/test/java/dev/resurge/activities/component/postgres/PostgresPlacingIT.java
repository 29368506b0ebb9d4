package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A restore where the database is gone: nothing is replaced, nothing is retained. */
@Tag("slow")
@Timeout(120)
class PostgresPlacingIT {
  private static final Owner OWNER = new Owner("library", "test");

  @TempDir Path folder;
  private PostgresWorld world;
  private String contents;
  private String whole;
  private ComponentManifest manifest;
  private StagedCopy copy;
  private Swap swap;

  @BeforeEach
  void aDifficultDatabaseThatIsGoneAndItsCopy() {
    world = new PostgresWorld(folder);
    world.load("difficult.sql");
    contents = world.dump(world.database);
    whole = world.dump(world.database, "--create", "--section=pre-data");
    manifest = world.capture();
    world.cluster.execute("postgres", "DROP DATABASE " + Quoting.identifier(world.database));
    copy = world.stage(manifest);
    swap =
        world.driver.swapFor(
            world.attempt, world.component, Optional.empty(), manifest.target(), copy);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theCopyIsGivenTheNameThatNothingBears() {
    assertThat(world.driver.verifyStaged(world.attempt, world.component, manifest, world.set, copy))
        .allMatch(CheckResult::passed);
    assertThat(position()).isEqualTo(Position.BEFORE);

    cutOver();
    cutOver();

    assertThat(position()).isEqualTo(Position.AFTER);
    assertThat(world.databases()).isEqualTo(world.database);
    assertThat(world.dump(world.database)).isEqualTo(contents);
    assertThat(world.dump(world.database, "--create", "--section=pre-data")).isEqualTo(whole);
    assertThat(swap.live()).isEmpty();
    assertThat(swap.predecessor()).isEqualTo(manifest.target());
  }

  @Test
  void nothingIsRetainedAndTheNewDatabaseIsItsOwners() {
    cutOver();

    assertThat(world.driver.retain(world.attempt, world.component, OWNER, swap)).isEmpty();
    assertThat(world.driver.retain(world.attempt, world.component, OWNER, swap)).isEmpty();

    assertThat(world.driver.retained(world.attempt, world.component)).isEmpty();
    assertThat(
            world
                .driver
                .inspect(world.attempt, world.component, Intent.CAPTURE, Optional.empty())
                .owner())
        .contains(OWNER);
  }

  /** Who removes it may have to go back once more, for an attempt died after it. */
  @Test
  void aRejectedCopyThatWasRemovedIsNoReasonNotToBeBack() {
    cutOver();
    swapBack();
    var rejected = world.driver.retained(world.attempt, world.component).getFirst();
    world.driver.remove(world.attempt, world.component, rejected);

    swapBack();

    assertThat(position()).isEqualTo(Position.BACK);
    assertThatThrownBy(this::cutOver)
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
  }

  @Test
  void swappingBackLeavesTheNameFreeAndKeepsTheRejectedCopy() {
    cutOver();

    swapBack();
    swapBack();

    assertThat(position()).isEqualTo(Position.BACK);
    assertThat(world.databases()).isEqualTo(swap.rejectedName());
    assertThat(world.driver.retained(world.attempt, world.component))
        .singleElement()
        .satisfies(kept -> {
          assertThat(kept.why()).isEqualTo("rejected");
          assertThat(kept.identity()).isEqualTo(swap.staged());
        });
    assertThatThrownBy(this::cutOver)
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
  }

  @Test
  void whatDiedBetweenClosingAndNamingGoesOnInBothDirections() {
    open(swap.stagedName(), false);
    assertThat(position()).isEqualTo(Position.BEFORE);
    swapBack();
    assertThat(world.cluster.value(swap.stagedName(), "SELECT 1")).isEqualTo("1");

    open(swap.stagedName(), false);
    cutOver();
    assertThat(position()).isEqualTo(Position.AFTER);

    open(swap.liveName(), false);
    assertThat(position()).isEqualTo(Position.BETWEEN);
    cutOver();
    assertThat(position()).isEqualTo(Position.AFTER);

    open(swap.liveName(), false);
    swapBack();
    assertThat(position()).isEqualTo(Position.BACK);
  }

  @Test
  void whatSomebodyPutThereMeanwhileIsNotTouched() {
    world.cluster.execute("postgres", "CREATE DATABASE " + Quoting.identifier(world.database));

    assertThat(position()).isEqualTo(Position.CHANGED);
    assertThatThrownBy(this::cutOver)
        .hasMessageContaining("there was no old data")
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
    assertThatThrownBy(this::swapBack).hasMessageContaining("swapping back");
    assertThat(world.databases()).isEqualTo(world.database + " " + swap.stagedName());
  }

  private void open(String name, boolean allowed) {
    world.cluster.execute(
        "postgres", "ALTER DATABASE " + Quoting.identifier(name) + " ALLOW_CONNECTIONS " + allowed);
  }

  private void cutOver() {
    world.driver.cutOver(world.attempt, world.component, swap);
  }

  private void swapBack() {
    world.driver.swapBack(world.attempt, world.component, swap);
  }

  private Position position() {
    return world.driver.position(world.attempt, world.component, swap);
  }
}
