package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.AnswerCommands;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Notice.Event;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.PlanWords;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.rules.SetRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The words in which people are told of a run, who may not know it. */
final class Notices {
  private final Run run;

  Notices(Run run) {
    this.run = run;
  }

  /** It has begun. */
  Notice started(Instant now) {
    var lines = new ArrayList<String>();
    lines.add("asked for by " + run.requester().describe());
    run.reason().ifPresent(why -> lines.add("reason: " + why));
    return notice(Event.STARTED, Severity.LOW, " started", lines, now);
  }

  /** A plan waits for approval: what is lost by agreeing stands first. */
  Notice planned(Plan plan, Forecast forecast, Instant expires, Instant now) {
    return waiting(plan, plan(plan, forecast, expires), " waits for approval of plan ", now);
  }

  /** All is ready but the approval. */
  Notice staged(Plan plan, Forecast forecast, String staging, Instant expires, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(staging);
    lines.addAll(plan(plan, forecast, expires));
    return waiting(plan, lines, " is staged and waits only for approval of plan ", now);
  }

  private Notice waiting(Plan plan, List<String> lines, String words, Instant now) {
    return notice(Event.WAITING, Severity.HIGH, words + plan.code(), lines, now)
        .asking(Optional.of(plan.code()), AnswerCommands.of(plan));
  }

  private static List<String> plan(Plan plan, Forecast forecast, Instant expires) {
    var lines = new ArrayList<String>();
    PlanWords.givesUp(plan).forEach(line -> lines.add("gives up: " + line));
    lines.add("restores: " + plan.source());
    lines.add("recovers to: " + plan.recoveryPoint() + ", " + Durations.human(plan.age()) + " ago");
    PlanWords.replaces(plan)
        .forEach(line -> lines.add((plan.rebuilds() ? "builds: " : "replaces: ") + line));
    lines.add("stops: " + PlanWords.stops(plan));
    lines.add("takes: " + PlanWords.takes(forecast));
    plan.warnings().forEach(line -> lines.add("warning: " + line));
    lines.add("approval: " + plan.approval() + ", until " + expires);
    return lines;
  }

  /**
   * Something is asked.
   *
   * @param parked how grave it is when a step keeps failing
   */
  Notice asked(Question question, Severity parked) {
    var event = question.kind() == Question.Kind.PARKED ? Event.PARKED : Event.WAITING;
    var severity =
        switch (question.kind()) {
          case PARKED -> parked;
          case DIRECTION -> Severity.CRITICAL;
          case APPROVAL -> Severity.HIGH;
          case MANUAL -> Severity.MEDIUM;
        };
    var words =
        switch (question.kind()) {
          case PARKED -> " is parked: a person decides";
          case DIRECTION -> " was left half-way: a person decides which way it goes";
          case APPROVAL -> " waits for approval";
          case MANUAL -> " waits for a person who looks";
        };
    return notice(event, severity, words, List.of(question.text()), question.since())
        .asking(Optional.of(question.code()), AnswerCommands.of(run.system(), question));
  }

  /**
   * Nobody answered: the same again, for more people.
   *
   * @param before what they were asked
   */
  Notice escalated(Notice before, String words, List<String> to, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(words);
    lines.addAll(before.lines());
    return notice(Event.ESCALATED, Severity.CRITICAL, ": nobody has answered", lines, now)
        .asking(before.code(), before.answers())
        .to(to);
  }

  /** It is over. */
  Notice ended(Evidence evidence) {
    var event = Notice.ended(evidence.verdict());
    var lines = new ArrayList<String>();
    lines.add(evidence.summary());
    lines.addAll(SetRules.broken(broken(evidence)));
    evidence.measures().stream()
        .map(Notices::measure)
        .flatMap(Optional::stream)
        .forEach(lines::add);
    evidence.failure().ifPresent(failure -> lines.add("next: " + failure.remedy()));
    lines.add("report: ./resurge report " + run.id());
    return notice(
        event,
        severity(evidence),
        switch (event) {
          case DONE -> " done";
          case OBJECTIVE_MISSED -> " done, and an objective missed";
          default -> " ended: " + evidence.verdict().id();
        },
        lines,
        evidence.ended());
  }

  private static List<CheckResult> broken(Evidence evidence) {
    return evidence.checks().stream().filter(c -> !c.passed() && c.severity().isPresent()).toList();
  }

  private static Optional<String> measure(Measure measure) {
    return measure
        .met()
        .map(met ->
            measure.name()
                + ": "
                + measure.actual().map(Durations::human).orElse("not measured")
                + (met ? ", within " : ", more than ")
                + measure.objective().map(Durations::human).orElse("its objective"));
  }

  /** Guide 003's words: what is missing now for bringing a system back is looked at at once. */
  private static Severity severity(Evidence evidence) {
    return switch (evidence.verdict()) {
      case PASS ->
          broken(evidence).stream()
              .flatMap(c -> c.severity().stream())
              .min(Comparator.naturalOrder())
              .orElse(Severity.LOW);
      case FAIL_OBJECTIVE -> Severity.HIGH;
      case FAIL_INTEGRITY, SWAPPED_BACK -> Severity.CRITICAL;
      case REJECTED, ABORTED -> Severity.MEDIUM;
      case REFUSED, FAILED -> withoutResult(evidence.procedure());
    };
  }

  private static Severity withoutResult(Procedure procedure) {
    return switch (procedure) {
      case BACKUP, RESTORE, RECOVER, SETTLE -> Severity.CRITICAL;
      case VERIFY, DRILL -> Severity.HIGH;
      case PRUNE -> Severity.MEDIUM;
    };
  }

  private Notice notice(
      Event event, Severity severity, String words, List<String> lines, Instant now) {
    return new Notice(
        event,
        severity,
        run.system(),
        run.procedure(),
        Optional.of(run.id()),
        subject() + words,
        lines,
        Optional.empty(),
        List.of(),
        List.of(),
        now);
  }

  private String subject() {
    return run.system() + ": " + run.procedure().id();
  }
}
