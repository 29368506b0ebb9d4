package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresVerificationIT {
  @TempDir Path folder;
  private PostgresWorld world;

  @BeforeEach
  void aDatabase() {
    world = new PostgresWorld(folder);
    world.execute(
        "CREATE TABLE big (id integer PRIMARY KEY)",
        "CREATE TABLE other (id integer)",
        "INSERT INTO other SELECT generate_series(1, 10000)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void verifyingFindsARowThatIsMissingAndAnIndexThatIsNotValid() {
    var manifest = world.capture();
    var copy = world.stage(manifest);
    world.cluster.execute(
        copy.name(),
        "DELETE FROM other WHERE id = 7",
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'big_pkey'::regclass");
    world.cluster.execute("postgres", "ALTER DATABASE " + copy.name() + " SET work_mem TO '9MB'");

    var failed =
        world
            .driver
            .verifyStaged(world.attempt, world.component, manifest, world.set, copy)
            .stream()
            .filter(c -> !c.passed())
            .toList();

    assertThat(failed)
        .extracting(CheckResult::actual)
        .containsExactly(
            "rows public.other: expected 10000, found 9999",
            "public.big_pkey is invalid",
            "setting work_mem = 9MB: not expected");
  }

  @Test
  void aDatabaseThatTookTheCopysNameIsNotTakenForIt() {
    var manifest = world.capture();
    var copy = world.stage(manifest);
    world.cluster.execute(
        "postgres",
        "ALTER DATABASE " + copy.name() + " RENAME TO " + copy.name() + "_2",
        "CREATE DATABASE " + copy.name());

    assertThatThrownBy(() ->
            world.driver.verifyStaged(world.attempt, world.component, manifest, world.set, copy))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
  }
}
