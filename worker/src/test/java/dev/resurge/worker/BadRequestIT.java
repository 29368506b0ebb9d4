package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people may ask for and must not get. */
class BadRequestIT extends BadInput {
  private static final String NO_RUN = "20200101T000000Z-restore-aaaa";

  @Test
  void aRunThatNeverWasIsNeitherShownNorReported() {
    for (var command : new String[] {"show", "report"}) {
      var answer = resurge(command, NO_RUN);

      assertThat(answer.exitCode()).isEqualTo(ErrorType.RUN_UNKNOWN.exitCode()).isEqualTo(2);
      assertThat(answer.stdout()).isEmpty();
      assertThat(answer.stderr())
          .startsWith("error: looking for run " + NO_RUN + " in the stores of " + world.system())
          .contains("it is in none of them")
          .contains("next: ./resurge list runs SYSTEM shows what there is.");
    }
  }

  @Test
  void aSystemThatHasNoRunbookIsRefusedWithTheNamesThereAre() {
    var answer = resurge("restore", "libary", "--as", "alice");

    assertThat(answer.exitCode()).isEqualTo(ErrorType.RUNBOOK_UNKNOWN.exitCode()).isEqualTo(2);
    assertThat(answer.stderr())
        .contains("looking for the runbook of 'libary' in " + world.runbooks())
        .contains("known are " + world.system());
  }

  @Test
  void anApprovalOfAnotherPlanDoesNotCount() {
    var run = world.runs().restore();
    var plan = run.plan();

    var answer = run.answer(Decision.Kind.APPROVE, "abc123", Optional.empty());

    assertThat(answer.accepted()).isFalse();
    assertThat(answer.answer())
        .isEqualTo(
            "refused: this run's plan is "
                + plan.code()
                + ", not abc123; read it and approve that code");
    abort(run);
    var evidence = endsWith(Verdict.ABORTED, run, ErrorType.ABORTED, "aborted by alice");
    assertThat(evidence.decisions()).extracting(d -> d.accepted()).containsExactly(false, true);
  }

  @Test
  void onePersonIsNotTwo() {
    world.runbook(r -> r.plus("approval", "required: 2"));
    var run = world.runs().restore();
    var plan = run.plan();

    assertThat(run.answer(Decision.Kind.APPROVE, plan.code(), Optional.empty()).answer())
        .isEqualTo("approved, 1 more needed");
    var second = resurge("approve", world.system(), plan.code(), "--as", "alice");

    assertThat(second.exitCode()).isEqualTo(ErrorType.APPROVAL_REFUSED.exitCode()).isEqualTo(3);
    assertThat(second.stdout() + second.stderr())
        .contains("alice has approved already; another person must");
    awaitPeople(run);
    run.answer(Decision.Kind.REJECT, plan.code(), Optional.empty());
    endsWith(Verdict.REJECTED, run, ErrorType.REJECTED, "rejected by alice");
  }

  @Test
  void aBrokenRunbookIsRefusedWithAllItsErrorsBeforeAnythingIsStarted() {
    breakRunbook();

    var answer = resurge("backup", world.system(), "--as", "alice");

    assertThat(answer.exitCode()).isEqualTo(ErrorType.RUNBOOK_INVALID.exitCode()).isEqualTo(2);
    assertThat(answer.stderr())
        .contains(world.system() + ".yaml", "cheks", "checks", "requird", "required")
        .contains("./resurge validate FILE");
  }

  @Test
  void aBrokenRunbookThatReachesTheWorkerLeavesEvidenceInTheStateFolder() throws IOException {
    breakRunbook();

    var result = world.runs().backup().result();

    assertThat(result.verdict()).contains(Verdict.REFUSED);
    var failure = result.failure().orElseThrow();
    assertThat(failure.type()).isEqualTo(ErrorType.RUNBOOK_INVALID.id());
    assertThat(failure.message()).contains(world.system() + ".yaml", "cheks", "requird");
    var report = result.evidence().orElseThrow();
    assertThat(Path.of(report)).startsWithRaw(world.configuration().resolveSibling("state"));
    assertThat(Files.readString(Path.of(report + ".md"))).contains("cheks", "requird");
    assertThat(Path.of(report + ".sig")).isNotEmptyFile();
  }

  private void breakRunbook() {
    world.runbook(r -> r.with("cheks", "[]").plus("approval", "requird: 2"));
  }
}
