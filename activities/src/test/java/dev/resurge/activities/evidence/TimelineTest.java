package dev.resurge.activities.evidence;

import static dev.resurge.activities.evidence.EvidenceSamples.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final double EXACT = 1e-6;

  @Test
  void stepsOneAfterAnotherAreDrawnOneAfterAnother() {
    for (var sample : EvidenceSamples.all()) {
      var bars =
          Timeline.of(sample).bars().stream()
              .filter(bar -> bar.look() != Timeline.Look.NOTE)
              .toList();
      for (int i = 1; i < bars.size(); i++) {
        var before = bars.get(i - 1);
        // a try stages all components at once
        var from = sample.trial().isPresent() ? before.left() : before.right();
        assertThat(bars.get(i).left()).isGreaterThanOrEqualTo(from - EXACT);
      }
    }
  }

  @Test
  void everythingLiesWithinTheDrawing() {
    for (var sample : EvidenceSamples.all()) {
      var timeline = Timeline.of(sample);
      assertThat(timeline.bars())
          .allSatisfy(bar -> {
            assertThat(bar.left()).isBetween(0.0, 100.0);
            assertThat(bar.width()).isNotNegative();
            assertThat(bar.right()).isLessThanOrEqualTo(100 + EXACT);
          });
      assertThat(timeline.marks()).allSatisfy(mark -> assertThat(mark.at()).isBetween(0.0, 100.0));
    }
  }

  @Test
  void aSwapOfMillisecondsIsSeenBesideHoursOfWaiting() {
    var bars = Timeline.of(EvidenceSamples.passingRestore()).bars();

    assertThat(named(bars, "swap").width()).isGreaterThan(0.8);
    assertThat(named(bars, "wait for approval").width()).isLessThan(16);
    assertThat(named(bars, "wait for approval").look()).isEqualTo(Timeline.Look.WAITING);
    assertThat(named(bars, "stage").width())
        .isGreaterThan(named(bars, "verify staged copy").width());
  }

  @Test
  void theDowntimeReachesFromQuiescedToHealthy() {
    var timeline = Timeline.of(EvidenceSamples.passingRestore());
    var downtime = timeline.downtime().orElseThrow();

    assertThat(downtime.left()).isCloseTo(mark(timeline, "quiesced"), within(EXACT));
    assertThat(downtime.right()).isCloseTo(mark(timeline, "healthy"), within(EXACT));
  }

  @Test
  void aRunThatNeverBecameHealthyIsMarkedToItsEnd() {
    var downtime = Timeline.of(EvidenceSamples.swappedBackRestore()).downtime().orElseThrow();

    assertThat(downtime.right()).isCloseTo(100, within(EXACT));
  }

  @Test
  void aRunThatStoppedNothingHasNoDowntime() {
    assertThat(Timeline.of(EvidenceSamples.rejectedRestore()).downtime()).isEmpty();
    assertThat(Timeline.of(EvidenceSamples.backup()).downtime()).isEmpty();
  }

  @Test
  void noMarkHidesAnother() {
    for (var sample : EvidenceSamples.all()) {
      var marks = Timeline.of(sample).marks();
      for (var one : marks) {
        for (var other : marks) {
          if (one.number() < other.number() && one.lane() == other.lane()) {
            assertThat(other.at() - one.at()).isGreaterThanOrEqualTo(7.5);
          }
        }
      }
    }
  }

  @Test
  void aStepThatNeverEndedIsDrawnToTheEndOfTheRun() {
    var bars = Timeline.of(EvidenceSamples.rejectedRestore()).bars();

    assertThat(bars.getLast().right()).isCloseTo(100, within(EXACT));
  }

  @Test
  void aRunThatEndedInTheInstantItBeganIsDrawn() {
    var evidence =
        run(
            List.of(SampleParts.step("preflight", null, 0, 0, Step.Outcome.FAILED, null)),
            REQUESTED);

    assertThat(Timeline.of(evidence).bars())
        .singleElement()
        .satisfies(bar -> assertThat(bar.width()).isZero());
  }

  @Test
  void anyTimesKeepTheirOrder() {
    for (long seed = 1; seed <= 200; seed++) {
      var random = new Random(seed);
      var steps = new ArrayList<Step>();
      IntStream.range(0, 1 + random.nextInt(40)).forEach(i -> steps.add(anyStep(random)));
      var bars = Timeline.of(run(steps, SampleParts.at(20_000_000))).bars();

      for (var one : bars) {
        for (var other : bars) {
          var order = one.step().start().compareTo(other.step().end().orElseThrow());
          if (order <= 0) {
            assertThat(one.left()).as("seed %d", seed).isLessThanOrEqualTo(other.right() + EXACT);
          } else {
            assertThat(one.left())
                .as("seed %d", seed)
                .isGreaterThanOrEqualTo(other.right() - EXACT);
          }
        }
      }
    }
  }

  private static Step anyStep(Random random) {
    int start = random.nextInt(10_000_000);
    int length = (int) Math.pow(10, random.nextDouble() * 6.9);
    var waits = random.nextInt(4) == 0;
    return SampleParts.step(
        waits ? "wait" : "work", null, start, start + length, Step.Outcome.DONE, null);
  }

  private static Evidence run(List<Step> steps, Instant ended) {
    return new Draft(Procedure.RESTORE, Verdict.FAILED).steps(steps).ended(ended).evidence();
  }

  private static Timeline.Bar named(List<Timeline.Bar> bars, String name) {
    return bars.stream().filter(bar -> bar.step().name().equals(name)).findFirst().orElseThrow();
  }

  private static double mark(Timeline timeline, String clock) {
    return timeline.marks().stream()
        .filter(mark -> mark.clock().equals(clock))
        .findFirst()
        .orElseThrow()
        .at();
  }
}
