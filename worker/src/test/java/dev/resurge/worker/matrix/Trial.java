package dev.resurge.worker.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.spi.Poll;
import dev.resurge.worker.world.Moment;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of the matrix: a procedure, a fault, a moment.
 *
 * @param moment empty if the fault is there from the beginning
 * @param answer what the run is told when it asks for help
 * @param reason what people must have read by then, or at its end; empty if they see nothing of it
 */
record Trial(
    Course course, Fault fault, Optional<Moment> moment, String answer, List<String> reason) {
  private static final Duration LOOK = Duration.ofMillis(20);

  Trial(Course course, Fault fault, Moment moment, String... reason) {
    this(course, fault, Optional.of(moment), "retry", List.of(reason));
  }

  /** With the fault there from the beginning. */
  static Trial fromTheBeginning(Course course, Fault fault, String... reason) {
    return new Trial(course, fault, Optional.empty(), "retry", List.of(reason));
  }

  /** The same, ended by who is asked. */
  Trial aborted() {
    return new Trial(course, fault, moment, "abort", reason);
  }

  /** The test's name, and the table's first three columns. */
  String name() {
    return course + ", " + fault.name() + ", " + moment.map(Trial::words).orElse("from the start");
  }

  static String words(Moment moment) {
    var place =
        switch (moment.place()) {
          case START -> "before *";
          case INSIDE -> "in *";
          case END -> "after *";
        };
    return place
        + moment.step().label()
        + "*"
        + (moment.step().time() == 1 ? "" : " (" + moment.step().time() + ")")
        + ", "
        + moment.step().workflow();
  }

  /** Runs it in a world of its own, and proves what must hold. */
  Row run() {
    try (var world = World.start(fault.setting().apply(Setting.STANDARD.with(Oddities.HURRIED)))) {
      var expected = course.prepare(world);
      fault.ready().accept(world);
      moment.ifPresent(world.watch()::arm);
      var healed = new AtomicBoolean();
      Runnable heal =
          () -> {
            if (healed.compareAndSet(false, true)) {
              fault.heal().accept(world);
            }
          };
      try {
        var run = course.start(world);
        var attendant = Attendant.of(run, course.direction(), answer, heal);
        strike(world, attendant, heal);
        var result = attendant.result();
        heal.run();
        fault.afterwards().accept(world);
        return judge(world, expected, attendant, result);
      } finally {
        world.watch().release();
        heal.run();
      }
    }
  }

  private void strike(World world, Attendant attendant, Runnable heal) {
    if (moment.isPresent()) {
      if (!world.watch().awaitReached(attendant::ended)) {
        throw new AssertionError("the run ended before " + moment.get());
      }
      fault.strike().accept(world);
      world.watch().release();
    }
    fault
        .lasts()
        .ifPresent(time -> {
          Poll.until(time, LOOK, () -> attendant.asked() || attendant.ended());
          heal.run();
        });
  }

  private Row judge(World world, Expected expected, Attendant attendant, RunResult result) {
    var evidence = world.archive().evidence(result.run().orElseThrow());
    var passed = result.verdict().orElseThrow() == Verdict.PASS;
    assertThat(evidence.verdict()).isEqualTo(result.verdict().orElseThrow());
    var read =
        attendant.read() + result.failure().map(f -> f.type() + ": " + f.message()).orElse("");
    assertThat(reason).allSatisfy(word -> assertThat(read).contains(word));
    var outcome = Outcome.of(passed, attendant.asked());
    if (outcome != Outcome.HEALTHY) {
      assertThat(reason).as("the reason is said: " + read).isNotEmpty();
    }
    var live = passed ? Optional.of(expected.right()) : expected.before();
    live.ifPresentOrElse(world::assertSettled, world::assertNothingThere);
    if (passed) {
      course.proveRight(world, expected, evidence);
    }
    world.runbook(standard -> standard);
    if (live.isPresent()) {
      world.backup();
      world.assertSettled(live.get());
    }
    return new Row(course, fault, moment, reason, outcome);
  }
}
