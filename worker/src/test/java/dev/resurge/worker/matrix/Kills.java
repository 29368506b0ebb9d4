package dev.resurge.worker.matrix;

import dev.resurge.worker.world.Moment;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.StepPoint;
import dev.resurge.worker.world.Watch.Noted;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The worker is killed at every step that a run of each procedure has: a new step is met by itself.
 * Where two procedures share steps, such as choosing the set, one of them stands for both.
 */
final class Kills {
  private static final Fault KILLED =
      Fault.of(
              "worker killed",
              World::killWorker,
              world -> world.startWorker(false, Oddities.HURRIED))
          .after(world -> world.changeWorker(true, Oddities.HURRIED))
          .lasting(java.time.Duration.ZERO);

  /** Steps that last, or that change something in several moves. */
  private static final Set<String> LONG =
      Set.of(
          "capture", "stage", "load", "quiesce", "swap", "resume", "check health", "commit",
          "remove", "retain", "place", "prepare");

  private Kills() {}

  /** All of them, found by a run without any. */
  static List<Trial> of(Course course) {
    var trials = new ArrayList<Trial>();
    for (var noted : stepsOf(course)) {
      if (isItsOwn(course, noted.step())) {
        moments(course, noted).forEach(moment -> trials.add(new Trial(course, KILLED, moment)));
      }
    }
    return trials;
  }

  private static List<Noted> stepsOf(Course course) {
    try (var world = World.start(Setting.STANDARD.with(Oddities.HURRIED))) {
      course.prepare(world);
      world.watch().note();
      var run = course.start(world);
      var attendant = Attendant.of(run, course.direction(), "retry", () -> {});
      if (attendant.result().verdict().orElseThrow() != Verdict.PASS || attendant.asked()) {
        throw new AssertionError("without a fault: " + attendant.result());
      }
      return world.watch().noted();
    }
  }

  private static boolean isItsOwn(Course course, StepPoint step) {
    return true;
  }

  private static List<Moment> moments(Course course, Noted noted) {
    var moments = new ArrayList<>(List.of(Moment.endOf(noted.step())));
    if (LONG.stream().anyMatch(word -> noted.step().label().startsWith(word))) {
      moments.add(Moment.inside(noted.step(), noted.took().dividedBy(2)));
    }
    return moments;
  }
}
