package dev.resurge.worker.faults;

import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.RecoverInput;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SettleInput;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is tried: a procedure, what was before it, and what must be afterwards. */
@SuppressWarnings("ImmutableEnumChecker") // method references that hold nothing
enum Story {
  /** The whole main job, beside the live data. */
  RESTORE(Story.BESIDE, Stage::isDamaged, Stage::restored),
  /** The same where there is no room for two. */
  IN_PLACE(Story.OVER, Stage::isDamaged, Stage::restored),
  /** A blank machine. */
  RECOVER(Story.BESIDE, Stage::isLost, Stage::recovered),
  /** A set too many and copies kept for long enough. */
  PRUNE(Story.BESIDE, Stage::hasTooMuch, Stage::pruned),
  /** The cut over was terminated when the database was swapped and the files were not. */
  SETTLE_FORWARD(
      Story.BESIDE,
      stage -> stage.isCutOff(Stage.BETWEEN_SWAPS),
      stage -> stage.settled("forward")),
  /** The same, settled the other way. */
  SETTLE_BACK(
      Story.BESIDE,
      stage -> stage.isCutOff(Stage.BETWEEN_SWAPS).expectsTheOldData(),
      stage -> stage.settled("back")),
  /** In place, when the database was loaded and the files were removed. */
  SETTLE_IN_PLACE_FORWARD(
      Story.OVER, stage -> stage.isCutOff(Stage.LOADING), stage -> stage.settled("forward")),
  /** The same, settled the other way. */
  SETTLE_IN_PLACE_BACK(
      Story.OVER,
      stage -> stage.isCutOff(Stage.LOADING).expectsTheOldData(),
      stage -> stage.settled("back"));

  private static final String BESIDE = "restore: {minimumFree: 1MB}";
  private static final String OVER = "restore: {strategy: inPlace, minimumFree: 1MB}";

  private final String sections;
  private final Consumer<Stage> before;
  private final Function<Stage, RunResult> tried;

  /**
   * @param sections of the runbook, besides those that all have
   */
  Story(String sections, Consumer<Stage> before, Function<Stage, RunResult> tried) {
    this.sections = sections;
    this.before = before;
    this.tried = tried;
  }

  private static Optional<Person> alice() {
    return Optional.of(new Person(SmallWorld.PERSON, "test", false));
  }

  /** What a trial left. */
  record Ending(
      List<Fault> faults,
      RunResult result,
      List<String> wrong,
      List<Call> calls,
      List<Call> afterwards,
      List<String> asked,
      List<Fault> notReached) {
    String word() {
      return result.verdict().map(Verdict::id).orElse("none");
    }
  }

  /** One trial of it. */
  Ending tried(Lane lane, String system, List<Fault> faults, int silentFor) {
    try (var world = new SmallWorld(system, sections, lane::now)) {
      var stage = new Stage(lane, world);
      before.accept(stage);
      stage.script(faults, silentFor);
      return stage.ending(faults, tried.apply(stage));
    }
  }

  /** A world and what is done in it. */
  static final class Stage {
    private static final Call BETWEEN_SWAPS = new Call("Swap(files)#1", "native.lock", 1);
    private static final Set<Verdict> NOT_BEGUN = Set.of(Verdict.REFUSED, Verdict.FAILED);
    private static final Call LOADING = new Call("Stage(files)#1", "Files.createDirectory", 1);

    private final Lane lane;
    private final SmallWorld world;
    private List<String> before = List.of();
    private List<String> after = List.of();
    private Script script;
    private Runner runner;
    private Optional<Runner> cutOff = Optional.empty();

    Stage(Lane lane, SmallWorld world) {
      this.lane = lane;
      this.world = world;
      script(List.of(), 0);
    }

    void script(List<Fault> faults, int silentFor) {
      script = new Script(faults, silentFor, call -> world.application().work());
    }

    private String system() {
      return world.system();
    }

    private void backup() {
      expect(
          Procedure.BACKUP,
          new BackupInput(system(), SetKind.MANUAL, Map.of(), Optional.empty(), alice()));
      after = world.content();
    }

    void isDamaged() {
      backup();
      world.damage();
      before = world.content();
    }

    void isLost() {
      backup();
      world.lose();
      before = world.content();
    }

    /** The live data is to be what it is now, however a prune ends. */
    void hasTooMuch() {
      isDamaged();
      expect(Procedure.RESTORE, restore());
      backup();
      backup();
      world.later(Duration.ofDays(3));
      // only now: every backup obeys them too
      world.runbook("retention: {keep: {last: 1}, retainedCopies: 1d}");
      before = world.content();
      after = before;
    }

    /**
     * A restore is terminated with its cut over; the attempt at that call lives on till the end.
     */
    Stage isCutOff(Call at) {
      isDamaged();
      script(List.of(new Fault(at, Fault.Kind.NEVER)), Integer.MAX_VALUE);
      script.believing();
      var restore = runner();
      restore.cutOff(Procedure.RESTORE, system(), restore());
      cutOff = Optional.of(restore);
      return this;
    }

    /** However the run ends, the data from before the restore is to be live. */
    void expectsTheOldData() {
      after = before;
    }

    RunResult restored() {
      return run(Procedure.RESTORE, restore());
    }

    RunResult recovered() {
      return run(
          Procedure.RECOVER,
          new RecoverInput(
              system(),
              RestoreInput.LATEST,
              Optional.empty(),
              Optional.empty(),
              alice(),
              Optional.empty()));
    }

    RunResult pruned() {
      return run(Procedure.PRUNE, new PruneInput(system(), false, Optional.empty(), alice()));
    }

    /** Who is refused, or fails before anything was moved, asks again: nothing is settled yet. */
    RunResult settled(String way) {
      var result = settledOnce(way);
      return result.verdict().filter(NOT_BEGUN::contains).isPresent() ? settledOnce(way) : result;
    }

    private RunResult settledOnce(String way) {
      runner = runner().going(way);
      return runner.run(
          Procedure.SETTLE,
          system(),
          new SettleInput(
              system(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              alice()));
    }

    private RestoreInput restore() {
      return new RestoreInput(
          system(),
          RestoreInput.LATEST,
          Optional.empty(),
          alice(),
          Optional.empty(),
          Scope.WHOLE,
          Optional.empty());
    }

    private void expect(Procedure procedure, Object input) {
      var result = run(procedure, input);
      if (!result.verdict().equals(Optional.of(Verdict.PASS))) {
        throw new AssertionError("what was to be before: " + result);
      }
    }

    private RunResult run(Procedure procedure, Object input) {
      runner = runner();
      return runner.run(procedure, system(), input);
    }

    private Runner runner() {
      return new Runner(lane, new Lane.Trial(world.activities(lane), script, new Lane.Bodies()));
    }

    Ending ending(List<Fault> faults, RunResult result) {
      cutOff.ifPresent(Runner::letZombiesEnd);
      var aftermath = new Aftermath(world);
      var told = result.run().map(aftermath::notes).orElse(List.of());
      var wrong = new ArrayList<>(aftermath.wrong(told));
      var passed = result.verdict().equals(Optional.of(Verdict.PASS));
      var live = world.content();
      if (!live.equals(passed ? after : before)) {
        wrong.add("live is " + live + ", not " + (passed ? after : before));
      }
      var something = !live.contains("no database");
      if (something && !world.application().running()) {
        wrong.add("the application does not run");
      }
      return new Ending(
          faults,
          result,
          wrong,
          script.calls(),
          script.callsSinceFirst(),
          runner.asked(),
          script.left());
    }
  }
}
