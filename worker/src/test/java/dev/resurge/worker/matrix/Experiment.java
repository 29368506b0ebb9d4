package dev.resurge.worker.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.spi.Poll;
import dev.resurge.worker.world.LiveData;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does what a {@link Trial} says, in a world of its own, and proves what must hold afterwards. */
final class Experiment {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Trial trial;
  private final World world;
  private final AtomicBoolean healed = new AtomicBoolean();

  private Experiment(Trial trial, World world) {
    this.trial = trial;
    this.world = world;
  }

  /** Throws if anything is otherwise than the trial says. */
  static void run(Trial trial) {
    var setting = trial.fault().setting().apply(Setting.STANDARD.with(Oddities.HURRIED));
    try (var world = World.start(setting)) {
      new Experiment(trial, world).run();
    }
  }

  private void run() {
    var expected = trial.course().prepare(world);
    trial.fault().ready().accept(world);
    trial.moment().ifPresent(world.watch()::arm);
    try {
      var run = trial.course().start(world);
      var attendant = Attendant.of(run, trial.course().direction(), trial.answer(), this::heal);
      strike(attendant);
      var result = attendant.result();
      heal();
      trial.fault().afterwards().accept(world);
      judge(expected, attendant, result);
    } finally {
      world.watch().release();
      heal();
    }
  }

  private void heal() {
    if (healed.compareAndSet(false, true)) {
      trial.fault().heal().accept(world);
    }
  }

  private void strike(Attendant attendant) {
    if (trial.moment().isPresent()) {
      if (!world.watch().awaitReached(attendant::ended)) {
        throw new AssertionError("it ended before the fault: " + attendant.result());
      }
      trial.fault().strike().accept(world);
      world.watch().release();
    }
    trial
        .fault()
        .lasts()
        .ifPresent(time -> {
          Poll.until(time, LOOK, () -> attendant.asked() || attendant.ended());
          heal();
        });
  }

  private void judge(Expected expected, Attendant attendant, RunResult result) {
    var evidence = world.archive().evidence(result.run().orElseThrow());
    assertThat(result.verdict()).contains(evidence.verdict());
    assertThat(evidence.verdict())
        .as(result.toString())
        .isIn(Verdict.PASS, Verdict.REFUSED, Verdict.ABORTED, Verdict.SWAPPED_BACK);
    var passed = evidence.verdict() == Verdict.PASS;
    var failure = evidence.failure().map(f -> f.type() + ": " + f.message()).orElse("");
    var told = attendant.told() + "\n" + failure;
    assertThat(trial.reason()).allSatisfy(word -> assertThat(told).contains(word));
    assertThat(Outcome.of(passed, attendant.asked())).as(told).isEqualTo(trial.outcome());
    if (attendant.asked()) {
      assertThat(attendant.told()).as("the type of the error").containsPattern("\\([A-Z]\\w+\\)");
    }
    if (passed) {
      proveRight(expected, evidence);
    } else {
      expected.before().ifPresentOrElse(world::assertSettled, world::assertNothingThere);
    }
    proveUsable(passed ? Optional.of(expected.right()) : expected.before());
  }

  private void proveRight(Expected expected, Evidence evidence) {
    world.assertSettled(expected.right());
    trial.course().proveRight(world, expected, evidence);
  }

  /** What is there can be backed up, and the backup changes nothing. */
  private void proveUsable(Optional<LiveData> live) {
    world.runbook(standard -> standard);
    live.ifPresent(data -> {
      world.backup();
      world.assertSettled(data);
    });
  }
}
