package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.runbook.Approval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeskTest {
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");
  private static final Instant NOW = Instant.parse("2026-11-21T03:15:00Z");
  private static final Person ASKER = new Person("asker", "test", false);

  private Desk desk = desk(rules(1, List.of(), Approval.Identity.CLAIMED));

  private static Desk desk(Approval rules) {
    var desk = new Desk(RUN, ASKER);
    desk.useRules(rules);
    return desk;
  }

  private static Approval rules(int required, List<String> approvers, Approval.Identity identity) {
    return new Approval(
        required, approvers, false, identity, Duration.ofHours(1), Duration.ofMinutes(1), null);
  }

  @Test
  void beforeThePlanExistsTheAnswerIsRefusedAndRecorded() {
    var answer = approve("abcdef", "alice");
    assertThat(answer.accepted()).isFalse();
    assertThat(answer.answer()).contains("no plan yet");
    assertThat(desk.log()).hasSize(1).allMatch(entry -> !entry.accepted());
  }

  @Test
  void anApprovalForAnotherPlanIsRefusedAndSaysWhichPlanItIs() {
    desk.present(plan("one"), NOW);
    assertThat(approve("zzzzzz", "alice").answer()).contains(code("one"));
    assertThat(desk.approved()).isEmpty();
  }

  @Test
  void whoeverAskedMayNotApprove() {
    desk.present(plan("one"), NOW);
    assertThat(approve(code("one"), "asker").accepted()).isFalse();
    assertThat(approve(code("one"), "alice").accepted()).isTrue();
  }

  @Test
  void theSamePersonDoesNotCountTwice() {
    desk = desk(rules(2, List.of(), Approval.Identity.CLAIMED));
    desk.present(plan("one"), NOW);
    assertThat(approve(code("one"), "alice").answer()).contains("1 more");
    assertThat(approve(code("one"), "alice").accepted()).isFalse();
    assertThat(desk.approved()).isEmpty();
    assertThat(approve(code("one"), "bob").accepted()).isTrue();
    assertThat(desk.approved()).isPresent();
  }

  @Test
  void oneNameInOtherLettersIsOnePersonAndSoIsWhoeverAsked() {
    desk = desk(rules(2, List.of(), Approval.Identity.CLAIMED));
    desk.present(plan("one"), NOW);
    assertThat(approve(code("one"), "alice").accepted()).isTrue();
    assertThat(approve(code("one"), "Alice").answer()).contains("approved already");
    assertThat(approve(code("one"), "ASKER").answer()).contains("asked for this run");
  }

  @Test
  void onlyNamedApproversMay() {
    desk = desk(rules(1, List.of("alice"), Approval.Identity.CLAIMED));
    desk.present(plan("one"), NOW);
    assertThat(approve(code("one"), "mallory").answer()).contains("approvers");
    assertThat(approve(code("one"), "alice").accepted()).isTrue();
  }

  @Test
  void aClaimedNameDoesNotCountWhereIdentityMustBeAuthenticated() {
    desk = desk(rules(1, List.of("alice"), Approval.Identity.AUTHENTICATED));
    desk.present(plan("one"), NOW);
    assertThat(approve(code("one"), "alice").answer()).contains("authenticated");
    var proven = new Person("alice", "cli-signed", true);
    assertThat(desk.answer(decision(Decision.Kind.APPROVE, code("one"), null), proven, NOW))
        .matches(DecisionAnswer::accepted);
  }

  @Test
  void anApprovalThatComesTooLateIsRefused() {
    desk.present(plan("one"), NOW);
    var late = NOW.plus(Duration.ofMinutes(61));
    var answer =
        desk.answer(
            decision(Decision.Kind.APPROVE, code("one"), null),
            new Person("alice", "test", false),
            late);
    assertThat(answer.answer()).contains("expired");
  }

  @Test
  void aNewPlanVoidsApprovalsOfTheOldOne() {
    desk.present(plan("one"), NOW);
    approve(code("one"), "alice");
    desk.present(plan("two"), NOW);
    assertThat(desk.approved()).isEmpty();
    assertThat(approve(code("one"), "alice").accepted()).isFalse();
  }

  @Test
  void onceTheCutOverHasBegunNeitherApprovalNorRejectionComesInTime() {
    desk.present(plan("one"), NOW);
    desk.close();
    assertThat(approve(code("one"), "alice").answer()).contains("too late");
    assertThat(say(Decision.Kind.REJECT, code("one"), null, "alice").answer()).contains("too late");
    assertThat(desk.ending()).isEmpty();
  }

  @Test
  void aChoiceMustAnswerThePresentQuestionAndBeOneOfItsChoices() {
    desk.ask(new Question(Question.Kind.PARKED, "q1q1", "?", List.of("retry", "abort"), NOW));
    assertThat(say(Decision.Kind.DECIDE, "q0q0", "retry", "alice").accepted()).isFalse();
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "skip", "alice").answer()).contains("no choice");
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "retry", "alice").accepted()).isTrue();
    assertThat(desk.choice()).contains("retry");
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "retry", "bob").answer())
        .contains("nothing is being asked");
  }

  @Test
  void aDirectionIsDecidedByThoseWhoMayApproveAndByAsManyAsMust() {
    desk = desk(rules(2, List.of(), Approval.Identity.CLAIMED));
    desk.ask(
        new Question(
            Question.Kind.DIRECTION, "q1q1", "?", List.of("forward", "back", "retry"), NOW));
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "forward", "asker").answer())
        .contains("requesterMayApprove");
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "forward", "alice").answer())
        .contains("1 more needed");
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "forward", "alice").accepted()).isFalse();
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "back", "bob").answer()).contains("1 more needed");
    assertThat(desk.choice()).isEmpty();
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "forward", "bob").accepted()).isTrue();
    assertThat(desk.choice()).contains("forward");
  }

  @Test
  void lookingAgainMovesNothingAndNeedsNoApprover() {
    desk.ask(new Question(Question.Kind.DIRECTION, "q1q1", "?", List.of("forward", "retry"), NOW));
    assertThat(say(Decision.Kind.DECIDE, "q1q1", "retry", "asker").accepted()).isTrue();
    assertThat(desk.choice()).contains("retry");
  }

  @Test
  void anAbortNeedsTheRunOrThePlanAndEndsTheRun() {
    assertThat(say(Decision.Kind.DECIDE, "other", "abort", "alice").accepted()).isFalse();
    assertThat(desk.ending()).isEmpty();
    assertThat(say(Decision.Kind.DECIDE, RUN.value(), "abort", "alice").accepted()).isTrue();
    assertThat(desk.ending()).isPresent();
  }

  private DecisionAnswer approve(String code, String by) {
    return say(Decision.Kind.APPROVE, code, null, by);
  }

  private DecisionAnswer say(Decision.Kind kind, String code, String choice, String by) {
    return desk.answer(decision(kind, code, choice), new Person(by, "test", false), NOW);
  }

  private static Decision decision(Decision.Kind kind, String code, String choice) {
    return Stage.decision(kind, code, choice, "x");
  }

  private static String code(String nonce) {
    return Plan.codeOf(RUN, "digest", nonce);
  }

  private static Plan plan(String nonce) {
    return new Plan(
        RUN,
        "library",
        Optional.of(new SetId("20261121T020000Z-k3f9")),
        Optional.empty(),
        "manifest",
        NOW,
        Duration.ZERO,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "1",
        Duration.ofMinutes(1),
        List.of(),
        "digest",
        code(nonce));
  }
}
