package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.activities.testing.PostgresCluster;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresInspectionIT {
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
  void aHealthyDatabaseHasNoFindingsAndItsRoomIsMeasured() {
    var seen = inspect(Intent.REPLACE, Optional.of(world.capture()));

    assertThat(seen.findings()).isEmpty();
    assertThat(seen.identity()).contains(world.capture().target());
    assertThat(seen.size().bytes()).isPositive();
    assertThat(seen.owner()).isEmpty();
    assertThat(Duration.between(seen.clock().orElseThrow(), Instant.now()).abs())
        .isLessThan(Duration.ofSeconds(10));
    assertThat(seen.room())
        .hasValueSatisfying(room -> {
          assertThat(room.free().bytes()).isPositive();
          assertThat(room.needed().bytes()).isPositive();
        });
  }

  @Test
  void aServerThatIsDownIsUnavailable() {
    var cluster = PostgresCluster.trusting();
    try (var down = new PostgresWorld(cluster, PostgresWorld.newFolder(folder), "app")) {
      cluster.stop();

      var seen = down.driver.inspect(down.attempt, down.component, Intent.CAPTURE, NO_SET);

      assertThat(seen.identity()).isEmpty();
      assertOnly(seen, ErrorType.DATABASE_UNAVAILABLE, "127.0.0.1:" + cluster.port());
    } finally {
      cluster.close();
    }
  }

  @Test
  void aDatabaseThatDoesNotExistIsToldWithThoseThatDoAndTheRoomThereIs() {
    var manifest = world.capture();
    world.cluster.execute(
        "postgres", "ALTER DATABASE " + world.database + " RENAME TO " + world.database + "_2");

    var seen = inspect(Intent.REPLACE, Optional.of(manifest));

    assertThat(errors(seen)).isEmpty();
    assertThat(seen.identity()).isEmpty();
    assertThat(seen.absent())
        .hasValueSatisfying(words ->
            assertThat(words)
                .contains("has no database '" + world.database + "'; it has")
                .contains(world.database + "_2"));
    assertThat(seen.name()).isEqualTo(world.database);
    assertThat(seen.clock()).isPresent();
    assertThat(seen.room())
        .hasValueSatisfying(
            room -> assertThat(room.needed()).isEqualTo(PostgresFacts.of(manifest).size()));
    assertThat(inspect(Intent.CAPTURE, NO_SET).room()).isEmpty();
  }

  @Test
  void aWrongPasswordIsToldByItsReferenceAndNeverByItsValue() throws IOException {
    try (var cluster = PostgresCluster.withPassword("the right one");
        var shell = new PostgresWorld(folder)) {
      var secret = new SecretRef(Optional.of("DB_PASSWORD"), Optional.empty());
      var component =
          new Component.Postgres(
              "database",
              "127.0.0.1",
              cluster.port(),
              "postgres",
              new Component.Credentials("postgres", Optional.of(secret)),
              "template1",
              Optional.empty(),
              Optional.empty());
      var wrong = new PostgresDriver(shell.shell, ref -> "s3cret-but-wrong", Clock.systemUTC());
      var right = new PostgresDriver(shell.shell, ref -> "the right one", Clock.systemUTC());

      var refused = wrong.inspect(new TestAttempt(), component, Intent.CAPTURE, NO_SET);
      var accepted = right.inspect(new TestAttempt(), component, Intent.CAPTURE, NO_SET);
      var captured = right.capture(new TestAttempt(), component, world.set);

      assertOnly(refused, ErrorType.AUTHENTICATION_FAILED, "environment variable DB_PASSWORD");
      assertThat(refused.findings().toString()).doesNotContain("s3cret");
      assertThat(accepted.findings()).isEmpty();
      assertThat(captured.artifacts()).isNotEmpty();
    }
  }

  @Test
  void noPasswordWhereOneIsAskedForIsAnAuthenticationFailure() {
    try (var cluster = PostgresCluster.withPassword("needed")) {
      var component =
          new Component.Postgres(
              "database",
              "127.0.0.1",
              cluster.port(),
              "postgres",
              new Component.Credentials("postgres", Optional.empty()),
              "template1",
              Optional.empty(),
              Optional.empty());

      var seen = world.driver.inspect(new TestAttempt(), component, Intent.CAPTURE, NO_SET);

      assertOnly(seen, ErrorType.AUTHENTICATION_FAILED, "no password");
    }
  }

  @Test
  void whatTheSetNeedsAndTheServerLacksIsFoundBeforeAnythingIsBuilt() {
    world.cluster.execute("postgres", "DROP ROLE IF EXISTS gone", "CREATE ROLE gone");
    world.execute("ALTER TABLE note OWNER TO gone");
    var manifest = world.capture();
    var facts = ((ObjectNode) manifest.facts()).deepCopy();
    facts.put("serverMajor", 99);
    facts.withObjectProperty("extensions").put("postgis", "3.5");
    var set =
        new ComponentManifest(
            manifest.name(),
            manifest.type(),
            manifest.target(),
            manifest.recoveryPoint(),
            facts,
            manifest.fingerprint(),
            manifest.artifacts(),
            manifest.warnings());
    world.execute("ALTER TABLE note OWNER TO postgres");
    world.cluster.execute("postgres", "DROP ROLE gone");

    for (var intent : List.of(Intent.REPLACE, Intent.STAGE)) {
      assertThat(errors(inspect(intent, Optional.of(set))))
          .satisfiesExactlyInAnyOrder(
              f -> assertThat(f.type()).isEqualTo(ErrorType.VERSION_MISMATCH),
              f -> assertThat(f.message()).contains("CREATE ROLE gone NOSUPERUSER"),
              f -> assertThat(f.message()).contains("postgis"));
    }
    // what is missing of roles is made where everything is built anew
    assertThat(errors(inspect(Intent.REBUILD, Optional.of(set))))
        .satisfiesExactlyInAnyOrder(
            f -> assertThat(f.type()).isEqualTo(ErrorType.VERSION_MISMATCH),
            f -> assertThat(f.message()).contains("postgis"));
    assertThat(errors(inspect(Intent.CAPTURE, Optional.of(set)))).isEmpty();
  }

  @Test
  void whatHangsOnTheDatabaseItselfWarnsABackupRefusesARestoreAndLeavesADrillAlone() {
    world.execute(
        "SELECT pg_create_logical_replication_slot('slot_" + world.database + "', 'pgoutput')",
        "CREATE SUBSCRIPTION sub_"
            + world.database
            + " CONNECTION 'host=127.0.0.1 port=1 dbname=none' PUBLICATION p WITH (connect = false)",
        "BEGIN; INSERT INTO note VALUES (9); PREPARE TRANSACTION 'prepared_"
            + world.database
            + "'");
    try {
      var backup = inspect(Intent.CAPTURE, NO_SET);
      var restore = inspect(Intent.REPLACE, NO_SET);
      var drill = inspect(Intent.STAGE, NO_SET);

      assertThat(errors(backup)).isEmpty();
      assertThat(backup.findings()).hasSize(3);
      assertThat(drill.findings()).isEmpty();
      assertThat(errors(restore))
          .extracting(Finding::message)
          .satisfiesExactlyInAnyOrder(
              m -> assertThat(m).contains("slot_" + world.database),
              m -> assertThat(m).contains("sub_" + world.database),
              m -> assertThat(m).contains("prepared_" + world.database));
    } finally {
      world.execute(
          "ROLLBACK PREPARED 'prepared_" + world.database + "'",
          "SELECT pg_drop_replication_slot('slot_" + world.database + "')",
          "ALTER SUBSCRIPTION sub_" + world.database + " DISABLE",
          "ALTER SUBSCRIPTION sub_" + world.database + " SET (slot_name = NONE)",
          "DROP SUBSCRIPTION sub_" + world.database);
    }
  }

  @Test
  void toolsOfAnotherVersionAreRefused() throws IOException {
    var tool =
        Files.writeString(
            folder.resolve("pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertOnly(
        world.driver.inspect(world.attempt, withTools(folder), Intent.CAPTURE, NO_SET),
        ErrorType.VERSION_MISMATCH,
        "9.6.24");
  }

  @Test
  void missingToolsAreToldWithTheirPackage() {
    assertOnly(
        world.driver.inspect(
            world.attempt, withTools(folder.resolve("nowhere")), Intent.CAPTURE, NO_SET),
        ErrorType.PROGRAM_MISSING,
        "postgresql-client-");
  }

  @Test
  void aDatabaseThatIsItsOwnMaintenanceDatabaseCannotBeRestored() {
    var component =
        new Component.Postgres(
            "database",
            "127.0.0.1",
            world.cluster.port(),
            world.database,
            world.component.admin(),
            world.database,
            Optional.empty(),
            Optional.empty());

    assertOnly(
        world.driver.inspect(world.attempt, component, Intent.REPLACE, NO_SET),
        ErrorType.INPUT_INVALID,
        "maintenanceDatabase");
    // a drill builds beside it and renames nothing
    assertThat(world.driver.inspect(world.attempt, component, Intent.STAGE, NO_SET).findings())
        .isEmpty();
  }

  @Test
  void aDatabaseThatWasLeftClosedIsFound() {
    world.cluster.execute(
        "postgres", "ALTER DATABASE " + world.database + " ALLOW_CONNECTIONS false");

    assertOnly(
        inspect(Intent.CAPTURE, NO_SET), ErrorType.DATABASE_UNAVAILABLE, "accepts no connections");
    var drill = inspect(Intent.STAGE, NO_SET);
    assertThat(drill.findings()).isEmpty();
    assertThat(drill.room()).isPresent();
  }

  @Test
  void readingASetBackAsksTheServerNothing() {
    var manifest = world.capture();
    var nowhere =
        new Component.Postgres(
            "database",
            "127.0.0.1",
            1,
            world.database,
            world.component.admin(),
            "postgres",
            Optional.empty(),
            Optional.empty());

    var seen = world.driver.inspect(world.attempt, nowhere, Intent.READ, Optional.of(manifest));

    assertThat(seen.findings()).isEmpty();
    assertThat(seen.identity()).isEmpty();
    assertThat(seen.absent()).isEmpty();
  }

  private Component.Postgres withTools(Path tools) {
    return new Component.Postgres(
        "database",
        "127.0.0.1",
        world.cluster.port(),
        world.database,
        world.component.admin(),
        "postgres",
        Optional.of(tools.toString()),
        Optional.empty());
  }

  private Inspection inspect(Intent intent, Optional<ComponentManifest> set) {
    return world.driver.inspect(world.attempt, world.component, intent, set);
  }

  private static List<Finding> errors(Inspection seen) {
    return seen.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
  }

  private static void assertOnly(Inspection seen, ErrorType type, String... words) {
    assertThat(errors(seen))
        .singleElement()
        .satisfies(f -> {
          assertThat(f.type()).isEqualTo(type);
          assertThat(f.message()).contains(words);
        });
  }
}
