package dev.resurge.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.starter.command.Globals;
import dev.resurge.starter.runs.RunRef;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.testing.FakeArchive;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.FakeWorld;
import dev.resurge.starter.testing.Samples;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SettleInput;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettleCommandTest {
  @TempDir Path folder;
  private final FakeTerminal terminal = new FakeTerminal(true);
  private final FakeRuns runs = new FakeRuns().ends(Samples.result(Verdict.PASS));

  @BeforeEach
  void writeTheRunbook() throws IOException {
    Files.createDirectories(folder.resolve("runbooks"));
    Files.copy(Path.of("../runbooks/library.yaml"), folder.resolve("runbooks/library.yaml"));
  }

  private int run(String... arguments) {
    return new Main(new FakeWorld(folder, terminal, runs, new FakeArchive()), new Globals())
        .run(arguments);
  }

  private static RunState asking(String code, String... choices) {
    var asked =
        Samples.state(
            Samples.status(
                Optional.of(Samples.plan()),
                Optional.of(
                    new Question(
                        Question.Kind.DIRECTION,
                        code,
                        "database: the restored data is live\nfiles: the old data is live",
                        List.of(choices),
                        Samples.BEGAN)),
                List.of()));
    return new RunState(
        new RunRef(Procedure.SETTLE, "library", Optional.of("temporal-run")),
        asked.started(),
        asked.closed(),
        asked.temporalStatus(),
        asked.phase(),
        asked.status(),
        asked.transfers(),
        asked.worker());
  }

  @Test
  void whereThingsStandIsShownFirstAndThePersonTypesTheDirection() {
    runs.looks(asking("d1d1", "forward", "back", "retry", "abort"), Samples.ended());
    terminal.type("back");

    assertThat(run("settle", "library")).isZero();

    assertThat(terminal.progressText())
        .containsSubsequence(
            "Left half-way", "database: the restored data is live", "Choose forward, back")
        .doesNotContain("to approve this plan", "./resurge approve");
    assertThat(runs.decisions())
        .singleElement()
        .matches(d -> d.kind() == Decision.Kind.DECIDE && d.choice().equals(Optional.of("back")))
        .matches(d -> d.code().equals("d1d1"));
  }

  @Test
  void yesConfirmsTheDirectionThatWasNamedOnceAndNoOther() {
    runs.looks(
        asking("d1d1", "retry", "abort"),
        asking("d2d2", "forward", "retry", "abort"),
        asking("d3d3", "forward", "retry", "abort"),
        Samples.ended());

    run("settle", "library", "--forward", "--yes", "--run", "20261121T031500Z-restore-7f2c");

    assertThat(runs.decisions()).extracting(Decision::code).containsExactly("d2d2");
    assertThat(runs.inputs())
        .singleElement()
        .isInstanceOfSatisfying(
            SettleInput.class,
            input -> {
              assertThat(input.direction()).contains(Direction.FORWARD);
              assertThat(input.run()).contains(new RunId("20261121T031500Z-restore-7f2c"));
            });
  }

  @Test
  void yesAloneAndBothDirectionsAndNoRunIdAreRefusedBeforeAnythingStarts() {
    assertThat(run("settle", "library", "--yes")).isEqualTo(2);
    assertThat(terminal.errorText()).contains("--forward or --back");
    assertThat(run("settle", "library", "--forward", "--back")).isEqualTo(2);
    assertThat(run("settle", "library", "--run", "yesterday")).isEqualTo(2);
    assertThat(runs.inputs()).isEmpty();
  }
}
