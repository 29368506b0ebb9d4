package dev.resurge.worker.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private static final String ONLY = System.getProperty("matrix", "");
  private static final int AT_LEAST = 80;

  private final ConcurrentLinkedQueue<String> tried = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

  @BeforeAll
  void quicken() {
    World.quickenWorkers();
  }

  @TestFactory
  Stream<DynamicTest> theWorkerIsKilled() {
    return Arrays.stream(Course.values())
        .filter(course -> ONLY.isEmpty() || ONLY.startsWith(course.toString()))
        .flatMap(course -> tests(Kills.of(course)));
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
    return trials.stream()
        .filter(trial -> trial.name().contains(ONLY))
        .map(trial ->
            DynamicTest.dynamicTest(
                trial.name(),
                () -> {
                  tried.add(trial.line());
                  Experiment.run(trial);
                  lines.add(trial.line());
                }));
  }

  @AfterAll
  void theTableSaysWhatBecameOfEach() {
    var made = List.copyOf(lines);
    assertThat(made).as("those that ended as they must").containsExactlyInAnyOrderElementsOf(tried);
    if (!ONLY.isEmpty()) {
      assertThat(Table.committed().lines()).containsAll(made);
      return;
    }
    if (Table.REGENERATE) {
      new Table(made).write();
    }
    assertThat(made).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    assertThat(Table.committed().lines())
        .as("docs/fault-matrix.md; make it anew with " + Table.COMMAND)
        .containsExactlyElementsOf(new Table(made).lines());
  }
}
