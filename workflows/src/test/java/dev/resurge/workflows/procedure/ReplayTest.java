package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.VerifyInput;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that were begun by an earlier version must go on under this one: stored histories replay. To
 * record them anew after a wanted change: {@code mvn -pl workflows test -Dtest=ReplayTest
 * -Dresurge.histories=record}.
 */
final class ReplayTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories");

  static Stream<Path> histories() throws IOException {
    try (var files = Files.list(HISTORIES)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aStoredHistoryReplays(Path file) throws Exception {
    try (var stage = new Stage(new RunbookBuilder().build())) {
      var history = WorkflowExecutionHistory.fromJson(Files.readString(file), workflowId(file));
      WorkflowReplayer.replayWorkflowExecution(history, stage.replayer());
    }
  }

  /** Not part of the file; a run behaves otherwise under another id than its own. */
  private static String workflowId(Path file) {
    return switch (file.getFileName().toString()) {
      case "capture.json",
          "cut-over.json",
          "swapped-back.json",
          "swapped-back-told.json",
          "walk.json" ->
          "library/data";
      case "restore-told.json" -> "library/restore";
      case "verify-by-restore.json" -> "library/verify";
      default -> "library/" + file.getFileName().toString().replace(".json", "");
    };
  }

  @Test
  void everyProcedureHasAStoredHistory() throws IOException {
    if ("record".equals(System.getProperty("resurge.histories"))) {
      record();
    }
    assertThat(histories().map(f -> f.getFileName().toString()))
        .contains(
            "backup.json",
            "capture.json",
            "cut-over.json",
            "prune.json",
            "drill.json",
            "restore.json",
            "restore-told.json",
            "settle.json",
            "swapped-back.json",
            "swapped-back-told.json",
            "walk.json",
            "verify.json",
            "verify-by-restore.json");
  }

  private static void record() throws IOException {
    Files.createDirectories(HISTORIES);
    try (var stage = new Stage(new RunbookBuilder().build())) {
      stage.result(stage.start(Procedure.BACKUP));
      save(stage, "library/backup", "backup.json");
      save(stage, "library/data", "capture.json");
      stage.result(stage.start(Procedure.VERIFY));
      save(stage, "library/verify", "verify.json");
      stage.pruning.fate(true);
      stage.pruning.fate(false);
      stage.result(stage.start(Procedure.PRUNE));
      save(stage, "library/prune", "prune.json");
      stage.result(stage.start(Procedure.DRILL));
      save(stage, "library/drill", "drill.json");
      stage.level = VerifyInput.Level.RESTORE;
      stage.result(stage.start(Procedure.VERIFY));
      save(stage, "library/verify", "verify-by-restore.json");
      var restore = stage.start(Procedure.RESTORE);
      stage.approve(restore, "alice");
      stage.result(restore);
      save(stage, "library/restore", "restore.json");
      save(stage, "library/data", "cut-over.json");
    }
    try (var stage = new Stage(new RunbookBuilder().build())) {
      stage.world.healthChecks.add(
          new CheckResult(
              "health", "healthy", false, "200", "503", Duration.ZERO, Optional.empty()));
      var restore = stage.start(Procedure.RESTORE);
      stage.approve(restore, "alice");
      stage.result(restore);
      save(stage, "library/data", "swapped-back.json");
    }
    recordTold();
    try (var stage = new Stage(new RunbookBuilder().build())) {
      var terminated = stage.terminateAt("swap files");
      var restore = stage.start(Procedure.RESTORE);
      stage.approve(restore, "alice");
      stage.terminated(terminated, restore);
      var settle = stage.start(Procedure.SETTLE);
      stage.decide(settle, "back", "alice");
      stage.result(settle);
      save(stage, "library/settle", "settle.json");
      save(stage, "library/data", "walk.json");
    }
  }

  /** With people who are told, of a cut over that cannot go back at once. */
  private static void recordTold() throws IOException {
    try (var stage = new Stage(new RunbookBuilder().build())) {
      stage.world.notifies = true;
      stage.world.healthChecks.add(
          new CheckResult(
              "health", "healthy", false, "200", "503", Duration.ZERO, Optional.empty()));
      stage.world.flicker("swapBack files", 5);
      var restore = stage.start(Procedure.RESTORE);
      stage.approve(restore, "alice");
      stage.result(restore);
      save(stage, "library/restore", "restore-told.json");
      save(stage, "library/data", "swapped-back-told.json");
    }
  }

  private static void save(Stage stage, String workflowId, String file) throws IOException {
    var history = stage.temporal().getWorkflowClient().fetchHistory(workflowId);
    Files.writeString(HISTORIES.resolve(file), history.toJson(true) + "\n");
  }
}
