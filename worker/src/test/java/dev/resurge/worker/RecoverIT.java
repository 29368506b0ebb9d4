package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.LiveData;
import dev.resurge.worker.world.Prompt.Command;
import dev.resurge.worker.world.RunbookText;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A machine is lost; its system comes back on another one that has PostgreSQL, the application's
 * program, the passwords, the keys and the store, by commands that are typed there.
 */
@Tag("slow")
@Timeout(300)
class RecoverIT {

  private static final Pattern SETTLE = Pattern.compile("\\./resurge (settle [^\\n]*)");

  private World world;
  private LiveData lost;

  @BeforeEach
  void aSystemThatIsBackedUp() {
    world = World.startOnItsOwnMachine();
    lost = world.live();
    world.backup();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void oneCommandBringsEverythingBack() {
    var machine = world.loseMachine();

    var recovery = machine.recover("--yes", "--declared", "10m ago");

    assertThat(recovery.exitCode()).as(recovery.said()).isZero();
    assertRecovered();
    var evidence = evidence();
    assertThat(evidence.clocks().declared()).isPresent();
    assertThat(evidence.clocks().healthy()).isPresent();
    assertThat(evidence.checks()).isNotEmpty().allMatch(check -> check.passed());
    var report = world.store().resolve(world.system() + "/evidence/" + evidence.run() + ".html");
    var verified = machine.type(List.of("report", "verify", report.toString()));
    assertThat(verified.exitCode()).as(verified.said()).isZero();
    assertThat(verified.said()).contains("genuine", "verdict pass");
    assertThat(machine.filesThatSay(World.PASSWORD)).isEmpty();
  }

  @Test
  void killedWhileItLoadsTheSameCommandGoesOnWithTheCopyThatWasComplete() throws IOException {
    var machine = world.loseMachine();
    var first = machine.recover("--yes");
    var hold = world.holdStagedBooks();
    world.awaitHeldSession();
    first.awaitSaying("✓ stage files");
    var files = world.liveFiles().resolveSibling(world.otherDirectories().getFirst());
    var inode = Files.getAttribute(files, "unix:ino");
    first.killWithWorker();
    assertThat(world.stagedDatabases()).hasSize(1);
    assertThat(world.sessionsOfRuns()).as("sessions that survived").isPositive();

    var second = machine.recover("--yes");

    assertThat(second.exitCode()).as(second.said()).isZero();
    hold.release();
    assertRecovered();
    assertThat(Files.getAttribute(world.liveFiles(), "unix:ino")).isEqualTo(inode);
  }

  @Test
  void killedWhenAllWasLoadedTheSameCommandUsesAllOfIt() {
    var checking = world.gate("check").shut();
    world.runbook(standard ->
        standard.plus(
            "checks",
            "- type: command\n  name: gate\n  when: staged\n  command: "
                + RunbookText.list(checking.command())));
    world.backup();
    var machine = world.loseMachine();
    var first = machine.recover("--yes");
    checking.awaitArrival();
    var staged = world.identityOf(world.stagedDatabases().getFirst());
    first.killWithWorker();
    checking.open();

    var second = machine.recover("--yes");

    assertThat(second.exitCode()).as(second.said()).isZero();
    assertRecovered();
    assertThat(world.identityOf(world.system())).isEqualTo(staged);
  }

  @Test
  void killedInTheCutOverItIsSettledByTheCommandThatTheNextOneNames() throws IOException {
    var machine = world.loseMachine();
    var elsewhere = machine.mountStoreElsewhere();
    var starting = world.gate("start").shut();
    var first = machine.recover("--yes");
    starting.awaitArrival();
    first.killWithWorker();
    starting.open();
    assertThat(first.said()).contains("it names another store", "correct spec.store");

    var refused = machine.recover("--yes");
    assertThat(refused.exitCode()).as(refused.said()).isEqualTo(3);
    var settle = new ArrayList<>(List.of(refused.find(SETTLE).split(" ")));
    settle.add("--yes");
    var settled = machine.type(settle);

    assertThat(settled.exitCode()).as(settled.said()).isZero();
    elsewhere.close();
    assertRecovered();
    assertThat(settled.said()).contains("\n  Now:\n  database: the restored data is live");
  }

  @Test
  void interruptedByCtrlCNothingIsLeftRunningAndTheSameCommandGoesOn() {
    var machine = world.loseMachine();
    var first = machine.recover("--yes");
    var hold = world.holdStagedBooks();
    world.awaitHeldSession();
    var began = System.nanoTime();

    first.interrupt();

    assertThat(first.exitCode()).as(first.said()).isEqualTo(130);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));
    assertThat(first.said()).doesNotContain("Temporal does not answer");
    assertNothingRuns();
    assertThat(first.said()).contains("go on:  ./resurge recover --store " + machine.store());
    hold.release();
    var second = machine.recover("--yes");
    assertThat(second.exitCode()).as(second.said()).isZero();
    assertRecovered();
  }

  @Test
  void theWorkerEndsWithACommandThatIsKilled() {
    var machine = world.loseMachine();
    var first = machine.recover("--yes");
    var hold = world.holdStagedBooks();
    world.awaitHeldSession();

    first.kill();

    world.await("the worker's end", () -> world.workersLeft().isEmpty());
    assertNothingRuns();
    hold.release();
  }

  @Test
  void aDatabaseThatIsInTheWayIsRefusedAndNothingIsTouched() throws IOException {
    var machine = world.loseMachine();
    world.cluster().execute("postgres", "CREATE DATABASE \"" + world.system() + "\"");
    world.cluster().execute(world.system(), "CREATE TABLE precious AS SELECT 42 AS answer");

    assertRefused(machine.recover("--yes"), world.system() + " is there already");

    assertThat(world.cluster().value(world.system(), "SELECT answer FROM precious"))
        .isEqualTo("42");
  }

  @Test
  void aDirectoryThatIsInTheWayIsRefusedAndNothingIsTouched() throws IOException {
    var machine = world.loseMachine();
    Files.createDirectories(world.liveFiles());
    Files.writeString(world.liveFiles().resolve("precious"), "42");

    assertRefused(machine.recover("--yes"), world.liveFiles() + " is there already");

    assertThat(world.liveFiles().resolve("precious")).hasContent("42");
    assertThat(world.otherDatabases()).isEmpty();
  }

  private void assertRefused(Command recovery, String why) throws IOException {
    assertThat(recovery.exitCode()).as(recovery.said()).isEqualTo(3);
    assertThat(recovery.said()).contains(why);
    assertThat(recovery.said()).contains("./resurge restore.").doesNotContain("GRANT");
    assertNothingRuns();
    assertThat(world.stagedDatabases()).isEmpty();
    assertThat(world.otherDirectories()).isEmpty();
    assertThat(
            world
                .cluster()
                .value("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'library'"))
        .isEqualTo("0");
  }

  private void assertNothingRuns() {
    assertThat(world.workersLeft()).isEmpty();
    assertThat(world.programsLeft()).isEmpty();
    world.await("the end of its sessions", () -> world.sessionsOfRuns() == 0);
  }

  /** All is back, nothing is doubled, and nothing but the application runs. */
  private void assertRecovered() {
    world.assertSettled(lost);
    assertThat(world.otherDatabases()).isEmpty();
    assertThat(world.otherDirectories()).isEmpty();
    assertNothingRuns();
  }

  private Evidence evidence() {
    return world.archive().evidences().stream()
        .filter(e -> e.procedure() == Procedure.RECOVER)
        .filter(e -> e.verdict() == Verdict.PASS)
        .findFirst()
        .orElseThrow();
  }
}
