package dev.resurge.worker.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What becomes of trials, and whether the committed page says so. {@code -Dmatrix=WORDS} tries only
 * what has these words in its name; {@code -Dregenerate} writes the page anew.
 */
final class Table {
  /** The words in the names of what is tried; empty: all. */
  static final String ONLY = System.getProperty("matrix", "");

  private static final boolean REGENERATE = System.getProperty("regenerate") != null;

  private final Page page;
  private final ConcurrentLinkedQueue<String> tried = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

  Table(Page page) {
    this.page = page;
  }

  /** A test of each trial that is chosen. */
  Stream<DynamicTest> tests(List<Trial> trials) {
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

  /** What is to hold when all of them have run; their order in a run is chance. */
  void judge(int atLeast) {
    var made = lines.stream().sorted().toList();
    assertThat(made).as("those that ended as they must").containsExactlyInAnyOrderElementsOf(tried);
    if (!ONLY.isEmpty()) {
      assertThat(page.committed()).containsAll(made);
      return;
    }
    if (REGENERATE) {
      page.write(made);
    }
    assertThat(made).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(page.committed())
        .as("the committed page; make it anew with " + page.command())
        .containsExactlyElementsOf(made);
  }
}
