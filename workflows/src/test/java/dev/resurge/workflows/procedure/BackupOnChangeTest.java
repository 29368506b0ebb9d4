package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.SetChanges;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code backup --if-changed}. */
final class BackupOnChangeTest {
  private static final String CHANGED_WHEN = "{\"changedWhen\":{\"files\":[\"/etc/app.conf\"]}}";

  private Stage stage = new Stage(new RunbookBuilder().build());

  @AfterEach
  void close() {
    stage.close();
  }

  private void withFiles() {
    stage.close();
    stage = new Stage(new RunbookBuilder().spec("backup", CHANGED_WHEN).build());
    stage.world.configuration = Optional.of("c0ffee");
  }

  @Test
  void withoutAChangeNoSetIsMadeAndTheEarlierOneStandsForIt() {
    stage.ifChanged = true;
    stage.world.changes =
        new SetChanges(Optional.of(FakeWorld.summary(FakeWorld.SET, SetKind.MANUAL)), List.of());

    var result = stage.result(stage.start(Procedure.BACKUP));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.set()).contains(FakeWorld.SET);
    assertThat(result.summary())
        .isEqualTo("Nothing changed since set " + FakeWorld.SET + "; no set was made.");
    assertThat(stage.world.calls).doesNotContain("preflight", "commit");
    assertThat(stage.evidence().set().orElseThrow().set()).isEqualTo(FakeWorld.SET);
  }

  @Test
  void whatChangedIsSaidAndASetIsMade() {
    stage.ifChanged = true;
    stage.world.changes =
        new SetChanges(
            Optional.of(FakeWorld.summary(FakeWorld.SET, SetKind.MANUAL)),
            List.of("the runbook differs"));

    var result = stage.result(stage.start(Procedure.BACKUP));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.set()).isPresent().get().isNotEqualTo(FakeWorld.SET);
    assertThat(stage.evidence().steps())
        .anyMatch(s -> s.detail().equals(Optional.of("the runbook differs")));
  }

  @Test
  void aBackupThatIsNotAskedComparesNothing() {
    stage.world.changes =
        new SetChanges(Optional.of(FakeWorld.summary(FakeWorld.SET, SetKind.MANUAL)), List.of());
    assertThat(stage.result(stage.start(Procedure.BACKUP)).set().orElseThrow())
        .isNotEqualTo(FakeWorld.SET);
    assertThat(stage.world.calls).doesNotContain("changes").contains("commit");
  }

  @Test
  void everySetIsLabelledWithWhatALaterBackupWillCompare() {
    withFiles();
    stage.result(stage.start(Procedure.BACKUP));
    assertThat(stage.world.labels).containsExactly(Map.of("config-digest", "c0ffee"));
  }
}
