package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.PostgresCluster;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.StagedCopy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PostgresStageIT {
  @TempDir Path folder;
  private PostgresWorld world;

  @BeforeEach
  void aDatabase() {
    world = new PostgresWorld(folder);
    fill(world);
  }

  private static void fill(PostgresWorld world) {
    world.execute(
        "CREATE TABLE big (id integer PRIMARY KEY, text text)",
        "INSERT INTO big SELECT n, repeat('b', 300) FROM generate_series(1, 20000) n",
        "CREATE TABLE other (id integer, text text)",
        "INSERT INTO other SELECT n, repeat('o', 300) FROM generate_series(1, 10000) n",
        "CREATE TABLE part (id integer) PARTITION BY LIST (id)",
        "CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1)",
        "INSERT INTO part VALUES (1)");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aCopyThatIsCompleteIsUsedAgain() {
    var manifest = world.capture();
    var first = world.stage(manifest);

    var again =
        world.driver.stage(
            world.laterAttempt(), world.component, manifest, PostgresWorld.MANIFEST, world.set);

    assertThat(again).isEqualTo(first);
  }

  @Test
  void aCopyOfAnotherManifestIsReplaced() {
    var manifest = world.capture();
    var first = world.stage(manifest);

    var second =
        world.driver.stage(world.laterAttempt(), world.component, manifest, "fedcba", world.set);

    assertThat(second.identity()).isNotEqualTo(first.identity());
    assertThat(world.databases()).isEqualTo(world.database + " " + second.name());
  }

  @Test
  void anAttemptThatIsStuckHalfWayWithItsProgramsAliveIsEndedByTheNext() throws Exception {
    var manifest = world.capture();
    var halfWay = new CountDownLatch(1);
    var forEver = new CountDownLatch(1);
    var zombie = new TestAttempt(world.attempt.run());
    world.set.readThrough(in -> new StopsAfterTheFirstBytes(in, halfWay, forEver));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stuck = threads.submit(() -> stage(world, zombie, manifest));
      try {
        halfWay.await();
        await(() -> !programs(zombie).isEmpty());
        world.set.readThrough(in -> in);

        var copy = stage(world, world.laterAttempt(), manifest);

        assertThat(programs(zombie)).isEmpty();
        assertThat(world.databases()).isEqualTo(world.database + " " + copy.name());
        assertThatItIsWhatWasCaptured(manifest, copy);
      } finally {
        forEver.countDown();
      }
      assertThatThrownBy(stuck::get).hasCauseInstanceOf(ResurgeException.class);
    }
    assertThat(world.databases()).doesNotContain(zombie.token());
    assertThat(spooled(zombie)).isEmpty();
  }

  @Test
  void anAttemptThatWasGivenUpWhileItStoodStillRemovesWhatItBuilt() {
    var manifest = world.capture();
    var ofAnother = stage(world, new TestAttempt(), manifest);
    var late = new TestAttempt(world.attempt.run());
    late.giveUp();

    assertThatThrownBy(() -> stage(world, late, manifest))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining(late.token());

    assertThat(world.databases()).isEqualTo(world.database + " " + ofAnother.name());
  }

  @Test
  void aCompleteCopyOfAnInterruptedRunIsUsedByTheRunThatContinuesItAndNoOther() {
    var manifest = world.capture();
    var interrupted = new TestAttempt();
    var complete = stage(world, interrupted, manifest);
    var stranger = stage(world, new TestAttempt(), manifest);
    var run = world.attempt.run().continuing(List.of(interrupted.run().id()));

    var copy = stage(world, new TestAttempt(run), manifest);

    assertThat(copy).isEqualTo(complete);
    assertThat(world.driver.staged(new TestAttempt(run), world.component))
        .containsExactly(complete.name());
    world.driver.discard(new TestAttempt(run), world.component);
    assertThat(world.databases()).isEqualTo(world.database + " " + stranger.name());
  }

  @Test
  void whatAnInterruptedRunLeftHalfDoneIsEndedAndRemovedByTheRunThatContinuesIt() throws Exception {
    var manifest = world.capture();
    var halfWay = new CountDownLatch(1);
    var forEver = new CountDownLatch(1);
    var zombie = new TestAttempt();
    world.set.readThrough(in -> new StopsAfterTheFirstBytes(in, halfWay, forEver));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stuck = threads.submit(() -> stage(world, zombie, manifest));
      try {
        halfWay.await();
        await(() -> !programs(zombie).isEmpty());
        world.set.readThrough(in -> in);
        createDatabase(StagingNames.stagedPrefix(world.database, zombie.run().id()) + "unmarked");
        var run = world.attempt.run().continuing(List.of(zombie.run().id()));
        assertThat(world.driver.staged(new TestAttempt(run), world.component)).hasSize(2);

        var copy = stage(world, new TestAttempt(run), manifest);

        assertThat(programs(zombie)).isEmpty();
        assertThat(sessions(zombie)).isZero();
        assertThat(spooled(zombie)).isEmpty();
        assertThat(world.databases()).isEqualTo(world.database + " " + copy.name());
        assertThatItIsWhatWasCaptured(manifest, copy);
      } finally {
        forEver.countDown();
      }
      assertThatThrownBy(stuck::get).hasCauseInstanceOf(ResurgeException.class);
    }
  }

  private long sessions(TestAttempt attempt) {
    return Long.parseLong(
        world.cluster.value(
            "postgres",
            "SELECT count(*) FROM pg_stat_activity WHERE starts_with(application_name, '"
                + ApplicationNames.prefix(attempt, "database")
                + "')"));
  }

  @Test
  void whatAKilledWorkerSpooledIsRemovedByTheNextAttempt() throws IOException {
    var left = SchemaSpool.of(world.attempt, "database", new ByteArrayInputStream(new byte[] {1}));
    assertThat(Files.getPosixFilePermissions(left.file()))
        .containsExactlyInAnyOrderElementsOf(PosixFilePermissions.fromString("rw-------"));

    world.driver.discard(world.laterAttempt(), world.component);

    assertThat(spooled(world.attempt)).isEmpty();
  }

  @Test
  void aDamagedArchiveFailsTheStagingAndLeavesNothingSpooled() throws IOException {
    var manifest = world.capture();
    var data = world.set.file("data-1.dump");
    var bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> world.stage(manifest))
        .hasMessageContaining("loading data-1.dump")
        .hasMessageContaining("pg_restore")
        .isInstanceOf(ResurgeException.class);
    assertThat(spooled(world.attempt)).isEmpty();
    assertThatThrownBy(
            () -> world.driver.verify(world.attempt, world.component, manifest, world.set))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.SET_CORRUPT));
  }

  @Test
  void discardingRemovesWhatTheRunStagedAndNothingElse() {
    var manifest = world.capture();
    world.stage(manifest);
    var otherRun = stage(world, new TestAttempt(), manifest);
    var prefix = StagingNames.stagedPrefix(world.database, world.attempt.run().id());
    createDatabase(prefix + "empty001");
    createDatabase(prefix + "filled01");
    world.cluster.execute(prefix + "filled01", "CREATE TABLE precious (id integer)");
    createDatabase(prefix + "tooLong001");

    world.driver.discard(world.laterAttempt(), world.component);

    assertThat(world.databases().split(" "))
        .containsExactlyInAnyOrder(
            world.database, otherRun.name(), prefix + "filled01", prefix + "tooLong001");
  }

  @Test
  void aMarkerThatIsNotOursCountsForNothing() {
    createDatabase(world.database + "_theirs");
    world.cluster.execute(
        "postgres",
        "ALTER DATABASE " + world.database + "_theirs SET resurge.staged TO 'not json'",
        "ALTER DATABASE "
            + world.database
            + " SET resurge.staged TO '"
            + "{\"run\":\""
            + world.attempt.run().id()
            + "\",\"component\":\"database\","
            + "\"token\":\"abcdefgh\",\"state\":\"loading\",\"manifest\":\"\",\"acl\":null}'");

    world.driver.discard(world.laterAttempt(), world.component);

    assertThat(world.databases()).isEqualTo(world.database + " " + world.database + "_theirs");
  }

  @Test
  void statisticsAreThereAlsoForPartitionedParents() {
    var copy = world.stage(world.capture());

    assertThat(
            world.cluster.value(
                copy.name(),
                "SELECT count(DISTINCT tablename) FROM pg_stats WHERE schemaname = 'public'"))
        .isEqualTo("4");
  }

  @Test
  void aSourceWithoutPublicSchemaAndLanguageIsRestoredWithoutThem() {
    world.execute("CREATE SCHEMA mine", "DROP EXTENSION plpgsql", "DROP SCHEMA public CASCADE");
    var manifest = world.capture();

    var copy = world.stage(manifest);

    assertThatItIsWhatWasCaptured(manifest, copy);
    assertThat(world.dump(copy.name())).isEqualTo(world.dump(world.database));
  }

  @Test
  void aLongNameOfManyBytesIsCutToFitAndNoOtherDatabaseIsMistakenForIt() {
    var name = "日本語のとても長い名前データベース" + "é" + "x=' \"y"; // 17 * 3 + 2 + 7 = 60 bytes
    try (var odd =
        new PostgresWorld(PostgresCluster.shared(), PostgresWorld.newFolder(folder), name)) {
      fill(odd);
      var manifest = odd.capture();
      var copy = odd.stage(manifest);
      var swap = odd.swapFor(manifest.target(), copy);

      odd.driver.cutOver(odd.attempt, odd.component, swap);

      assertThat(List.of(swap.stagedName(), swap.retainedName(), swap.rejectedName()))
          .allSatisfy(
              n -> assertThat(n.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63));
      assertThat(odd.driver.position(odd.attempt, odd.component, swap)).isEqualTo(Position.AFTER);
      odd.driver.swapBack(odd.attempt, odd.component, swap);
      assertThat(odd.exists(name)).isTrue();
    }
  }

  @Test
  void aSetOfANewerServerIsRefused() {
    var manifest = world.capture();
    var facts = ((ObjectNode) manifest.facts()).deepCopy();
    facts.put("serverMajor", 99);
    var newer =
        new ComponentManifest(
            manifest.name(),
            manifest.type(),
            manifest.target(),
            manifest.recoveryPoint(),
            facts,
            manifest.fingerprint(),
            manifest.artifacts(),
            manifest.warnings());

    assertThatThrownBy(() -> world.stage(newer))
        .isInstanceOfSatisfying(
            ResurgeException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.VERSION_MISMATCH));
  }

  @Test
  void runsWithTheSameLastCharactersDoNotRemoveEachOthersCopies() {
    var manifest = world.capture();
    var first = world.stage(manifest);
    var sameEnd = new TestAttempt(sibling(world.attempt.run()));

    world.driver.discard(sameEnd, world.component);

    assertThat(world.exists(first.name())).isTrue();
  }

  private static Run sibling(Run run) {
    var id =
        RunId.of(
            run.requested().minusSeconds(60), Procedure.RESTORE, run.id().shortName().substring(2));
    return new Run(
        id,
        run.procedure(),
        run.system(),
        run.runbookText(),
        run.runbookDigest(),
        run.requester(),
        run.reason(),
        run.requested(),
        run.declared(),
        run.scope());
  }

  private static StagedCopy stage(
      PostgresWorld world, Attempt attempt, ComponentManifest manifest) {
    return world.driver.stage(
        attempt, world.component, manifest, PostgresWorld.MANIFEST, world.set);
  }

  private void assertThatItIsWhatWasCaptured(ComponentManifest manifest, StagedCopy copy) {
    assertThat(world.driver.verifyStaged(world.attempt, world.component, manifest, world.set, copy))
        .allMatch(CheckResult::passed);
  }

  private void createDatabase(String name) {
    world.cluster.execute("postgres", "CREATE DATABASE " + Quoting.identifier(name));
  }

  /** Command lines of pg_restore that work for the attempt's copy. */
  private static List<String> programs(TestAttempt attempt) {
    return ProcessHandle.allProcesses()
        .flatMap(p -> p.info().commandLine().stream())
        .filter(c -> c.contains("pg_restore") && c.contains(attempt.token()))
        .toList();
  }

  private static List<Path> spooled(TestAttempt attempt) {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("resurge-" + attempt.run().id()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    assertThat(Poll.until(Duration.ofSeconds(60), Duration.ofMillis(10), condition)).isTrue();
  }
}
