package dev.resurge.worker.matrix;

import dev.resurge.worker.world.World;
import java.util.Arrays;
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
 * Every procedure, and at every moment something that goes wrong: each run ends healthy with the
 * right data, or as before, or parks with a clear reason and ends well once that is mended. What
 * each came to is {@code docs/fault-matrix.md}; {@code -Dregenerate} writes it anew. {@code
 * -Dmatrix=WORDS} tries only what has these words in its name; of the kills, only where they begin
 * with the procedure: {@code "-Dmatrix=Restore, worker killed, after *swap"}.
 */
@Tag("matrix")
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultMatrixIT {
  private static final int AT_LEAST = 80;

  private final Table table = new Table(Page.FAULTS);

  @BeforeAll
  void quicken() {
    World.quickenWorkers();
  }

  @TestFactory
  Stream<DynamicTest> theWorkerIsKilled() {
    return Arrays.stream(Course.values())
        .filter(course -> Table.ONLY.isEmpty() || Table.ONLY.startsWith(course.toString()))
        .flatMap(course -> tests(Kills.of(course, Kills.WORKER)));
  }

  @TestFactory
  Stream<DynamicTest> theDatabaseServerIsKilledOrHangs() {
    return tests(Trials.server());
  }

  @TestFactory
  Stream<DynamicTest> theStoreIsGoneFullReadOnlyOrSlow() {
    return tests(Trials.store());
  }

  @TestFactory
  Stream<DynamicTest> theTargetIsFull() {
    return tests(Trials.room());
  }

  @TestFactory
  Stream<DynamicTest> clocksAreWrongAndWorkersNewer() {
    return tests(Trials.clocksAndVersions());
  }

  private Stream<DynamicTest> tests(List<Trial> trials) {
    return table.tests(trials);
  }

  @AfterAll
  void theTableSaysWhatBecameOfEach() {
    table.judge(AT_LEAST);
  }
}
