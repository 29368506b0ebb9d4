package dev.resurge.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.evidence.EvidenceSamples;
import dev.resurge.activities.evidence.ReadinessReader;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.runbook.RunbookParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a system could be brought back, from a store on a real directory. */
class ReadinessReaderTest {
  private static final String SET = "20261121T020000Z-k3f9";
  private static final Instant MORNING = StoreWorld.NOW.plus(Duration.ofHours(8));

  @TempDir Path folder;
  private StoreWorld world;

  @BeforeEach
  void build() {
    world = new StoreWorld(folder);
  }

  private void commit(String set) {
    world.commit(set, SetKind.SCHEDULED, "database", "files");
  }

  @Test
  void aSetOfOnlyAPartIsNotWhatTheSystemCanBeBroughtBackWith() throws IOException {
    commit(SET);
    world.commit("20261121T090000Z-part", SetKind.SCHEDULED, "database");

    assertThat(read("rpo: 24h").lastGood().orElseThrow().value()).isEqualTo(SET);
  }

  @Test
  void anEmptyStoreProvesNothing() throws IOException {
    var nothing = read("rto: 4h", "rpo: 24h");

    assertThat(nothing.ready()).isFalse();
    assertThat(nothing.recoveryPoint().met()).as("not measured").isEmpty();
    assertThat(nothing.testDue()).as("due now").isEmpty();
    assertThat(nothing.findings())
        .containsExactly(
            "there is no good set", "no restore was ever proven: ./resurge drill paperless");
    assertThat(read().ready()).as("without objectives").isFalse();
  }

  @Test
  void aSetAloneIsNoProofOfRecoveryTime() throws IOException {
    commit(SET);

    assertThat(read("rpo: 24h").ready()).isTrue();
    var unproven = read("rto: 4h", "rpo: 24h");
    assertThat(unproven.ready()).isFalse();
    assertThat(unproven.recoveryTime().actual()).isEmpty();
    assertThat(unproven.lastGood().orElseThrow().value()).isEqualTo(SET);
  }

  @Test
  void theAgeOfTheDataMayReachItsObjectiveAndNotPassIt() throws IOException {
    commit(SET);

    assertThat(read("rpo: 8h").ready()).isTrue();
    assertThat(read("rpo: 479m").ready()).isFalse();
  }

  @Test
  void aRestoreProvesTheRecoveryTimeFromWhatWasDeclared() throws IOException {
    commit(SET);
    var restore = write(EvidenceSamples.passingRestore());

    var ready = read("rto: 4h", "rpo: 24h");

    assertThat(ready.ready()).isTrue();
    assertThat(ready.findings()).isEmpty();
    assertThat(ready.proof().orElseThrow().run()).isEqualTo(restore.run());
    assertThat(ready.recoveryTime().actual())
        .as("declared ten minutes before it was requested")
        .contains(Duration.ofMillis(600_000 + 10_905_240));
    assertThat(ready.testDue()).contains(restore.ended().plus(Duration.ofDays(30)));
    assertThat(read("rto: 3h", "rpo: 24h").ready()).isFalse();
  }

  @Test
  void aPartThatWasBroughtBackIsNoProofForTheSet() throws IOException {
    commit(SET);
    var whole = fields(EvidenceSamples.passingRestore());
    ((ArrayNode) whole.at("/plan/components")).remove(0);
    write(whole);

    assertThat(read().proof()).isEmpty();

    clear();
    var retained = fields(EvidenceSamples.passingRestore());
    ((ObjectNode) retained.get("plan")).put("fromRetained", "20261121T031500Z-restore-aaaa");
    write(retained);

    assertThat(read().proof()).as("what a run retained").isEmpty();
  }

  @Test
  void aDrillProvesItTooAndAFailedOneDoesNot() throws IOException {
    commit(SET);
    write(EvidenceSamples.failedDrill());

    var failed = read("rpo: 24h");
    assertThat(failed.proof()).isEmpty();
    assertThat(failed.findings()).anyMatch(f -> f.startsWith("the last drill ended with fail-"));

    clear();
    var drill = write(EvidenceSamples.drill());
    assertThat(read("rto: 4h").recoveryTime().actual())
        .isEqualTo(drill.trial().orElseThrow().verified());
  }

  @Test
  void aSwapBackIsAFindingAndARejectedPlanIsNone() throws IOException {
    commit(SET);
    write(EvidenceSamples.swappedBackRestore());
    assertThat(read().findings())
        .anyMatch(f -> f.startsWith("the last restore ended with swapped-back: library was not"));

    clear();
    write(EvidenceSamples.rejectedRestore());
    assertThat(read().findings()).noneMatch(f -> f.contains("rejected"));
    assertThat(read().proof()).isEmpty();
  }

  @Test
  void aTestThatIsOverdueIsAFinding() throws IOException {
    commit(SET);
    write(EvidenceSamples.passingRestore());

    var later = read(MORNING.plus(Duration.ofDays(31)));

    assertThat(later.findings()).anyMatch(f -> f.startsWith("a test of restoring was due at "));
  }

  @Test
  void aNewerSetThatCannotBeUsedIsAFindingAndAnOlderOneIsNone() throws IOException {
    commit("20261120T020000Z-aaaa");
    commit(SET);
    commit("20261121T030000Z-bbbb");
    for (var broken : new String[] {"20261120T020000Z-aaaa", "20261121T030000Z-bbbb"}) {
      Files.writeString(world.inSet(broken, "manifest.json"), "{}");
    }

    var readiness = read();

    assertThat(readiness.lastGood().orElseThrow().value()).isEqualTo(SET);
    assertThat(readiness.findings())
        .filteredOn(f -> f.contains("cannot be used"))
        .singleElement()
        .matches(f -> f.startsWith("set 20261121T030000Z-bbbb cannot be used: "));
  }

  @Test
  void aReportThatWasChangedProvesNothing() throws IOException {
    commit(SET);
    var restore = write(EvidenceSamples.passingRestore());
    var file = world.file("paperless/evidence/" + restore.run() + ".json");
    Files.writeString(file, Files.readString(file).replace("\"pass\"", "\"PASS\""));

    var readiness = read();

    assertThat(readiness.proof()).isEmpty();
    assertThat(readiness.findings())
        .anyMatch(f -> f.startsWith("the report of run " + restore.run() + " cannot be believed"));
  }

  private static ObjectNode fields(Evidence sample) {
    return Json.mapper().valueToTree(sample);
  }

  private Evidence write(Evidence sample) {
    return write(fields(sample));
  }

  /** Writes a sample as this system's. */
  private Evidence write(ObjectNode fields) {
    fields.put("system", StoreWorld.SYSTEM);
    var evidence = Json.mapper().convertValue(fields, Evidence.class);
    new EvidenceArchive(world.store, StoreWorld.SYSTEM).write(evidence, world.signer);
    return evidence;
  }

  private void clear() throws IOException {
    try (var files = Files.list(world.file("paperless/evidence"))) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private Readiness read(String... objectives) throws IOException {
    return read(MORNING, objectives);
  }

  private Readiness read(Instant now, String... objectives) throws IOException {
    var text =
        Files.readString(Path.of("../runbooks/library.yaml"))
            .replaceFirst("name: library", "name: " + StoreWorld.SYSTEM)
            .replaceFirst(
                "rto: 5m\n +rpo: 24h\n +downtime: 10s",
                objectives.length == 0 ? "downtime: 10s" : String.join("\n    ", objectives));
    var runbook = RunbookParser.parseOrThrow("paperless.yaml", text);
    return new ReadinessReader(world.store, runbook, world.trust).read(now);
  }
}
