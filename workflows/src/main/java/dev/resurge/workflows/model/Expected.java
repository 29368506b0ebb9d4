package dev.resurge.workflows.model;

import java.time.Duration;

/**
 * How long something is likely to take.
 *
 * @param what a step's label, or a stretch of a run in words
 * @param runs how many earlier runs it is judged from
 */
public record Expected(String what, Duration least, Duration most, int runs) {
  private static final Duration IN_SECONDS = Duration.ofMinutes(2);
  private static final Duration IN_MINUTES = Duration.ofHours(2);

  /** The range as people say it: {@code 3 to 6 min}, {@code 50 s to 3 min}, {@code about 4 s}. */
  public String range() {
    var from = rounded(least, 0);
    var to = rounded(most, 1);
    if (to.equals("1 s")) {
      return "up to 1 s";
    }
    if (from.equals(to)) {
      return "about " + to;
    }
    if (from.equals("0 s")) {
      return "up to " + to;
    }
    return (unit(from).equals(unit(to)) ? from.substring(0, from.lastIndexOf(' ')) : from)
        + " to "
        + to;
  }

  private static String unit(String rounded) {
    return rounded.substring(rounded.indexOf(' '));
  }

  /** As exact as a prediction can be: the lower end rounded down, the upper one up. */
  private static String rounded(Duration duration, int up) {
    if (duration.compareTo(IN_SECONDS) < 0) {
      return whole(duration, Duration.ofSeconds(1), up) + " s";
    }
    if (duration.compareTo(IN_MINUTES) < 0) {
      return whole(duration, Duration.ofMinutes(1), up) + " min";
    }
    return whole(duration, Duration.ofHours(1), up) + " h";
  }

  private static long whole(Duration duration, Duration unit, int up) {
    var whole = duration.dividedBy(unit);
    return duration.equals(unit.multipliedBy(whole)) ? whole : whole + up;
  }
}
