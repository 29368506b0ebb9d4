package dev.resurge.worker.world;

import java.time.Duration;

/**
 * When a fault strikes.
 *
 * @param after how long after the step's start, if inside
 */
public record Moment(Place place, StepPoint step, Duration after) {
  /** Where in a step. */
  public enum Place {
    /** Before it has done anything: between two steps. */
    START,
    /** While it is done. */
    INSIDE,
    /** When it has had its effect and nobody knows of it yet. */
    END
  }

  /** Before the step has done anything. */
  public static Moment startOf(StepPoint step) {
    return new Moment(Place.START, step, Duration.ZERO);
  }

  /** So long after the step began. */
  public static Moment inside(StepPoint step, Duration after) {
    return new Moment(Place.INSIDE, step, after);
  }

  /** After its effect, before its report. */
  public static Moment endOf(StepPoint step) {
    return new Moment(Place.END, step, Duration.ZERO);
  }

  /** One line, for a file. */
  String line() {
    return String.join(
        "\t", place.name(), step.workflow(), step.label(), "" + step.time(), "" + after.toMillis());
  }

  static Moment parse(String line) {
    var words = line.split("\t", -1);
    return new Moment(
        Place.valueOf(words[0]),
        new StepPoint(words[1], words[2], Integer.parseInt(words[3])),
        Duration.ofMillis(Long.parseLong(words[4])));
  }
}
