package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.runbook.Approval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody reads, and copies, who sees a run in Temporal's UI only. */
final class DetailsTest {
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");
  private static final Instant NOW = Instant.parse("2026-11-21T03:15:00Z");
  private static final Person ASKER = new Person("asker", "test", false);
  private static final String APPROVE =
      "`{\"kind\":\"approve\",\"code\":\"c9b212\",\"by\":\"your name\"}`";
  private static final String REJECT = APPROVE.replace("approve", "reject");

  private final Desk desk = new Desk(RUN, ASKER);

  private String details() {
    var steps =
        List.of(
            new Step(
                "stage",
                Optional.of("database"),
                NOW,
                Optional.of(NOW.plusSeconds(2)),
                1,
                Step.Outcome.FAILED,
                Optional.of("no room\nno hope")));
    return Details.markdown(
        new Status(
            RUN,
            Procedure.RESTORE,
            "library",
            "waiting for approval",
            steps,
            desk.plan(),
            desk.question(),
            desk.log(),
            List.of(),
            List.of(),
            List.of(),
            Forecast.NONE,
            Optional.empty()),
        desk);
  }

  private void proposed(Approval.Identity identity) {
    desk.useRules(
        new Approval(
            1, List.of(), false, identity, Duration.ofHours(1), Duration.ofMinutes(1), null));
    desk.present(
        new Plan(
            RUN,
            "library",
            Optional.of(new SetId("20261121T020000Z-k3f9")),
            Optional.empty(),
            "",
            NOW,
            Duration.ofHours(1),
            List.of("3 books"),
            List.of(),
            List.of("application"),
            List.of(),
            List.of(),
            "1 of anybody",
            Duration.ofSeconds(60),
            List.of(),
            "digest",
            "c9b212"),
        NOW);
  }

  private void answered(Decision.Kind kind, String code) {
    var decision =
        new Decision(
            kind,
            code,
            Optional.empty(),
            "alice",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    desk.answer(decision, new Person("alice", "temporal", false), NOW);
  }

  @Test
  void aPlanIsShownWithWhatItGivesUpAndWithAnswersToCopy() {
    proposed(Approval.Identity.CLAIMED);
    assertThat(details())
        .startsWith("**waiting for approval** · " + RUN)
        .contains("**Plan** `c9b212`: set 20261121T020000Z-k3f9")
        .contains("- gives up: 3 books\n", "- stops: application")
        .contains("- " + APPROVE + "\n- " + REJECT + "\n");
  }

  @Test
  void whereNamesMustBeProvedItSaysWhatCanApproveAndOffersOnlyToReject() {
    proposed(Approval.Identity.AUTHENTICATED);
    assertThat(details()).contains("`./resurge approve`, a link or a login", REJECT);
    assertThat(details()).doesNotContain(APPROVE);
  }

  @Test
  void onceItIsApprovedNothingIsAskedForAndWhoSaidSoIsShown() {
    proposed(Approval.Identity.CLAIMED);
    answered(Decision.Kind.APPROVE, "c9b212");
    assertThat(details())
        .contains("- alice (claimed, by temporal) said approve: approved\n")
        .doesNotContain(APPROVE, REJECT);
  }

  @Test
  void anAnswerThatDidNotCountIsShownWithTheReason() {
    proposed(Approval.Identity.CLAIMED);
    answered(Decision.Kind.APPROVE, "zzzzzz");
    assertThat(details())
        .contains("said approve: refused: this run's plan is c9b212, not zzzzzz", APPROVE);
  }

  @Test
  void aQuestionIsShownWithOneAnswerForEachChoice() {
    desk.ask(
        new Question(Question.Kind.PARKED, "k7mt", "stage failed", List.of("retry", "abort"), NOW));
    assertThat(details())
        .contains("**Waiting for you**: stage failed")
        .contains(
            "`{\"kind\":\"decide\",\"code\":\"k7mt\",\"choice\":\"retry\",\"by\":\"your name\"}`",
            "`{\"kind\":\"decide\",\"code\":\"k7mt\",\"choice\":\"abort\",\"by\":\"your name\"}`");
  }

  @Test
  void aStepIsOneLine() {
    assertThat(details())
        .contains("\n- ✗ stage database (2.0 s): no room\n")
        .doesNotContain("hope");
  }
}
