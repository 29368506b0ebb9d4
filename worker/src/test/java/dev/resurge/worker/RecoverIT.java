package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.BlankMachine.Command;
import dev.resurge.worker.world.LiveData;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Verdict;
import java.util.List;
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
    assertRecovered(recovery);
    var evidence = evidence();
    assertThat(evidence.clocks().declared()).isPresent();
    assertThat(evidence.clocks().healthy()).isPresent();
    assertThat(evidence.checks()).isNotEmpty().allMatch(check -> check.passed());
    var report = world.store().resolve(world.system() + "/evidence/" + evidence.run() + ".html");
    var verified = machine.type(List.of("report", "verify", report.toString()));
    assertThat(verified.exitCode()).as(verified.said()).isZero();
    assertThat(verified.said()).contains("genuine", "verdict pass");
    System.err.println(recovery.said());
  }

  /** Its worker, the system's own processes and its sessions are as they should be. */
  private void assertRecovered(Command last) {
    world.assertSettled(lost);
    assertThat(world.otherDatabases()).isEmpty();
    assertThat(world.otherDirectories()).isEmpty();
    assertThat(world.sessionsOfRuns()).isZero();
    assertThat(last.worker()).isEmpty();
    assertThat(world.workersLeft()).isEmpty();
  }

  private Evidence evidence() {
    return world.archive().evidences().stream()
        .filter(e -> e.procedure() == Procedure.RECOVER)
        .filter(e -> e.verdict() == Verdict.PASS)
        .findFirst()
        .orElseThrow();
  }
}
