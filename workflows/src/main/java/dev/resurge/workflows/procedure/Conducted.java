package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.EvidenceActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.forecast.Forecaster;
import dev.resurge.workflows.forecast.Paces;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Holder;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ProcedureInput;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Objectives;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.Scoping;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every procedure has around its guide: the lock, the runbook, the live status, people's
 * answers, parking, and evidence at the end whatever happened.
 */
abstract class Conducted implements Decidable {
  private final Procedure procedure;
  private final String system;
  private Run run;
  private Runbook runbook;
  private Paces paces = Paces.NONE;
  private final Conversation people;
  private final Steps steps;
  private String phase = "starting";
  private final boolean canonical;
  private Optional<CancellationScope> body = Optional.empty();
  private Optional<RunResult> result = Optional.empty();
  private final EvidenceDraft draft;

  Conducted(Procedure procedure, ProcedureInput given) {
    var input = InputConverter.require(procedure.workflowType(), given);
    this.procedure = procedure;
    this.system = input.runbook();
    var start = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    // A payload proves nothing: whatever it says of itself, the identity is claimed.
    var asker =
        input
            .requester()
            .map(p -> new Person(p.name(), p.channel(), false))
            .orElseGet(() -> new Person("unknown", "temporal", false));
    this.canonical = Locks.isCanonical(procedure, system);
    this.run =
        new Run(
            RunId.of(start, procedure, Conversation.newCode(2)),
            procedure,
            system,
            "",
            "",
            asker,
            input.reason(),
            start,
            input.declared(),
            input.scope());
    this.draft = new EvidenceDraft(input.declared(), start);
    this.people = new Conversation(run, Severity.HIGH, this::changed);
    this.steps = new Steps(people.timeline());
  }

  /** Runs the guide under the canonical id; anywhere else hands over. */
  final RunResult conduct(ProcedureInput input, Runnable guide) {
    if (!canonical && input.schedule().isPresent()) {
      return inTurn(input);
    }
    var elsewhere = Locks.handOver(procedure, system, input);
    if (elsewhere.isPresent()) {
      return handedOver(elsewhere.get());
    }
    var ending = ending(guide);
    var holder = new RunResult[1];
    Workflow.newDetachedCancellationScope(() -> holder[0] = finish(ending)).run();
    return holder[0];
  }

  private Optional<RunEnded> ending(Runnable guide) {
    var scope =
        Workflow.newCancellationScope(() -> {
          load();
          guide.run();
        });
    body = Optional.of(scope);
    try {
      scope.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(Endings.of(e, people.desk().ending(), draft.clocks()));
    }
  }

  private void load() {
    forgetEarlier();
    phase("preflight");
    var loaded =
        steps.step("load runbook").ask(PrepareActivities.class, a -> a.load(system, procedure));
    draft.madeBy(loaded.installation(), loaded.version());
    run = run.reading(loaded.text(), loaded.digest());
    paces = loaded.paces();
    people.useForecast(this::forecast);
    people.about(run);
    people.telling().anybody(loaded.notifies());
    people.telling().tell(people.notices().started(people.now()));
    requireKnown(loaded.runbook());
    runbook = Scoping.apply(run.scope(), loaded.runbook());
    people.useRules(runbook.spec().approval());
  }

  private void requireKnown(Runbook loaded) {
    var problems = Scoping.problems(run.scope(), loaded);
    if (!problems.isEmpty()) {
      throw new RunEnded(
          Verdict.REFUSED, Failures.of(ErrorType.INPUT_INVALID, String.join("; ", problems)));
    }
  }

  /** Preflight: all findings at once; errors refuse the run. */
  final void preflight(Optional<SetId> wanted, Intent intent) {
    draft
        .findings()
        .addAll(
            preflight()
                .ask(
                    PrepareActivities.class,
                    a -> a.preflight(run, wanted, intent),
                    found -> counted(found.size())));
    var errors =
        draft.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      var lines = new StringBuilder();
      errors.forEach(
          e -> lines.append("\n- ").append(e.subject()).append(": ").append(e.message()));
      var types = errors.stream().map(Finding::type).distinct().toList();
      var type = types.size() == 1 ? types.getFirst() : ErrorType.PREFLIGHT_REFUSED;
      throw new RunEnded(
          Verdict.REFUSED,
          new Evidence.Failure(
              type.id(), "preflight found what must be mended first:" + lines, type.remedy()));
    }
  }

  private static String counted(int findings) {
    return switch (findings) {
      case 0 -> "";
      case 1 -> "1 finding";
      default -> findings + " findings";
    };
  }

  /** Nobody waits for a backup; people wait for all else. */
  private Steps.Call preflight() {
    var step = steps.step("preflight");
    return run.procedure() == Procedure.BACKUP ? step.inTurn() : step;
  }

  /** Resolves and claims the set; takes over what runs that never ended have staged. */
  final SetSummary chooseSet(String wanted) {
    run =
        run.continuing(
            Stubs.patient(PrepareActivities.class, "look for interrupted runs").interrupted(run));
    var chosen =
        steps
            .step("choose set")
            .ask(PrepareActivities.class, a -> a.chooseSet(run, wanted), s -> s.set().value());
    about(chosen);
    return chosen;
  }

  /** The set was found whole, byte by byte or by restoring it: pruning keeps the last such one. */
  final void markVerified(SetSummary proved) {
    orNote(
        "mark set verified",
        () ->
            steps
                .step("mark set verified")
                .run(StageActivities.class, a -> a.markVerified(run, proved.set())));
  }

  /**
   * A step that parks when it keeps failing: it says what failed and waits for a person.
   *
   * @param alternatives what may be chosen besides retry and abort
   * @return the answer, or empty if another alternative was chosen
   */
  final <T> Optional<T> parking(String what, List<String> alternatives, Supplier<T> work) {
    for (; ; ) {
      try {
        return Optional.of(work.get());
      } catch (TemporalFailure | StepFailed e) {
        if (Failures.isCancellation(e)) {
          throw e;
        }
        var why = Failures.describe(e);
        var choices = new ArrayList<>(List.of("retry"));
        choices.addAll(alternatives);
        if (draft.clocks().healthy.isEmpty()) {
          choices.add("abort"); // later there is nothing left that it could keep from happening
        }
        var choice =
            people.ask(
                Question.Kind.PARKED,
                what + " failed (" + why.type() + "): " + why.message() + "\n" + why.remedy(),
                choices);
        throwIfEnded();
        if (!choice.equals("retry")) {
          return Optional.empty();
        }
      }
    }
  }

  private RunResult finish(Optional<RunEnded> ended) {
    people.desk().close();
    phase("evidence");
    cleanUp();
    draft
        .set()
        .ifPresent(s ->
            quietly(
                "release set",
                () ->
                    Stubs.patient(PrepareActivities.class, "release set")
                        .releaseSet(run, s.set())));
    draft.clocks().verified = ended.isEmpty() ? Optional.of(people.now()) : Optional.empty();
    tellEnd(ended);
    var evidence = evidence(ended);
    var where = new String[1];
    quietly(
        "evidence",
        () ->
            where[0] =
                Stubs.patient(EvidenceActivities.class, "evidence").writeEvidence(run, evidence));
    var answer =
        new RunResult(
            Optional.of(run.id()),
            Optional.of(evidence.verdict()),
            evidence.summary(),
            draft.set().map(SetSummary::set),
            Optional.ofNullable(where[0]),
            evidence.failure(),
            evidence.clocks(),
            Optional.empty());
    result = Optional.of(answer);
    Workflow.upsertTypedSearchAttributes(Attributes.OUTCOME.valueSet(evidence.verdict().id()));
    phase("done");
    Workflow.await(Workflow::isEveryHandlerFinished);
    return answer;
  }

  private Evidence evidence(Optional<RunEnded> ended) {
    return draft.evidence(run, people, objectives(), ended, v -> summary(v, ended));
  }

  /** Before the evidence is written, so that it says who was not told. */
  private void tellEnd(Optional<RunEnded> ended) {
    if (people.telling().endIsTold()) {
      people.telling().last(people.notices().ended(evidence(ended)));
    }
  }

  /** What may fail without ending the run; evidence says that it did. */
  final void quietly(String what, Runnable work) {
    try {
      work.run();
    } catch (TemporalFailure e) {
      draft.notes().add(what + " failed: " + Failures.describe(e).message());
    }
  }

  /** Does what the run does not depend on: a failure becomes a note in its evidence. */
  final void orNote(String what, Runnable work) {
    try {
      work.run();
    } catch (TemporalFailure | StepFailed e) {
      if (Failures.isCancellation(e)) {
        throw e;
      }
      draft.notes().add(what + " failed: " + Failures.describe(e).message());
    }
  }

  private Objectives objectives() {
    return runbook == null
        ? new Objectives(Optional.empty(), Optional.empty(), Optional.empty())
        : runbook.spec().objectives();
  }

  /** One sentence for the person who reads only one. */
  abstract String summary(Verdict verdict, Optional<RunEnded> ended);

  /** Removes what must not stay when the run is over; in a detached scope, also after a cancel. */
  void cleanUp() {}

  /** What a decision of kind abort or reject does besides being recorded. */
  void endEarly(String why) {
    body.ifPresent(scope -> scope.cancel(why));
  }

  private RunResult inTurn(ProcedureInput input) {
    phase = "waiting for its turn";
    return Locks.inTurn(procedure, system, input);
  }

  private RunResult handedOver(String workflowId) {
    phase = "handed over";
    return new RunResult(
        Optional.empty(),
        Optional.empty(),
        "handed over to " + workflowId + "; look there",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        draft.clocks().freeze(),
        Optional.of(workflowId));
  }

  @Override
  public final DecisionAnswer answer(Decision decision) {
    if (!canonical) {
      return new DecisionAnswer(
          false, "refused: this run only hands over; decide on " + procedure.workflowId(system));
    }
    var answer = takeAnswer(decision);
    people.desk().ending().ifPresent(e -> endEarly(e.answer()));
    return answer;
  }

  /** Where an answer goes; a restore passes some on to its cut over. */
  DecisionAnswer takeAnswer(Decision decision) {
    return people.answer(decision);
  }

  @Override
  public final void validateAnswer(Decision decision) {
    Conversation.requireWellFormed(decision);
  }

  @Override
  public final void answerBySignal(Decision decision) {
    people.bySignal(decision, this::answer);
  }

  @Override
  public final Status status() {
    return new Status(
        run.id(),
        procedure,
        system,
        phase,
        people.timeline().steps(),
        people.desk().plan(),
        people.desk().question(),
        people.desk().log(),
        draft.findings(),
        draft.checks(),
        draft.fates(),
        forecast(),
        result);
  }

  /** How long it is likely to take, as far as earlier runs tell. */
  final Forecast forecast() {
    if (runbook == null) {
      return Forecast.NONE;
    }
    var names = components().stream().map(Component::name).toList();
    return legs(new Forecaster(paces, names, draft.set())).forecast();
  }

  /** Adds the stretches of the procedure that people ask about; here there are none. */
  Forecaster legs(Forecaster earlier) {
    return earlier;
  }

  final void phase(String now) {
    phase = now;
    Workflow.upsertTypedSearchAttributes(
        Attributes.SYSTEM.valueSet(system),
        Attributes.PROCEDURE.valueSet(procedure.id()),
        Attributes.PHASE.valueSet(now));
    changed();
  }

  /** Started "like" an earlier run, as Temporal's UI offers, it has what became of that one. */
  private static void forgetEarlier() {
    var given = Workflow.getTypedSearchAttributes();
    if (given.containsKey(Attributes.OUTCOME) || given.containsKey(Attributes.SET)) {
      Workflow.upsertTypedSearchAttributes(
          Attributes.OUTCOME.valueUnset(), Attributes.SET.valueUnset());
    }
  }

  /** Somebody else holds the data; evidence will say whom the run waited for. */
  final void waitsFor(Holder holder) {
    draft.waitedFor().add(holder.describe());
    people.timeline().note("wait for " + holder.workflowId(), holder.describe());
  }

  final void changed() {
    if (canonical) {
      Workflow.setCurrentDetails(Details.markdown(status(), people.desk()));
    }
  }

  final Run theRun() {
    return run;
  }

  final Runbook runbook() {
    return runbook;
  }

  /** The components that the run is about. */
  final List<Component> components() {
    return Scoping.components(run.scope(), runbook);
  }

  final Conversation people() {
    return people;
  }

  final Steps steps() {
    return steps;
  }

  /** What evidence will say; filled while the run goes on. */
  final EvidenceDraft draft() {
    return draft;
  }

  /** The set that the run is about. */
  final void about(SetSummary set) {
    draft.set(set);
    Workflow.upsertTypedSearchAttributes(Attributes.SET.valueSet(set.set().value()));
  }

  /** Ends the guide as cancelled if somebody ended the run while nothing was waiting. */
  final void throwIfEnded() {
    if (people.desk().ending().isPresent()) {
      throw new CanceledFailure("the run was ended by a decision");
    }
  }
}
