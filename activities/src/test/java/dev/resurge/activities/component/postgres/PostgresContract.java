package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the driver does to a server, told once and run twice: over a real one and over the one in
 * memory, on which the procedures are tried with a fault at every call.
 */
@Timeout(120)
abstract class PostgresContract {
  private static final Owner OWNER = new Owner("library", "test");
  private static final String MANIFEST = "0123456789abcdef";

  @TempDir Path folder;
  private final TestAttempt attempt = new TestAttempt();
  private PostgresContractWorld world;
  private PostgresDriver driver;
  private Component.Postgres component;
  private String live;

  abstract PostgresContractWorld world(Path place);

  @BeforeEach
  void aDatabase() {
    world = world(folder);
    driver = world.driver();
    component = world.component();
    live = component.database();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRestoreReplacesNewerDataAndKeepsIt() {
    driver.mark(attempt, component, OWNER);
    driver.mark(attempt, component, OWNER);
    assertThat(errors(Intent.CAPTURE, Optional.empty())).isEmpty();
    var manifest = capture();
    note("newer");
    assertThat(errors(Intent.REPLACE, Optional.of(manifest))).isEmpty();

    var copy = stage(attempt, manifest);
    assertThat(verified(manifest, copy)).isTrue();
    var swap = swapFor(manifest, copy);
    assertThat(position(swap)).isEqualTo(Position.BEFORE);
    assertThat(world.databases()).containsExactlyInAnyOrder(live, copy.name());
    cutOver(swap);
    cutOver(swap);

    assertThat(position(swap)).isEqualTo(Position.AFTER);
    assertThat(notes(live)).isEqualTo("1");
    var kept = driver.retain(attempt, component, OWNER, swap).orElseThrow();
    assertThat(notes(kept.name())).isEqualTo("2");
    assertThat(kept.identity()).isEqualTo(manifest.target());
    assertThat(driver.retained(attempt, component))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("size") // autovacuum changes it
        .containsExactly(kept);
    assertThat(inspected(Intent.CAPTURE, Optional.empty()).owner()).contains(OWNER);
    driver.remove(new TestAttempt(), component, kept);
    driver.remove(new TestAttempt(), component, kept);
    assertThat(world.databases()).containsExactly(live);
  }

  @Test
  void aHealthyDatabaseIsFitForEverything() {
    var manifest = Optional.of(capture());

    assertThat(errors(Intent.CAPTURE, Optional.empty())).isEmpty();
    for (var intent : List.of(Intent.READ, Intent.STAGE, Intent.REPLACE, Intent.REBUILD)) {
      assertThat(errors(intent, manifest)).as(intent.name()).isEmpty();
    }
    assertThat(inspected(Intent.REPLACE, manifest).room()).isPresent();
  }

  @Test
  void swappingBackBringsTheOldDataBackAndKeepsTheRejected() {
    var swap = stagedSwap();
    note("newer");
    cutOver(swap);

    driver.swapBack(attempt, component, swap);
    driver.swapBack(attempt, component, swap);

    assertThat(position(swap)).isEqualTo(Position.BACK);
    assertThat(notes(live)).isEqualTo("2");
    assertThat(driver.retained(attempt, component))
        .singleElement()
        .satisfies(rejected -> {
          assertThat(rejected.why()).isEqualTo("rejected");
          assertThat(rejected.identity()).isEqualTo(swap.staged());
        });
    assertThatThrownBy(() -> cutOver(swap)).satisfies(is(ErrorType.TARGET_CHANGED));
    driver.discard(attempt, component);
    assertThat(world.databases()).containsExactlyInAnyOrder(live, swap.rejectedName());
  }

  @Test
  void whatIsCutOffHalfWayIsInBetweenAndGoesEitherWay() {
    var swap = stagedSwap();
    allow(live, false);
    assertThat(position(swap)).isEqualTo(Position.BETWEEN);

    driver.swapBack(attempt, component, swap);
    assertThat(position(swap)).isEqualTo(Position.BEFORE);
    allow(live, false);
    cutOver(swap);

    assertThat(position(swap)).isEqualTo(Position.AFTER);
  }

  @Test
  void nobodyGetsIntoAClosedDatabaseAndOnlyTheAdminIntoACopy() {
    var visitor = role("LOGIN");
    var swap = stagedSwap();
    assertThat(world.refusal(swap.stagedName(), visitor)).isEqualTo("42501");
    assertThat(world.refusal("no_such_database", visitor)).isEqualTo("3D000");
    assertThat(world.refusal(live, "no_such_role")).isEqualTo("28000");
    assertThat(world.refusal(live, visitor)).isEmpty();

    cutOver(swap);

    assertThat(world.refusal(live, visitor)).isEmpty();
    assertThat(world.refusal(swap.retainedName(), "postgres")).isEqualTo("55000");
    driver.retain(attempt, component, OWNER, swap);
    assertThat(world.refusal(swap.retainedName(), "postgres")).isEmpty();
    assertThat(world.refusal(swap.retainedName(), visitor)).isEqualTo("42501");
  }

  @Test
  void sessionsOnBothSidesAreEnded() throws SQLException {
    var swap = stagedSwap();
    try (var old = world.connect(live, "postgres", "application");
        var copy = world.connect(swap.stagedName(), "postgres", "person");
        var writing = old.createStatement()) {
      writing.execute("INSERT INTO note VALUES ('newer')");
      assertThatThrownBy(() ->
              world.execute("postgres", "ALTER DATABASE " + live + " RENAME TO " + live + "_mine"))
          .hasRootCauseInstanceOf(SQLException.class)
          .hasStackTraceContaining("is being accessed by other users");

      cutOver(swap);

      assertThatThrownBy(() -> writing.execute("INSERT INTO note VALUES ('lost')"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
      assertThatThrownBy(() -> writing.execute("INSERT INTO note VALUES ('lost')"))
          .isInstanceOf(SQLException.class);
      assertThat(old.isValid(5)).isFalse();
      assertThat(copy.isValid(5)).isFalse();
    }
  }

  @Test
  void whatAnEarlierAttemptHadNotCommittedIsAsIfItHadNotBeen() throws SQLException {
    var swap = stagedSwap();
    var earlier = ApplicationNames.of(attempt, component.name());
    try (var zombie = world.connect("postgres", "postgres", earlier);
        var statement = zombie.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("ALTER DATABASE " + live + " RENAME TO " + live + "_mine");
      assertThat(world.databases()).contains(live);

      driver.cutOver(later(), component, swap);

      assertThatThrownBy(() -> statement.execute("COMMIT")).isInstanceOf(SQLException.class);
    }
    assertThat(position(swap)).isEqualTo(Position.AFTER);
  }

  /** Else a worker that hangs while it marks would keep every other one from going on. */
  @Test
  void whatAnEarlierAttemptWasMarkingIsMarkedByTheNextOne() throws SQLException {
    var swap = stagedSwap();
    cutOver(swap);
    var earlier = ApplicationNames.of(attempt, component.name());
    for (var marked : List.of(live, swap.retainedName())) {
      try (var zombie = world.connect("postgres", "postgres", earlier);
          var statement = zombie.createStatement()) {
        statement.execute("BEGIN");
        statement.execute("ALTER DATABASE " + marked + " CONNECTION LIMIT 17");

        driver.retain(later(), component, OWNER, swap);
        driver.mark(later(), component, OWNER);

        assertThatThrownBy(() -> statement.execute("COMMIT")).isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void aTransactionThatFailedTakesNothingButItsEndAndChangesNothing() throws SQLException {
    try (var session = world.connect("postgres", "postgres", "person");
        var statement = session.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("ALTER DATABASE " + live + " RENAME TO " + live + "_mine");
      assertState("3D000", () -> statement.execute("ALTER DATABASE nobodys OWNER TO postgres"));
      assertState("25P02", () -> statement.executeQuery("SELECT current_user"));
      statement.execute("COMMIT");
      statement.execute("BEGIN");
      assertState("25001", () -> statement.execute("DROP DATABASE " + live));
      statement.execute("ROLLBACK");
    }
    assertThat(world.databases()).containsExactly(live);
  }

  @Test
  void oneTransactionAtATimeChangesADatabaseAndWhoWaitsGivesUpInTime() throws SQLException {
    try (var first = world.connect("postgres", "postgres", "person");
        var second = world.connect("postgres", "postgres", "person");
        var changing = first.createStatement();
        var waiting = second.createStatement()) {
      changing.execute("BEGIN");
      changing.execute("ALTER DATABASE " + live + " CONNECTION LIMIT 17");
      waiting.execute("SET lock_timeout = 50");
      assertState(
          "55P03", () -> waiting.execute("ALTER DATABASE " + live + " ALLOW_CONNECTIONS false"));
      changing.execute("ROLLBACK");

      waiting.execute("ALTER DATABASE " + live + " ALLOW_CONNECTIONS false");
    }
    assertThat(world.refusal(live, "postgres")).isEqualTo("55000");
  }

  @Test
  void aCompleteCopyIsUsedAgainAndOneOfAnotherManifestReplaced() {
    var manifest = capture();
    var first = stage(attempt, manifest);

    assertThat(stage(later(), manifest)).isEqualTo(first);
    var other = driver.stage(later(), component, manifest, "another", world.set());

    assertThat(other.identity()).isNotEqualTo(first.identity());
    assertThat(driver.staged(attempt, component)).containsExactly(other.name());
    driver.discard(later(), component);
    assertThat(world.databases()).containsExactly(live);
  }

  @Test
  void anAttemptThatIsStuckWhileItLoadsIsEndedByTheNext() throws Exception {
    var manifest = capture();
    var halfWay = new CountDownLatch(1);
    var forEver = new CountDownLatch(1);
    world.set().readThrough(in -> new StopsAfterTheFirstBytes(in, halfWay, forEver));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stuck = threads.submit(() -> stage(attempt, manifest));
      try {
        halfWay.await();
        world.set().readThrough(in -> in);

        var copy = stage(later(), manifest);

        assertThat(verified(manifest, copy)).isTrue();
        assertThat(world.databases()).containsExactlyInAnyOrder(live, copy.name());
      } finally {
        forEver.countDown();
      }
      assertThatThrownBy(stuck::get).hasCauseInstanceOf(ResurgeException.class);
    }
    assertThat(driver.staged(attempt, component)).hasSize(1);
  }

  @Test
  void anAttemptThatIsCancelledWhileItLoadsSaysSoAndLeavesNoSession() throws Exception {
    var manifest = capture();
    var halfWay = new CountDownLatch(1);
    var forEver = new CountDownLatch(1);
    world.set().readThrough(in -> new StopsAfterTheFirstBytes(in, halfWay, forEver));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stuck = threads.submit(() -> stage(attempt, manifest));
      halfWay.await();

      attempt.cancel();
      forEver.countDown();

      assertThatThrownBy(stuck::get).hasCauseInstanceOf(CancellationException.class);
    }
    world.set().readThrough(in -> in);
    driver.discard(later(), component);
    assertThat(world.databases()).containsExactly(live);
  }

  @Test
  void aDamagedArchiveIsFoundWhereverItIsRead() throws IOException {
    var manifest = capture();
    assertThat(driver.verify(attempt, component, manifest, world.set()))
        .allMatch(CheckResult::passed);
    var data = world.set().file("data-1.dump");
    var bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> driver.verify(attempt, component, manifest, world.set()))
        .satisfies(is(ErrorType.SET_CORRUPT));
    assertThatThrownBy(() -> stage(attempt, manifest)).hasMessageContaining("pg_restore");
    driver.discard(attempt, component);
    assertThat(world.databases()).containsExactly(live);
  }

  @Test
  void aCopyThatLostARowDoesNotVerify() {
    var manifest = capture();
    var copy = stage(attempt, manifest);
    world.execute(copy.name(), "INSERT INTO note VALUES ('stray')");

    assertThat(verified(manifest, copy)).isFalse();
  }

  @Test
  void inPlaceTheLiveDatabaseIsRemovedAndTheCopyTakesItsName() {
    var manifest = capture();
    note("newer");

    driver.removeLive(attempt, component, manifest.target());
    driver.removeLive(attempt, component, manifest.target());
    assertThat(driver.reopen(attempt, component, manifest.target())).isFalse();
    var copy = stage(attempt, manifest);
    var swap = driver.swapFor(attempt, component, Optional.empty(), manifest.target(), copy);
    cutOver(swap);

    assertThat(position(swap)).isEqualTo(Position.AFTER);
    assertThat(notes(live)).isEqualTo("1");
    assertThat(driver.retain(attempt, component, OWNER, swap)).isEmpty();
    assertThat(world.databases()).containsExactly(live);
  }

  @Test
  void aRemovalThatOnlyClosedTheLiveDatabaseCanBeTakenBack() {
    var target = capture().target();
    allow(live, false);

    assertThat(errors(Intent.CAPTURE, Optional.empty())).anyMatch(m -> m.contains("no connection"));
    assertThat(driver.reopen(attempt, component, target)).isTrue();

    assertThat(notes(live)).isEqualTo("1");
    assertThatThrownBy(
            () -> driver.removeLive(attempt, component, new TargetIdentity("postgres-1-2")))
        .satisfies(is(ErrorType.TARGET_CHANGED));
  }

  @Test
  void whereNothingIsRolesAreMadeAndTheDatabaseIsBuilt() {
    var owner = role("NOLOGIN");
    world.execute("postgres", "ALTER DATABASE " + live + " OWNER TO " + owner);
    var manifest = capture();
    world.execute("postgres", "DROP DATABASE " + live, "DROP ROLE " + owner);

    var inspection = inspected(Intent.REBUILD, Optional.of(manifest));
    assertThat(inspection.absent()).isPresent();
    assertThat(inspection.identity()).isEmpty();
    assertThat(errors(Intent.REBUILD, Optional.of(manifest))).isEmpty();
    assertThat(driver.prepare(attempt, component, manifest)).containsExactly("role " + owner);
    assertThat(driver.prepare(attempt, component, manifest)).isEmpty();
    var copy = stage(attempt, manifest);
    assertThat(verified(manifest, copy)).isTrue();
    var swap = driver.swapFor(attempt, component, Optional.empty(), manifest.target(), copy);
    cutOver(swap);

    assertThat(notes(live)).isEqualTo("1");
    driver.swapBack(attempt, component, swap);
    assertThat(position(swap)).isEqualTo(Position.BACK);
    assertThat(world.databases()).containsExactly(swap.rejectedName());
  }

  @Test
  void aRetainedCopyGoesLiveAgainWithItsGrants() {
    var visitor = role("LOGIN");
    world.execute(
        "postgres",
        "REVOKE CONNECT ON DATABASE " + live + " FROM PUBLIC",
        "GRANT CONNECT ON DATABASE " + live + " TO " + visitor);
    var swap = stagedSwap();
    note("newer");
    cutOver(swap);
    var kept = driver.retain(attempt, component, OWNER, swap).orElseThrow();
    var second = new TestAttempt();

    adopt(second, kept);
    driver.discard(second, component);
    assertThat(driver.retained(second, component))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("size")
        .containsExactly(kept);
    assertThat(world.refusal(kept.name(), visitor)).isEqualTo("42501");
    var copy = adopt(second, kept);
    var again = driver.swapFor(second, component, Optional.of(swap.staged()), swap.staged(), copy);
    driver.cutOver(second, component, again);

    assertThat(notes(live)).isEqualTo("2");
    assertThat(world.refusal(live, visitor)).isEmpty();
    assertThat(world.refusal(live, role("LOGIN"))).isEqualTo("42501");
  }

  @Test
  void aTargetThatSomebodyRenamedIsChangedAndNothingMoves() {
    var swap = stagedSwap();
    world.execute(
        "postgres",
        "ALTER DATABASE " + live + " RENAME TO " + live + "_mine",
        "CREATE DATABASE " + live);

    assertThat(position(swap)).isEqualTo(Position.CHANGED);
    assertThatThrownBy(() -> cutOver(swap)).satisfies(is(ErrorType.TARGET_CHANGED));
    assertThatThrownBy(() -> driver.swapBack(attempt, component, swap))
        .satisfies(is(ErrorType.TARGET_CHANGED));
    assertThat(world.databases())
        .containsExactlyInAnyOrder(live, live + "_mine", swap.stagedName());
  }

  @Test
  void peopleAreToldWhatWouldBeGivenUpAndChecksAreAnswered() {
    var manifest = capture();
    var copy = Optional.of(stage(attempt, manifest));
    note("newer");

    assertThat(driver.givenUp(attempt, component, manifest))
        .first()
        .isEqualTo("public.note: 2 rows now, 1 more than in the set");
    var sql = "SELECT count(*) FROM public.note";
    assertThat(driver.query(attempt, component, Optional.empty(), sql)).isEqualTo("2");
    assertThat(driver.query(attempt, component, copy, sql)).isEqualTo("1");
    assertThat(
            driver.missingTables(attempt, component, copy, List.of("public.note", "public.none")))
        .containsExactly("public.none");
  }

  private interface Statement {
    Object run() throws SQLException;
  }

  private static void assertState(String state, Statement statement) {
    assertThatThrownBy(statement::run)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  private static Consumer<Throwable> is(ErrorType type) {
    return e ->
        assertThat(e)
            .isInstanceOfSatisfying(
                ResurgeException.class, r -> assertThat(r.type()).isEqualTo(type));
  }

  private String role(String options) {
    var name = "role_" + UUID.randomUUID().toString().substring(0, 8);
    world.execute("postgres", "CREATE ROLE " + name + " " + options);
    return name;
  }

  private Attempt later() {
    return new TestAttempt(attempt.run());
  }

  private ComponentManifest capture() {
    return driver.capture(attempt, component, world.set());
  }

  private StagedCopy stage(Attempt by, ComponentManifest manifest) {
    return driver.stage(by, component, manifest, MANIFEST, world.set());
  }

  private StagedCopy adopt(Attempt by, Retained kept) {
    return driver.adopt(by, component, kept);
  }

  private boolean verified(ComponentManifest manifest, StagedCopy copy) {
    return driver.verifyStaged(attempt, component, manifest, world.set(), copy).stream()
        .allMatch(CheckResult::passed);
  }

  private Swap stagedSwap() {
    var manifest = capture();
    return swapFor(manifest, stage(attempt, manifest));
  }

  private Swap swapFor(ComponentManifest manifest, StagedCopy copy) {
    var target = manifest.target();
    return driver.swapFor(attempt, component, Optional.of(target), target, copy);
  }

  private void cutOver(Swap swap) {
    driver.cutOver(attempt, component, swap);
  }

  private Position position(Swap swap) {
    return driver.position(attempt, component, swap);
  }

  private Inspection inspected(Intent intent, Optional<ComponentManifest> set) {
    return driver.inspect(attempt, component, intent, set);
  }

  private List<String> errors(Intent intent, Optional<ComponentManifest> set) {
    return inspected(intent, set).findings().stream()
        .filter(f -> f.severity() == Finding.Severity.ERROR)
        .map(Finding::message)
        .toList();
  }

  private void note(String text) {
    world.execute(live, "INSERT INTO note VALUES ('" + text + "')");
  }

  private String notes(String database) {
    return world.value(database, "SELECT count(*) FROM note");
  }

  private void allow(String database, boolean allows) {
    world.execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS " + allows);
  }
}
