package dev.resurge.worker.matrix;

import static dev.resurge.worker.matrix.Course.BACKUP;
import static dev.resurge.worker.matrix.Course.RESTORE;
import static dev.resurge.worker.matrix.Trials.before;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.TestTemporal;
import dev.resurge.worker.world.World;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * On the real server: worker and Temporal are killed at every step of a Backup and a Restore, and
 * within the long ones; Temporal, PostgreSQL and the store are away for half a minute. What each
 * came to is {@code docs/crash-matrix.md}.
 */
@Tag("matrix")
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashMatrixE2E {
  private static final int AT_LEAST = 60;

  private final Table table = new Table(Page.CRASHES);

  @BeforeAll
  void quicken() {
    assertThat(TestTemporal.program())
        .as("the lab's Temporal: " + Page.CRASHES.command())
        .isPresent();
    World.quickenWorkers();
  }

  @TestFactory
  Stream<DynamicTest> theWorkerIsKilled() {
    return kills(Kills.WORKER);
  }

  @TestFactory
  Stream<DynamicTest> temporalIsKilled() {
    return kills(Faults.temporalKilled());
  }

  private Stream<DynamicTest> kills(Fault fault) {
    return Stream.of(BACKUP, RESTORE).flatMap(course -> table.tests(Kills.of(course, fault)));
  }

  @TestFactory
  Stream<DynamicTest> somethingIsAwayForHalfAMinute() {
    return table.tests(
        List.of(
            Trial.quiet(BACKUP, Faults.temporalGoneLong(), before("Capture", "capture database")),
            Trial.quiet(BACKUP, Faults.serverHangsLong(), before("Capture", "capture database")),
            Trial.quiet(BACKUP, Faults.storeGoneLong(), before("Capture", "capture database")),
            Trial.quiet(RESTORE, Faults.temporalGoneLong(), before("Restore", "stage database")),
            Trial.quiet(RESTORE, Faults.temporalGoneLong(), before("CutOver", "swap database")),
            Trial.quiet(RESTORE, Faults.serverHangsLong(), before("CutOver", "swap database")),
            Trial.quiet(RESTORE, Faults.storeGoneLong(), before("CutOver", "quiesce"))));
  }

  @AfterAll
  void theTableSaysWhatBecameOfEach() {
    table.judge(AT_LEAST);
  }
}
