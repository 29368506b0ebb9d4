package dev.resurge.worker.faults;

import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Tries everything. */
public final class Campaign {
  private static final AtomicInteger WORLDS = new AtomicInteger();
  private static final java.util.Random RANDOM = new java.util.Random(4711);

  public static void main(String[] arguments) throws Exception {
    var recorded = new ArrayList<Call>();
    try (var lane = new Lane()) {
      for (int i = 0; i < 3; i++) {
        var began = System.nanoTime();
        var ended = restore(lane, List.of());
        System.out.println(
            ended.result.verdict()
                + " "
                + ended.wrong
                + " "
                + ended.calls.size()
                + " calls, "
                + (System.nanoTime() - began) / 1_000_000
                + " ms");
        recorded.clear();
        recorded.addAll(ended.calls);
      }
    }
    recorded.forEach(c -> System.out.println("  " + c));
    var todo = new ConcurrentLinkedQueue<Fault>();
    for (var call : recorded) {
      for (var kind : Fault.Kind.values()) {
        var fault = new Fault(call, kind);
        if (fault.isPossible()
            && fault.toString().contains(arguments.length > 0 ? arguments[0] : "")) {
          todo.add(fault);
        }
      }
    }
    System.out.println(todo.size() + " to try");
    var start = System.nanoTime();
    var summary = new TreeMap<String, Integer>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      threads.add(Thread.ofPlatform().start(() -> work(todo, summary)));
    }
    for (var thread : threads) {
      thread.join();
    }
    System.out.println(summary + " " + (System.nanoTime() - start) / 1_000_000_000 + " s");
    System.exit(0);
  }

  private static void work(ConcurrentLinkedQueue<Fault> todo, Map<String, Integer> summary) {
    var lane = new Lane();
    int done = 0;
    for (var fault = todo.poll(); fault != null; fault = todo.poll()) {
      if (++done % 100 == 0) {
        lane.close();
        lane = new Lane();
      }
      try {
        var ended = restore(lane, List.of(fault));
        var word =
            ended.result.verdict().map(Verdict::id).orElse("none")
                + (ended.asked.isEmpty() ? "" : " parked");
        if (!ended.left.isEmpty()) {
          word = "not reached";
          System.out.println("NOT REACHED " + fault);
        }
        synchronized (summary) {
          summary.merge(fault.kind() + " " + word, 1, Integer::sum);
        }
        if (!ended.wrong.isEmpty()) {
          System.out.println(
              "WRONG "
                  + fault
                  + " "
                  + ended.result.verdict()
                  + " "
                  + ended.wrong
                  + " asked "
                  + ended.asked
                  + " "
                  + ended.result.failure());
        }
        if (word.equals("failed") || word.equals("refused")) {
          System.out.println("ENDED " + word + " " + fault + " " + ended.result.failure());
        }
      } catch (Throwable e) {
        System.out.println("BROKE " + fault + " " + e);
        synchronized (summary) {
          summary.merge(fault.kind() + " broke", 1, Integer::sum);
        }
        lane.close();
        lane = new Lane();
      }
    }
    lane.close();
  }

  private record Ended(
      RunResult result,
      List<String> wrong,
      List<Call> calls,
      List<String> asked,
      List<Fault> left) {}

  private static Ended restore(Lane lane, List<Fault> faults) {
    var system = "w" + WORLDS.incrementAndGet();
    try (var world = new SmallWorld(system)) {
      var alice = Optional.of(new Person(SmallWorld.PERSON, "test", false));
      var backup = trial(lane, world, List.of());
      var made =
          new Runner(lane, backup)
              .run(
                  Procedure.BACKUP,
                  system,
                  new BackupInput(system, SetKind.MANUAL, Map.of(), Optional.empty(), alice));
      if (!made.verdict().equals(Optional.of(Verdict.PASS))) {
        throw new AssertionError("no backup: " + made);
      }
      var good = SmallWorld.content(world.live());
      world.damage();
      var damaged = SmallWorld.content(world.live());
      var trial = trial(lane, world, faults);
      var runner = new Runner(lane, trial);
      var result =
          runner.run(
              Procedure.RESTORE,
              system,
              new RestoreInput(
                  system,
                  RestoreInput.LATEST,
                  Optional.empty(),
                  alice,
                  Optional.empty(),
                  Scope.WHOLE,
                  Optional.empty()));
      var wrong = new ArrayList<>(world.wrong());
      var live = SmallWorld.content(world.live());
      var expected = result.verdict().equals(Optional.of(Verdict.PASS)) ? good : damaged;
      if (!live.equals(expected)) {
        wrong.add("live is " + live);
      }
      return new Ended(
          result, wrong, trial.script().calls(), runner.asked(), trial.script().left());
    }
  }

  private static Lane.Trial trial(Lane lane, SmallWorld world, List<Fault> faults) {
    return new Lane.Trial(
        world.activities(lane),
        new Script(
            faults,
            RANDOM.nextInt(4) == 0 ? Integer.MAX_VALUE : RANDOM.nextInt(80),
            call -> world.application().work()),
        new Lane.Bodies());
  }
}
