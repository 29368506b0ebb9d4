package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run's steps and clocks as bars and marks on one axis, all in percent of its width.
 *
 * @param bars one per step, in the order in which they began
 * @param marks the clocks that happened, by time; none if only the request is known
 * @param lanes how many rows the marks need so that none hides another
 * @param downtime from quiesced to healthy, or to the end of the run if it never was
 */
record Timeline(List<Bar> bars, List<Mark> marks, int lanes, Optional<Bar> downtime) {
  /** How near two marks of one lane may come: a number in a circle on a phone's width. */
  private static final double MARK_WIDTH = 7.5;

  /** How a bar is drawn. */
  enum Look {
    DONE,
    FAILED,
    SKIPPED,
    WAITING,
    RUNNING,
    NOTE
  }

  /** One step (or the downtime): where it begins and how wide it is. */
  record Bar(Step step, Look look, double left, double width) {
    double right() {
      return left + width;
    }
  }

  /** One clock: its number in the list of clocks, where it lies, and in which row. */
  record Mark(int number, String clock, double at, int lane) {}

  static Timeline of(Evidence evidence) {
    var steps = evidence.steps().stream().sorted((a, b) -> a.start().compareTo(b.start())).toList();
    var named = named(evidence.clocks());
    var scale = scale(evidence, steps, named);
    var bars = steps.stream().map(step -> bar(step, evidence.ended(), scale)).toList();
    var marks = named.size() < 2 ? List.<Mark>of() : marks(named, scale);
    var lanes = marks.stream().mapToInt(m -> m.lane() + 1).max().orElse(0);
    var downtime =
        evidence
            .clocks()
            .quiesced()
            .map(from -> downtime(from, evidence.clocks().healthy().orElse(evidence.ended())))
            .map(step -> bar(step, evidence.ended(), scale));
    return new Timeline(bars, marks, lanes, downtime);
  }

  /** The clocks that happened, by time; those at the same moment in the order of a recovery. */
  static List<Map.Entry<String, Instant>> named(Clocks clocks) {
    var named = new ArrayList<Map.Entry<String, Instant>>();
    clocks.declared().ifPresent(t -> named.add(Map.entry("declared", t)));
    named.add(Map.entry("requested", clocks.requested()));
    clocks.staged().ifPresent(t -> named.add(Map.entry("staged", t)));
    clocks.approved().ifPresent(t -> named.add(Map.entry("approved", t)));
    clocks.quiesced().ifPresent(t -> named.add(Map.entry("quiesced", t)));
    clocks.cutOver().ifPresent(t -> named.add(Map.entry("cutOver", t)));
    clocks.healthy().ifPresent(t -> named.add(Map.entry("healthy", t)));
    clocks.verified().ifPresent(t -> named.add(Map.entry("verified", t)));
    named.sort(Map.Entry.comparingByValue());
    return List.copyOf(named);
  }

  /**
   * Whether a step is not work but waiting, for people or for another run: it still waits, or its
   * name begins with {@code wait}.
   */
  static boolean waits(Step step) {
    return step.outcome() == Step.Outcome.WAITING
        || step.name().toLowerCase(Locale.ROOT).startsWith("wait");
  }

  private static TimeScale scale(
      Evidence evidence, List<Step> steps, List<Map.Entry<String, Instant>> clocks) {
    var moments = new ArrayList<Instant>();
    var work = new ArrayList<TimeScale.Span>();
    for (var step : steps) {
      if (step.outcome() == Step.Outcome.NOTE) {
        continue; // lies within another stretch, which it must not widen by splitting it
      }
      var end = end(step, evidence.ended());
      moments.add(step.start());
      moments.add(end);
      if (!waits(step)) {
        work.add(new TimeScale.Span(step.start(), end));
      }
    }
    clocks.forEach(clock -> moments.add(clock.getValue()));
    moments.add(evidence.ended());
    return TimeScale.of(moments, work);
  }

  private static Bar bar(Step step, Instant ended, TimeScale scale) {
    var left = scale.at(step.start());
    return new Bar(step, look(step), left, scale.at(end(step, ended)) - left);
  }

  private static Look look(Step step) {
    return switch (step.outcome()) {
      case DONE -> waits(step) ? Look.WAITING : Look.DONE;
      case FAILED -> Look.FAILED;
      case SKIPPED -> Look.SKIPPED;
      case WAITING -> Look.WAITING;
      case RUNNING -> Look.RUNNING;
      case NOTE -> Look.NOTE;
    };
  }

  private static Instant end(Step step, Instant ended) {
    var end = step.end().orElse(ended);
    return end.isBefore(step.start()) ? step.start() : end;
  }

  private static Step downtime(Instant from, Instant to) {
    return new Step(
        "downtime",
        Optional.empty(),
        from,
        Optional.of(to),
        1,
        Step.Outcome.DONE,
        Optional.empty());
  }

  private static List<Mark> marks(List<Map.Entry<String, Instant>> clocks, TimeScale scale) {
    var lastInLane = new HashMap<Integer, Double>();
    var marks = new ArrayList<Mark>();
    for (var clock : clocks) {
      var at = scale.at(clock.getValue());
      int lane = 0;
      while (lastInLane.containsKey(lane) && at - lastInLane.get(lane) < MARK_WIDTH) {
        lane++;
      }
      lastInLane.put(lane, at);
      marks.add(new Mark(marks.size() + 1, clock.getKey(), at, lane));
    }
    return List.copyOf(marks);
  }

  /** How long a step took; to the end of the run if it had not ended. */
  static Duration took(Step step, Instant ended) {
    return Duration.between(step.start(), end(step, ended));
  }
}
