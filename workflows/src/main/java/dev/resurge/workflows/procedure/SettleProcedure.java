package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.LockActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.SettleActivities;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Holder;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SettleInput;
import dev.resurge.workflows.model.Standing;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import dev.resurge.workflows.runbook.Scoping;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * find what is unsettled → look where it stands → *ask for the direction* → walk it under the data
 * lock → remove what was never used → evidence. All it needs is in the store: it works where
 * Temporal has forgotten everything.
 */
public final class SettleProcedure extends Conducted implements Settle {
  private final SettleInput input;
  private final CutOverCall walk = new CutOverCall(this);
  private final Approvals approvals = new Approvals(this);
  private Optional<Standing> standing = Optional.empty();
  private Optional<Outcome> outcome = Optional.empty();
  private List<RunId> others = List.of();

  @WorkflowInit
  public SettleProcedure(SettleInput input) {
    super(Procedure.SETTLE, input);
    this.input = input;
  }

  @Override
  public RunResult run(SettleInput same) {
    return conduct(
        input,
        () -> {
          requireNobodyMoves();
          unsettled().ifPresent(this::settle);
        });
  }

  /** A cut over that goes on in this Temporal settles itself. */
  private void requireNobodyMoves() {
    var lock = Procedure.dataLock(theRun().system());
    var holder =
        steps()
            .step("look who holds the data")
            .ask(LockActivities.class, a -> a.describe(lock), Holder::describe);
    if (holder.temporalRunId().isPresent() && !holder.type().equals("Capture")) {
      throw new RunEnded(
          Verdict.REFUSED,
          Failures.of(
              ErrorType.TARGET_BUSY,
              "nothing is left half-way: "
                  + holder.describe()
                  + " goes on and settles itself; watch its run: ./resurge watch "
                  + theRun().system()));
    }
  }

  /** The journal that is settled: the one that was named, else the oldest. */
  private Optional<RunId> unsettled() {
    var found =
        new ArrayList<>(
            parking(
                    "reading the journals",
                    List.of(),
                    () ->
                        steps()
                            .step("find what is unsettled")
                            .ask(
                                SettleActivities.class,
                                a -> a.unsettled(theRun()),
                                all -> all.isEmpty() ? "nothing" : words(all)))
                .orElseThrow());
    if (input.run().filter(named -> !found.contains(named)).isPresent()) {
      throw new RunEnded(
          Verdict.REFUSED,
          Failures.of(
              ErrorType.RUN_UNKNOWN,
              "nothing of run "
                  + input.run().get()
                  + " is unsettled; unsettled: "
                  + (found.isEmpty() ? "nothing" : words(found))));
    }
    var chosen = input.run().or(() -> found.stream().findFirst());
    chosen.ifPresent(found::remove);
    others = List.copyOf(found);
    return chosen;
  }

  private static String words(List<RunId> runs) {
    return String.join(", ", runs.stream().map(RunId::value).toList());
  }

  private void settle(RunId journal) {
    Optional<Evidence.Failure> stopped = Optional.empty();
    for (; ; ) {
      var now = look(journal);
      if (now.settled()) {
        draft().notes().add("somebody else settled it meanwhile");
        return;
      }
      var direction = decide(now, stopped);
      if (direction.isPresent()) {
        var result = walk(now, direction.get());
        stopped = result.failure();
        if (result.outcome() != Outcome.NOT_BEGUN) {
          conclude(now, direction.get(), result);
          return;
        }
      }
    }
  }

  private Standing look(RunId journal) {
    phase("looking");
    var now =
        parking(
                "looking where it stands",
                List.of(),
                () ->
                    steps()
                        .step("look where it stands")
                        .ask(
                            SettleActivities.class,
                            a -> a.whereItStands(theRun(), journal),
                            found -> String.join("\n", found.words())))
            .orElseThrow();
    standing = Optional.of(now);
    now.plan().ifPresent(this::show);
    return now;
  }

  /** For people and evidence; it is the direction that is asked for, not this. */
  private void show(Plan plan) {
    if (people().desk().plan().isEmpty()) {
      people().present(plan);
      people().desk().close();
      plan.set().ifPresent(set -> quietly("the set cannot be read", () -> chooseSet(set.value())));
    }
  }

  /** Which way, by who may approve; empty means look again. */
  private Optional<Direction> decide(Standing now, Optional<Evidence.Failure> stopped) {
    phase("waiting for a direction");
    var choices = new ArrayList<String>();
    now.possible().stream()
        .filter(d -> input.direction().map(d::equals).orElse(true))
        .map(Direction::id)
        .forEach(choices::add);
    choices.add("retry");
    choices.add("abort");
    var answered = new boolean[1];
    approvals.remind(
        runbook().spec().approval().escalateAfter(),
        () -> answered[0],
        "nobody has decided on the unsettled cut over of run " + now.run());
    var choice = people().ask(Question.Kind.DIRECTION, text(now, stopped), choices);
    answered[0] = true;
    throwIfEnded();
    if (!Direction.isOne(choice)) {
      return Optional.empty();
    }
    draft().notes().addAll(now.story());
    draft().notes().addAll(now.words());
    return now.possible().stream().filter(d -> d.id().equals(choice)).findFirst();
  }

  private static String text(Standing now, Optional<Evidence.Failure> stopped) {
    var lines = new ArrayList<String>();
    stopped.ifPresent(
        why -> lines.add("It was left as it is (" + why.type() + "): " + why.message()));
    lines.add("The cut over of run " + now.run() + " never wrote how it ended.");
    lines.addAll(now.story());
    lines.add("Now:");
    lines.addAll(now.words());
    lines.addAll(now.choices());
    return String.join("\n", lines);
  }

  private CutOverResult walk(Standing now, Direction direction) {
    return walk.walk(
        new WalkRequest(theRun(), runbook(), now, direction, people().telling().open()));
  }

  private void conclude(Standing now, Direction decided, CutOverResult result) {
    outcome = Optional.of(result.outcome());
    var forward = result.outcome() == Outcome.HEALTHY;
    draft()
        .notes()
        .add(
            "live now: the "
                + (forward ? "restored" : "old")
                + " data of "
                + String.join(", ", now.components().stream().map(c -> c.component()).toList()));
    tidy(now);
    if (decided == Direction.FORWARD && !forward) {
      throw new RunEnded(Verdict.SWAPPED_BACK, result.failure().orElseThrow());
    }
    if (forward) {
      afterwards(now);
    }
  }

  /** What the run that is gone built and nothing bears, and what it held. */
  private void tidy(Standing now) {
    phase("tidying");
    var gone = acting(now);
    for (var place : now.components()) {
      if (draft().retained().stream().noneMatch(k -> k.component().equals(place.component()))) {
        Copies.discard(this, gone, place.component());
      }
    }
    now.plan()
        .flatMap(Plan::set)
        .ifPresent(set ->
            quietly(
                "releasing the set",
                () -> Stubs.patient(PrepareActivities.class, "release set").releaseSet(gone, set)));
  }

  /** What the restore would have done next. */
  private void afterwards(Standing now) {
    var spec = Scoping.apply(now.scope(), runbook()).spec();
    HookSteps.run(this, spec.hooks().afterRestore(), true);
    if (!Scoping.elsewhere(now.scope(), runbook())) {
      new ManualChecks(
              this,
              approvals,
              "./resurge restore " + theRun().system() + " --from-retained " + now.run())
          .ask();
    }
  }

  private Run acting(Standing now) {
    return theRun().inPlaceOf(now.run(), now.scope());
  }

  @Override
  public void childReport(ChildReport report) {
    walk.reported(report);
  }

  @Override
  DecisionAnswer takeAnswer(Decision decision) {
    var answer = super.takeAnswer(decision);
    if (walk.running() && answer.accepted()) {
      walk.passOn(decision);
    }
    return answer;
  }

  /** During the walk the child goes back by itself; cancelling the run would lose its result. */
  @Override
  void endEarly(String why) {
    if (!walk.running()) {
      super.endEarly(why);
    }
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    return SettleSummary.sentence(verdict, standing.map(Standing::run), outcome, ended, others);
  }
}
