package dev.resurge.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** From a moment to another. */
record Interval(Instant start, Instant end) {
  /** How long at least one of them lasted; where several overlap, that counts once. */
  static Duration union(List<Interval> intervals) {
    var total = Duration.ZERO;
    var until = Instant.MIN;
    for (var each : intervals.stream().sorted(Comparator.comparing(Interval::start)).toList()) {
      var from = each.start().isAfter(until) ? each.start() : until;
      if (each.end().isAfter(from)) {
        total = total.plus(Duration.between(from, each.end()));
        until = each.end();
      }
    }
    return total;
  }

  Duration length() {
    return Duration.between(start, end);
  }
}
