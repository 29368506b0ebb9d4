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
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessCommandTest {
  @TempDir Path folder;
  private final FakeTerminal terminal = new FakeTerminal(true);
  private final FakeRuns runs = new FakeRuns();
  private final FakeArchive archive = new FakeArchive();

  @BeforeEach
  void writeTheRunbook() throws IOException {
    Files.createDirectories(folder.resolve("runbooks"));
    Files.copy(Path.of("../runbooks/library.yaml"), folder.resolve("runbooks/library.yaml"));
  }

  private int run(String... arguments) {
    return new Main(new FakeWorld(folder, terminal, runs, archive), new Globals()).run(arguments);
  }

  private static Archive.ArchivedSet set() {
    var at = Instant.parse("2026-11-21T02:00:00Z");
    return new Archive.ArchivedSet(
        Samples.SET,
        Optional.of(
            new SetSummary(
                Samples.SET,
                "library",
                SetKind.SCHEDULED,
                new TreeMap<>(),
                at,
                at,
                at,
                new ByteSize(1),
                new ByteSize(2),
                List.of("database"),
                List.of(),
                "ab",
                new TreeMap<>())),
        Optional.empty());
  }

  @Test
  void aSystemWithASetAndAProofIsReady() {
    archive.with(set()).with(Samples.evidence());

    assertThat(run("readiness")).isZero();

    assertThat(String.join("\n", terminal.out()))
        .contains("library  ready")
        .contains("recovery point  1 h 16 min of 1 d 0 h; set 20261121T020000Z-k3f9")
        .contains("recovery time   1 min 22 s of 5 min 0 s; restore 20261121T031500Z-restore-7f2c");
  }

  @Test
  void withoutAProofItIsNotAndScriptsAreTold() {
    archive.with(set());

    assertThat(run("readiness", "library", "--output", "json")).isEqualTo(1);

    assertThat(String.join("\n", terminal.out()))
        .startsWith("{\"ready\":false,")
        .contains("\"system\":\"library\"")
        .contains("no restore was ever proven: ./resurge drill library");
  }

  @Test
  void aStoreThatIsAwayProvesNothing() {
    archive.away();

    assertThat(run("readiness")).isEqualTo(1);

    assertThat(String.join("\n", terminal.out()))
        .contains("library  not ready", "not measured of 1 d 0 h", "listing memory: it is away");
  }

  @Test
  void whatWaitsForAPersonIsSaid() {
    archive.with(set()).with(Samples.evidence());
    runs.looks(Samples.parked("d1d1"));

    assertThat(run("readiness")).isZero();

    assertThat(String.join("\n", terminal.out()))
        .contains("waits for a person: ./resurge show library");
  }
}
