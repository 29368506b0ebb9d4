package dev.resurge.starter.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.starter.runs.Delivery;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.Samples;
import dev.resurge.starter.view.RunView;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private final FakeTerminal terminal = new FakeTerminal(true);
  private final FakeRuns runs = new FakeRuns().ends(Samples.result(Verdict.PASS));
  private Instant now = Samples.BEGAN;

  private Followed follow(Attendant.Approval approval) {
    InstantSource clock = () -> now;
    var view = RunView.on(terminal, clock, "resurge");
    var decider = new Decider("alice", Optional.empty());
    var attendant = new Attendant(terminal, runs, view, decider, approval);
    return new Follower(runs, terminal, view, attendant, clock).follow(Samples.REF);
  }

  @Test
  void typingTheSystemsNameApprovesThePlanThatWasShown() {
    runs.looks(Samples.planned(), Samples.planned(), Samples.ended());
    terminal.type("library");

    var followed = follow(Attendant.Approval.ASK);

    assertThat(followed).isInstanceOf(Followed.Ended.class);
    assertThat(runs.decisions())
        .containsExactly(
            new Decision(
                Decision.Kind.APPROVE,
                Samples.CODE,
                Optional.empty(),
                "alice",
                Optional.empty(),
                Optional.of("cli"),
                Optional.empty()));
    assertThat(terminal.progressText())
        .containsSubsequence("gives up", "Type the system's name, library", "✓ approved");
  }

  @Test
  void aWrongNameIsAskedForOnceMoreThenTheRunIsLeftWaiting() {
    runs.looks(Samples.planned());
    terminal.type("libary").type("yes");

    var followed = follow(Attendant.Approval.ASK);

    assertThat(followed).isInstanceOf(Followed.Left.class);
    assertThat(runs.decisions()).isEmpty();
    assertThat(terminal.progressText().split("Type the system's name", -1)).hasSize(3);
    assertThat(terminal.progressText())
        .contains("./resurge approve library 7F2C-9A", "./resurge reject library 7F2C-9A");
  }

  @Test
  void typingRejectRejects() {
    runs.looks(Samples.planned(), Samples.ended());
    terminal.type("reject");

    follow(Attendant.Approval.ASK);

    assertThat(runs.decisions()).extracting(Decision::kind).containsExactly(Decision.Kind.REJECT);
  }

  @Test
  void yesApprovesWithoutAsking() {
    runs.looks(Samples.planned(), Samples.planned(), Samples.ended());

    follow(Attendant.Approval.GIVE);

    assertThat(runs.decisions()).hasSize(1);
    assertThat(terminal.progressText()).doesNotContain("Type the system's name");
  }

  @Test
  void aRefusalSaysWhyAndHowSomebodyElseCanAnswer() {
    runs.looks(Samples.planned(), Samples.ended());
    runs.delivers(
        new Delivery.Answered(new DecisionAnswer(false, "refused: alice asked for this run")));

    follow(Attendant.Approval.GIVE);

    assertThat(terminal.progressText())
        .contains("✗ refused: alice asked for this run", "./resurge approve library 7F2C-9A");
  }

  @Test
  void aQuestionThatSomebodyElseAnswersIsWithdrawn() {
    var decided =
        Samples.state(
            Samples.status(
                Optional.of(Samples.plan()), Optional.empty(), List.of(Samples.approved("bob"))));
    runs.looks(Samples.planned(), decided, Samples.ended());
    terminal.hesitate();

    follow(Attendant.Approval.ASK);

    assertThat(runs.decisions()).isEmpty();
    assertThat(terminal.progressText()).contains("answered elsewhere");
  }

  @Test
  void whenStdinHasEndedTheRunIsFollowedAndTheCommandsAreShown() {
    runs.looks(Samples.planned(), Samples.planned(), Samples.ended());

    var followed = follow(Attendant.Approval.ASK);

    assertThat(followed).isInstanceOf(Followed.Ended.class);
    assertThat(terminal.progressText()).contains("./resurge approve library 7F2C-9A");
  }

  @Test
  void aParkedRunIsAnsweredRightThere() {
    runs.looks(Samples.parked("Q1"), Samples.ended());
    terminal.type("retry");

    follow(Attendant.Approval.TELL);

    assertThat(terminal.progressText())
        .contains("pg_restore ended with 1", "./resurge decide library retry --code Q1");
    assertThat(runs.decisions())
        .singleElement()
        .satisfies(d -> {
          assertThat(d.code()).isEqualTo("Q1");
          assertThat(d.choice()).contains("retry");
        });
  }

  @Test
  void aQuestionIsWithdrawnWhenTheRunEnds() {
    runs.looks(Samples.planned(), Samples.ended());
    terminal.hesitate();

    assertThat(follow(Attendant.Approval.ASK)).isInstanceOf(Followed.Ended.class);
    assertThat(terminal.progressText()).endsWith("the run has ended");
  }

  @Test
  void aChoiceThatIsNoneIsAskedForAgain() {
    runs.looks(Samples.parked("Q1"), Samples.parked("Q1"), Samples.ended());
    terminal.type("delete everything").type("abort");

    follow(Attendant.Approval.TELL);

    assertThat(runs.decisions()).extracting(d -> d.choice().orElseThrow()).containsExactly("abort");
  }

  @Test
  void yesNeverAnswersAParkedRun() {
    runs.looks(Samples.parked("Q1"), Samples.parked("Q1"), Samples.ended());

    follow(Attendant.Approval.GIVE);

    assertThat(runs.decisions()).isEmpty();
  }

  @Test
  void temporalMayBeAwayForAWhileButNotForEver() {
    runs.looks(Samples.planned()).fails(ErrorType.TEMPORAL_UNAVAILABLE);
    terminal.onPause(() -> now = now.plusSeconds(60));

    assertThatThrownBy(() -> follow(Attendant.Approval.TELL))
        .isInstanceOfSatisfying(
            ResurgeException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.TEMPORAL_UNAVAILABLE));

    assertThat(now).isAfter(Samples.BEGAN.plusSeconds(299));
    assertThat(terminal.progressText()).contains("the run is safe there");
  }

  @Test
  void aSignedAnswerIsBoundToRunCodeAndChoice() {
    var decider = new Decider("alice", Optional.of(text -> text));

    var decision =
        decider.decision(
            Optional.of(Samples.RUN),
            Decision.Kind.APPROVE,
            Samples.CODE,
            Optional.empty(),
            Optional.of("go"));

    var signed =
        new String(
            Base64.getDecoder().decode(decision.signature().orElseThrow()), StandardCharsets.UTF_8);
    assertThat(signed).isEqualTo(decision.signedText(Samples.RUN));
    assertThat(signed).contains(Samples.RUN.value(), Samples.CODE, "alice", "go");
  }
}
