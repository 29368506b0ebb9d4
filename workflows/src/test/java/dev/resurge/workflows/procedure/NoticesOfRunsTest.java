package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.forecast.Pace;
import dev.resurge.workflows.forecast.Paces;
import dev.resurge.workflows.forecast.Sample;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Expected;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Notice.Event;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Verdict;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people are told of a run, and that no run depends on it. */
final class NoticesOfRunsTest {
  private Stage stage = telling(new RunbookBuilder());

  @AfterEach
  void close() {
    stage.close();
  }

  private static Stage telling(RunbookBuilder runbook) {
    var stage = new Stage(runbook.build());
    stage.world.notifies = true;
    return stage;
  }

  private void withRunbook(RunbookBuilder runbook) {
    stage.close();
    stage = telling(runbook);
  }

  private List<Event> events() {
    return stage.world.notices.stream().map(Notice::event).toList();
  }

  private Notice only(Event event) {
    var all = stage.world.notices.stream().filter(n -> n.event() == event).toList();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private WorkflowStub approvedRestore() {
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    return run;
  }

  @Test
  void aRestoreTellsThatItBeganWhatItWillDoThatItIsStagedAndHowItEnded() {
    var run = stage.start(Procedure.RESTORE);
    var code =
        stage.await(run, s -> s.phase().equals("waiting for approval")).plan().orElseThrow().code();
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);

    assertThat(events()).containsExactly(Event.STARTED, Event.WAITING, Event.WAITING, Event.DONE);
    var plan = stage.world.notices.get(1);
    assertThat(plan.title()).isEqualTo("library: restore waits for approval of plan " + code);
    assertThat(plan.lines().getFirst()).isEqualTo("gives up: everything since");
    assertThat(plan.lines())
        .anyMatch(l -> l.startsWith("replaces: database (fake): database, now 10 B, by 10 B"))
        .anyMatch(l -> l.startsWith("stops: app, for at most 1 min"))
        .anyMatch(l -> l.startsWith("approval: 1 of anybody, until "));
    assertThat(plan.answers()).contains("./resurge approve library " + code);
    assertThat(plan.code()).contains(code);
    var staged = stage.world.notices.get(2);
    assertThat(staged.title()).contains("waits only for approval of plan " + code);
    assertThat(staged.lines().getFirst()).startsWith("staged: the restored copy stands");
    var done = only(Event.DONE);
    assertThat(done.severity()).isEqualTo(Severity.LOW);
    assertThat(done.lines()).contains("report: ./resurge report " + done.run().orElseThrow());
  }

  @Test
  void whoApprovesHearsHowLongItTookBefore() {
    var sample = new Sample(Duration.ofSeconds(100), new ByteSize(0));
    stage.world.paces =
        new Paces(
            List.of(
                new Pace("stage database", List.of(sample, sample)),
                new Pace("stage files", List.of(sample, sample))),
            new Pace("swap", List.of(new Sample(Duration.ofSeconds(2), new ByteSize(0)))),
            new Pace("overwrite", List.of()));
    var run = stage.start(Procedure.RESTORE);
    var status = stage.await(run, s -> s.phase().equals("waiting for approval"));
    stage.approve(run, "alice");
    stage.result(run);

    assertThat(stage.world.notices.get(1).lines())
        .contains(
            "takes: staging and verifying 75 s to 3 min, downtime 1 to 3 s, by 1 earlier run");
    assertThat(status.forecast().steps()).extracting(Expected::what).contains("stage files");
    assertThat(stage.evidence().steps())
        .filteredOn(step -> step.name().equals("stage"))
        .extracting(Step::bytes)
        .containsExactlyInAnyOrder(Optional.of(new ByteSize(6)), Optional.of(new ByteSize(4)));
  }

  @Test
  void whoApprovesTheFirstRestoreHearsThatNothingTellsHowLongItTakes() {
    stage.result(approvedRestore());

    assertThat(stage.world.notices.get(1).lines())
        .contains("takes: not known: no earlier run tells");
  }

  @Test
  void whereNobodyIsToldNothingIsAsked() {
    stage.world.notifies = false;
    assertThat(stage.result(approvedRestore()).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).noneMatch(call -> call.startsWith("tell"));
  }

  @Test
  void aNotifierThatHangsDelaysNothing() {
    var over = new CountDownLatch(1);
    stage.world.next("tell started", () -> hang(over));
    stage.world.next("tell waiting", () -> hang(over));
    var run = approvedRestore();
    stage.await(run, s -> s.phase().equals("evidence"));
    assertThat(stage.world.live.values()).containsOnly("new");
    over.countDown();
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  private static void hang(CountDownLatch over) {
    while (over.getCount() > 0) {
      Activity.getExecutionContext().heartbeat("hanging");
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void aNotifierThatNeverWorksFailsNothingAndEvidenceSaysSo() {
    for (var event : Event.values()) {
      stage.world.flicker("tell " + event.id(), 200);
    }
    var result = stage.result(stage.start(Procedure.BACKUP));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.notices).isEmpty();
    assertThat(stage.evidence().steps())
        .filteredOn(step -> step.name().equals("not told"))
        .isNotEmpty();
    var ended = stage.evidence().ended();
    assertThat(Duration.between(stage.evidence().clocks().requested(), ended))
        .isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void whatFailsForGoodIsNotedWithItsReason() {
    stage.world.fail("tell started", ErrorType.CONFIGURATION_INVALID);
    stage.result(stage.start(Procedure.BACKUP));
    assertThat(stage.evidence().steps())
        .filteredOn(step -> step.name().equals("not told"))
        .extracting(step -> step.detail().orElse(""))
        .containsExactly("started: tell started went wrong");
  }

  @Test
  void aDeliveryThatFailsAtFirstIsTriedAgain() {
    stage.world.flicker("tell done", 2);
    stage.result(stage.start(Procedure.BACKUP));
    assertThat(events()).containsExactly(Event.STARTED, Event.DONE);
    assertThat(stage.evidence().steps()).extracting(Step::name).doesNotContain("not told");
  }

  @Test
  void anUnansweredPlanIsToldToTheNextPeopleOnce() {
    withRunbook(
        new RunbookBuilder()
            .spec(
                "approval",
                """
                {"identity":"claimed","expiresAfter":"1h","escalateAfter":"10m","escalateTo":["boss"]}
                """));
    var result = stage.result(stage.start(Procedure.RESTORE));
    assertThat(result.verdict()).contains(Verdict.REFUSED);

    var escalated = only(Event.ESCALATED);
    assertThat(escalated.to()).containsExactly("boss");
    assertThat(escalated.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(escalated.lines().getFirst()).isEqualTo("not approved after 10 min 0 s, told boss");
    assertThat(escalated.lines()).contains("gives up: everything since");
    assertThat(escalated.code()).isPresent();
    assertThat(escalated.answers()).isNotEmpty();
    assertThat(stage.world.notices)
        .filteredOn(n -> n.event() != Event.ESCALATED)
        .allMatch(n -> n.to().isEmpty());
    assertThat(only(Event.FAILED).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void anApprovedPlanIsNotEscalated() {
    assertThat(stage.result(approvedRestore()).verdict()).contains(Verdict.PASS);
    assertThat(events()).doesNotContain(Event.ESCALATED);
  }

  @Test
  void aPlanThatWasVoidedIsToldUnderItsNewCode() {
    stage.world.stagedChecks.add(failedCheck("fingerprint"));
    var run = stage.start(Procedure.RESTORE);
    var parked = stage.await(run, s -> s.question().isPresent());
    var code = parked.plan().orElseThrow().code();
    stage.await(run, s -> events().contains(Event.PARKED));
    stage.await(run, s -> events().stream().filter(Event.WAITING::equals).count() == 2);

    assertThat(stage.world.notices)
        .filteredOn(n -> n.event() == Event.WAITING)
        .extracting(n -> n.code().orElseThrow())
        .doesNotHaveDuplicates()
        .contains(code);
    assertThat(only(Event.PARKED).severity()).isEqualTo(Severity.HIGH);
    assertThat(only(Event.PARKED).answers())
        .contains(
            "./resurge decide library retry --code " + parked.question().orElseThrow().code());
    stage.decide(run, "abort", "alice");
    stage.result(run);
    assertThat(only(Event.FAILED).severity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void aParkedRunThatNobodyAnswersIsEscalated() {
    stage.world.fail("capture database", ErrorType.AUTHENTICATION_FAILED);
    var run = stage.start(Procedure.BACKUP);
    stage.await(run, s -> s.question().isPresent());
    stage.sleep(Duration.ofMinutes(20));
    stage.await(run, s -> events().contains(Event.ESCALATED));

    var parked = only(Event.PARKED);
    assertThat(only(Event.ESCALATED).code()).isEqualTo(parked.code());
    assertThat(only(Event.ESCALATED).lines()).containsAll(parked.lines());
    stage.decide(run, "abort", "alice");
    stage.result(run);
  }

  /** It asks again every few seconds to minutes; people are told of one trouble once. */
  @Test
  void aWayBackThatKeepsFailingIsToldOnceAsCriticalAndThenEscalated() {
    stage.world.healthChecks.add(failedCheck("health"));
    stage.world.flicker("swapBack files", 70);
    var result = stage.result(approvedRestore());
    assertThat(result.verdict()).contains(Verdict.SWAPPED_BACK);

    var parked = only(Event.PARKED);
    assertThat(parked.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(parked.title()).isEqualTo("library: restore is parked: a person decides");
    assertThat(parked.lines().getFirst()).contains("swap back files keeps failing");
    only(Event.ESCALATED);
    assertThat(only(Event.FAILED).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aManualCheckIsToldAndThatNobodyAnsweredIt() {
    withRunbook(
        new RunbookBuilder()
            .spec(
                "checks",
                """
                [{"type":"manual","name":"look","question":"all there?","within":"5m"}]
                """));
    var run = approvedRestore();
    stage.await(run, s -> s.question().isPresent());
    stage.sleep(Duration.ofMinutes(6));
    stage.await(run, s -> events().contains(Event.ESCALATED));
    var asked = stage.world.notices.stream().filter(n -> n.lines().contains("all there?")).toList();
    assertThat(asked).extracting(Notice::event).containsExactly(Event.WAITING, Event.ESCALATED);
    stage.decide(run, "yes", "bob");
    stage.result(run);
  }

  @Test
  void aMissedObjectiveIsAnEventOfItsOwn() {
    withRunbook(new RunbookBuilder().spec("objectives", "{\"rto\":\"1ms\"}"));
    var run = stage.start(Procedure.RESTORE);
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    stage.sleep(Duration.ofMinutes(5));
    stage.approve(run, "alice");
    stage.result(run);

    var missed = only(Event.OBJECTIVE_MISSED);
    assertThat(missed.severity()).isEqualTo(Severity.HIGH);
    assertThat(missed.lines()).anyMatch(line -> line.contains("more than 0.0 s"));
  }

  @Test
  void aRunThatEndsBeforeItsRunbookWasReadIsToldAllTheSame() {
    stage.world.fail("load", ErrorType.RUNBOOK_INVALID);
    assertThat(stage.result(stage.start(Procedure.BACKUP)).verdict()).contains(Verdict.REFUSED);
    assertThat(events()).containsExactly(Event.FAILED);
    assertThat(only(Event.FAILED).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aCancelledRunTellsItsEnd() {
    var run = stage.start(Procedure.RESTORE);
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    run.cancel();
    stage.failure(run);
    assertThat(only(Event.FAILED).title()).isEqualTo("library: restore ended: aborted");
  }

  private static CheckResult failedCheck(String name) {
    return new CheckResult(name, "staged", false, "200", "503", Duration.ZERO, Optional.empty());
  }
}
