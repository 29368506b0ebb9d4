package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresRoundTripIT {
  @TempDir Path folder;
  private PostgresWorld world;

  @BeforeEach
  void aDifficultDatabase() {
    world = new PostgresWorld(folder);
    world.load("difficult.sql");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aDifficultDatabaseDumpsIdenticallyAfterItWasCapturedStagedAndSwapped() {
    var contents = world.dump(world.database);
    var whole = world.dump(world.database, "--create", "--section=pre-data");

    var manifest = world.capture();
    var copy = world.stage(manifest);
    var checks =
        world.driver.verifyStaged(world.attempt, world.component, manifest, world.set, copy);
    var swap = world.swapFor(manifest.target(), copy);
    world.driver.cutOver(world.attempt, world.component, swap);

    assertThat(checks).hasSizeGreaterThanOrEqualTo(4).allMatch(CheckResult::passed);
    assertThat(world.driver.position(world.attempt, world.component, swap))
        .isEqualTo(Position.AFTER);
    assertThat(world.dump(world.database)).isEqualTo(contents);
    assertThat(world.dump(world.database, "--create", "--section=pre-data")).isEqualTo(whole);
  }

  @Test
  void aSetTakenFromTheRetainedCopyHoldsTheGrantsThatTheLiveDatabaseHad() {
    var manifest = world.capture();
    var copy = world.stage(manifest);
    var swap = world.swapFor(manifest.target(), copy);
    world.driver.cutOver(world.attempt, world.component, swap);
    var retained =
        world
            .driver
            .retain(world.attempt, world.component, new Owner("library", "test"), swap)
            .orElseThrow();

    var component =
        new Component.Postgres(
            "database",
            "127.0.0.1",
            world.cluster.port(),
            retained.name(),
            world.component.admin(),
            "postgres",
            Optional.empty(),
            Optional.empty());
    var again = world.driver.capture(world.attempt, component, world.set);

    assertThat(again.fingerprint()).isEqualTo(manifest.fingerprint());
    assertThat(PostgresFacts.of(again).state()).isEqualTo(PostgresFacts.of(manifest).state());
    assertThat(again.target()).isEqualTo(manifest.target());
  }

  @Test
  void everyArchiveDecodesAndHoldsEveryTable() {
    var manifest = world.capture();

    var results = world.driver.verify(world.attempt, world.component, manifest, world.set);

    assertThat(results).allMatch(CheckResult::passed);
    assertThat(results)
        .extracting(CheckResult::check)
        .contains(
            "database: schema.dump",
            "database: data-0.dump",
            "database: data-1.dump",
            "database: data-2.dump");
  }

  @Test
  void rowsAreCountedUnderReadableNames() {
    var counts = world.capture().fingerprint().counts();

    assertThat(counts)
        .containsEntry("rows \"Odd Schema.with dot\".\"Table \"\"quoted\"\" *?[a-z]$\"", "2000")
        .containsEntry("rows \"Odd Schema.with dot\".\"Table\"", "11")
        .containsEntry("rows public.measured_2025_1", "1582")
        .containsEntry("rows public.animal", "1")
        .containsEntry("rows public.dog", "2")
        .containsEntry("rows public.secrets", "42")
        .containsEntry("rows public.cache", "2")
        .containsEntry("large objects", "2")
        .doesNotContainKey("rows public.measured")
        .doesNotContainKey("rows public.kinds");
  }
}
