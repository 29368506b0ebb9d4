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
import java.util.Map;
import java.util.Set;

/**
 * Something is killed at every step that a run of each procedure has: a new step is met by itself.
 * A step that several procedures have in common is met in one of them.
 */
final class Kills {
  /** The workflows whose steps are met in a run of the procedure. */
  private static final Map<Course, Set<String>> OWN =
      Map.of(
          Course.BACKUP, Set.of("Backup", "Capture"),
          Course.RESTORE, Set.of("Restore", "CutOver"),
          Course.IN_PLACE, Set.of("Overwrite"),
          Course.RECOVER, Set.of("Recover"),
          Course.PRUNE, Set.of("Prune"),
          Course.SETTLE_FORWARD, Set.of("Walk"),
          Course.SETTLE_BACK, Set.of("Settle", "Walk"));

  /** Steps that all procedures begin and end with, met in Restore. */
  private static final List<String> COMMON =
      List.of(
          "load runbook",
          "look for interrupted runs",
          "choose set",
          "preflight",
          "plan",
          "who is",
          "look at journal",
          "mark set verified",
          "release set",
          "evidence");

  /** Steps of a cut over that are others where nothing is. */
  private static final List<String> IN_A_GAP = List.of("swap ", "retain old data ");

  /** Steps that change something in several moves: they are met in the middle, too. */
  private static final List<String> MOVES =
      List.of("stage ", "load database", "load files", "swap ", "remove ", "place ", "prepare ");

  /** The same for steps that several procedures have, met there in two of them. */
  private static final List<String> COMMON_MOVES =
      List.of("capture ", "commit", "quiesce", "resume", "check health");

  private Kills() {}

  /** The worker is killed. */
  static final Fault WORKER = Faults.workerKilled("worker killed", Oddities.HURRIED);

  /** All of them, found by a run without any. */
  static List<Trial> of(Course course, Fault fault) {
    var trials = new ArrayList<Trial>();
    for (var noted : stepsOf(course)) {
      if (isMet(course, noted.step())) {
        moments(course, noted).forEach(moment -> trials.add(Trial.quiet(course, fault, moment)));
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
      var result = attendant.result();
      if (result.verdict().orElseThrow() != Verdict.PASS || attendant.asked()) {
        throw new AssertionError("without a fault: " + result);
      }
      return world.watch().noted();
    }
  }

  private static boolean begins(Noted noted, List<String> words) {
    return words.stream().anyMatch(noted.step().label()::startsWith);
  }

  private static boolean isMet(Course course, StepPoint step) {
    var common = COMMON.stream().anyMatch(step.label()::startsWith);
    return (OWN.get(course).contains(step.workflow()) && (!common || course == Course.RESTORE))
        || (course == Course.RECOVER && IN_A_GAP.stream().anyMatch(step.label()::startsWith));
  }

  private static List<Moment> moments(Course course, Noted noted) {
    var moments = new ArrayList<>(List.of(Moment.endOf(noted.step())));
    var common = course == Course.BACKUP || course == Course.RESTORE;
    if (begins(noted, MOVES) || (common && begins(noted, COMMON_MOVES))) {
      moments.add(Moment.inside(noted.step(), noted.took().dividedBy(2)));
    }
    return moments;
  }
}
