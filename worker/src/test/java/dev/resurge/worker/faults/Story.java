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

/** What is tried: a procedure, what was before it, and what must be afterwards. */
enum Story {
  /** The whole main job, beside the live data. */
  RESTORE("restore: {minimumFree: 1MB}") {
    @Override
    void prepare(Stage stage) {
      stage.backup();
      stage.damage();
    }

    @Override
    RunResult run(Stage stage) {
      return stage.run(Procedure.RESTORE, stage.restore());
    }
  },
  /** The same where there is no room for two. */
  IN_PLACE("restore: {strategy: inPlace, minimumFree: 1MB}") {
    @Override
    void prepare(Stage stage) {
      stage.backup();
      stage.damage();
    }

    @Override
    RunResult run(Stage stage) {
      return stage.run(Procedure.RESTORE, stage.restore());
    }
  },
  /** A blank machine. */
  RECOVER("restore: {minimumFree: 1MB}") {
    @Override
    void prepare(Stage stage) {
      stage.backup();
      stage.lose();
    }

    @Override
    RunResult run(Stage stage) {
      return stage.run(
          Procedure.RECOVER,
          new RecoverInput(
              stage.system(),
              RestoreInput.LATEST,
              Optional.empty(),
              Optional.empty(),
              alice(),
              Optional.empty()));
    }
  },
  /** A set too many and copies kept for long enough. */
  PRUNE("restore: {minimumFree: 1MB}") {
    @Override
    void prepare(Stage stage) {
      stage.backup();
      stage.damage();
      stage.expect(Procedure.RESTORE, stage.restore());
      stage.backup();
      stage.backup();
      stage.later(Duration.ofDays(3));
      stage.rules(
          "retention: {keep: {last: 1}, retainedCopies: 1d}"); // every backup obeys them too
      stage.expectsNothingElse();
    }

    @Override
    RunResult run(Stage stage) {
      return stage.run(
          Procedure.PRUNE, new PruneInput(stage.system(), false, Optional.empty(), alice()));
    }
  },
  /** The cut over was terminated when the database was swapped and the files were not. */
  SETTLE_FORWARD("restore: {minimumFree: 1MB}") {
    @Override
    void prepare(Stage stage) {
      stage.backup();
      stage.damage();
      stage.cutOff(new Call("Swap(files)#1", "native.lock", 1));
    }

    @Override
    RunResult run(Stage stage) {
      return stage.settle("forward");
    }
  },
  /** The same, settled the other way. */
  SETTLE_BACK("restore: {minimumFree: 1MB}") {
    @Override
    void prepare(Stage stage) {
      stage.backup();
      stage.damage();
      stage.cutOff(new Call("Swap(files)#1", "native.lock", 1));
      stage.expectsTheOldData();
    }

    @Override
    RunResult run(Stage stage) {
      return stage.settle("back");
    }
  },
  /** In place, when the database was loaded and the files were removed. */
  SETTLE_IN_PLACE_FORWARD("restore: {strategy: inPlace, minimumFree: 1MB}") {
    @Override
    void prepare(Stage stage) {
      stage.backup();
      stage.damage();
      stage.cutOff(new Call("Stage(files)#1", "Files.createDirectory", 1));
    }

    @Override
    RunResult run(Stage stage) {
      return stage.settle("forward");
    }
  },
  /** The same, settled the other way. */
  SETTLE_IN_PLACE_BACK("restore: {strategy: inPlace, minimumFree: 1MB}") {
    @Override
    void prepare(Stage stage) {
      stage.backup();
      stage.damage();
      stage.cutOff(new Call("Stage(files)#1", "Files.createDirectory", 1));
      stage.expectsTheOldData();
    }

    @Override
    RunResult run(Stage stage) {
      return stage.settle("back");
    }
  };

  private final String sections;

  Story(String sections) {
    this.sections = sections;
  }

  /** What the runbook says besides. */
  String sections() {
    return sections;
  }

  abstract void prepare(Stage stage);

  abstract RunResult run(Stage stage);

  static Optional<Person> alice() {
    return Optional.of(new Person(SmallWorld.PERSON, "test", false));
  }

  /** What a trial left. */
  record Ending(
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
    try (var world = new SmallWorld(system, sections)) {
      var stage = new Stage(lane, world);
      prepare(stage);
      stage.script(faults, silentFor);
      var result = run(stage);
      return stage.ending(result);
    }
  }

  /** A world and what is done in it. */
  static final class Stage {
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

    String system() {
      return world.system();
    }

    void backup() {
      expect(
          Procedure.BACKUP,
          new BackupInput(system(), SetKind.MANUAL, Map.of(), Optional.empty(), alice()));
      after = world.content();
    }

    void damage() {
      world.damage();
      before = world.content();
    }

    void rules(String sections) {
      world.runbook(sections);
    }

    void later(Duration time) {
      world.later(time);
    }

    void lose() {
      world.lose();
      before = world.content();
    }

    /** The live data is to be what it is now, however the run ends. */
    void expectsNothingElse() {
      before = world.content();
      after = before;
    }

    /** However the run ends, the data from before the restore is to be live. */
    void expectsTheOldData() {
      after = before;
    }

    /**
     * A restore is terminated with its cut over; the attempt at that call lives on till the end.
     */
    void cutOff(Call at) {
      script(List.of(new Fault(at, Fault.Kind.NEVER)), Integer.MAX_VALUE);
      script.believing();
      var restore = runner();
      restore.cutOff(Procedure.RESTORE, system(), restore());
      cutOff = Optional.of(restore);
    }

    RunResult settle(String way) {
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

    RestoreInput restore() {
      return new RestoreInput(
          system(),
          RestoreInput.LATEST,
          Optional.empty(),
          alice(),
          Optional.empty(),
          Scope.WHOLE,
          Optional.empty());
    }

    void expect(Procedure procedure, Object input) {
      var result = run(procedure, input);
      if (!result.verdict().equals(Optional.of(Verdict.PASS))) {
        throw new AssertionError("what was to be before: " + result);
      }
    }

    RunResult run(Procedure procedure, Object input) {
      runner = runner();
      return runner.run(procedure, system(), input);
    }

    private Runner runner() {
      return new Runner(lane, new Lane.Trial(world.activities(lane), script, new Lane.Bodies()));
    }

    Ending ending(RunResult result) {
      cutOff.ifPresent(Runner::letZombiesEnd);
      var wrong = new ArrayList<>(world.wrong(result.run().map(world::notes).orElse(List.of())));
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
          result, wrong, script.calls(), script.callsSinceFirst(), runner.asked(), script.left());
    }
  }
}
