package dev.resurge.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.workflows.forecast.Pace;
import dev.resurge.workflows.forecast.Paces;
import dev.resurge.workflows.forecast.Sample;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlierRunsTest {
  private final MemoryStore store = new MemoryStore();
  private final TestSigner signer = new TestSigner();
  private final EvidenceArchive archive = new EvidenceArchive(store, "library");

  private Paces paces(Procedure procedure) {
    return new EarlierRuns(archive, signer).paces(procedure);
  }

  private void backup(int day, int seconds, int attempts, Step.Outcome outcome) {
    var start = SampleParts.at(0);
    var step =
        new Step(
            "capture",
            Optional.of("database"),
            start,
            Optional.of(start.plusSeconds(seconds)),
            attempts,
            outcome,
            Optional.empty(),
            Optional.of(new ByteSize(1_000)));
    archive.write(
        new Draft(Procedure.BACKUP, Verdict.PASS).day(day).steps(List.of(step)).evidence(), signer);
  }

  private static List<Duration> took(Pace pace) {
    return pace.samples().stream().map(Sample::took).toList();
  }

  @Test
  void theNewestFourSayHowLongItTakes() {
    for (int day = 11; day <= 16; day++) {
      backup(day, day, 1, Step.Outcome.DONE);
    }

    var capture = paces(Procedure.BACKUP).step("capture database");

    assertThat(took(capture))
        .containsExactly(
            Duration.ofSeconds(16),
            Duration.ofSeconds(15),
            Duration.ofSeconds(14),
            Duration.ofSeconds(13));
    assertThat(capture.samples()).extracting(Sample::bytes).containsOnly(new ByteSize(1_000));
  }

  @Test
  void whatFailedOrWasTriedAgainSaysNothing() {
    backup(11, 1, 1, Step.Outcome.FAILED);
    backup(12, 900, 3, Step.Outcome.DONE);

    assertThat(paces(Procedure.BACKUP).steps()).isEmpty();
  }

  @Test
  void aRestoreIsJudgedByWhatDoesItsPartsAndABackupByBackups() {
    archive.write(EvidenceSamples.passingRestore(), signer);
    archive.write(EvidenceSamples.drill(), signer);
    archive.write(EvidenceSamples.backup(), signer);

    var restore = paces(Procedure.RESTORE);

    assertThat(restore.step("stage files").samples()).hasSize(2);
    assertThat(restore.step("capture files").samples()).isNotEmpty();
    assertThat(restore.swaps().samples()).hasSize(1);
    assertThat(paces(Procedure.BACKUP).step("stage database").samples()).isEmpty();
    assertThat(paces(Procedure.PRUNE)).isEqualTo(Paces.NONE);
  }

  @Test
  void aReportThatIsNotBelievedIsLeftOut() {
    backup(11, 11, 1, Step.Outcome.DONE);
    archive.write(new Draft(Procedure.BACKUP, Verdict.PASS).day(12).evidence(), new TestSigner());

    assertThat(took(paces(Procedure.BACKUP).step("capture database")))
        .containsExactly(Duration.ofSeconds(11));
  }

  @Test
  void aStoreThatDoesNotAnswerMakesNoTrouble() {
    var away =
        new MemoryStore() {
          @Override
          public List<Entry> list(String prefix) {
            throw new ResurgeException(ErrorType.STORE_UNAVAILABLE, "away");
          }
        };
    var earlier = new EarlierRuns(new EvidenceArchive(away, "library"), signer);

    assertThat(earlier.paces(Procedure.RESTORE)).isEqualTo(Paces.NONE);
  }

  @Test
  void whatAnOlderVersionWroteHasNoBytes() throws JsonProcessingException {
    ObjectNode step =
        Json.mapper()
            .valueToTree(SampleParts.step("stage", "database", 0, 5, Step.Outcome.DONE, null));
    step.remove("bytes");

    assertThat(Json.mapper().treeToValue(step, Step.class).bytes()).isEmpty();
  }
}
