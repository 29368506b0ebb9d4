package dev.resurge.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.command.Globals;
import dev.resurge.starter.testing.FakeArchive;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.FakeWorld;
import dev.resurge.starter.testing.Samples;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.RecoverInput;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.SettleInput;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has nothing of the system: no runbook, no Temporal. */
class RecoverCommandTest {
  private static final String[] STORE = {"--store", "filesystem:/mnt/backups"};

  @TempDir Path folder;
  private final FakeTerminal terminal = new FakeTerminal(false);
  private final FakeRuns runs =
      new FakeRuns().ends(Samples.result(Verdict.PASS)).looks(Samples.ended());
  private final FakeArchive archive = new FakeArchive().with(set());

  private int run(String command, String... options) {
    var arguments = new ArrayList<>(List.of(command, "library"));
    arguments.addAll(List.of(options));
    return new Main(new FakeWorld(folder, terminal, runs, archive).withoutTemporal(), new Globals())
        .run(arguments.toArray(String[]::new));
  }

  private static Archive.ArchivedSet set() {
    var summary =
        new SetSummary(
            Samples.SET,
            "library",
            SetKind.MANUAL,
            new TreeMap<>(),
            Samples.BEGAN,
            Samples.BEGAN,
            Samples.BEGAN,
            new ByteSize(1),
            new ByteSize(1),
            List.of("database"),
            List.of(),
            "m",
            new TreeMap<>());
    return new Archive.ArchivedSet(Samples.SET, Optional.of(summary), Optional.empty());
  }

  @Test
  void recoverBringsTheSetsRunbookAndAWorkerAndSaysWhere() throws IOException {
    assertThat(run("recover", STORE)).isZero();

    assertThat(Files.readString(folder.resolve("runbooks/library.yaml")))
        .startsWith("runbook.yaml of");
    assertThat(runs.inputs())
        .singleElement()
        .isInstanceOfSatisfying(
            RecoverInput.class,
            input -> assertThat(input.store()).contains("filesystem:/mnt/backups"));
    assertThat(terminal.errorText())
        .containsSubsequence("library.yaml", "no Temporal answers at", "worker: process 4711");
  }

  @Test
  void settleDoesTheSameWhereTheStoreIsGiven() {
    var options = new String[] {"--forward", "--yes", STORE[0], STORE[1]};

    assertThat(run("settle", options)).isZero();

    assertThat(folder.resolve("runbooks/library.yaml")).exists();
    assertThat(runs.inputs())
        .singleElement()
        .isInstanceOfSatisfying(
            SettleInput.class,
            input -> assertThat(input.store()).contains("filesystem:/mnt/backups"));
  }

  @Test
  void settleWithoutAStoreNeedsTheTemporalThatMayBeMovingTheData() {
    assertThat(run("settle", "--forward", "--yes")).isEqualTo(5);

    assertThat(runs.inputs()).isEmpty();
  }

  @Test
  void recoverNamesTheCommandThatSettlesWhatIsUnsettled() {
    archive.withUnsettled(new RunId("20261121T031500Z-recover-7f2c"));

    assertThat(run("recover", STORE)).isEqualTo(3);

    assertThat(terminal.errorText())
        .contains("20261121T031500Z-recover-7f2c")
        .contains("./resurge settle --store filesystem:/mnt/backups --forward library");
    assertThat(runs.inputs()).isEmpty();
  }

  @Test
  void aStoreThatIsNoneIsRefused() {
    assertThat(run("recover", "--store", "s3:")).isEqualTo(2);
    assertThat(run("settle", "--store", "s3:")).isEqualTo(2);
    assertThat(runs.inputs()).isEmpty();
  }
}
