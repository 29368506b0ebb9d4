package dev.resurge.activities.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Where a moment lies on a drawn axis, in percent of its width. Not linear: a swap of 30 ms must be
 * seen beside a load of ten minutes and an approval that took three hours. Between two neighbouring
 * moments the axis is as wide as the square root of the time between them; stretches in which
 * nothing but waiting happened are narrower still. Order is always kept.
 */
final class TimeScale {
  /** How wide one stretch without work may be, as a share of all work. */
  private static final double WIDEST_WAIT = 0.16;

  /** The least width of a stretch of work in percent, so that every step can be seen. */
  private static final double LEAST_WORK = 0.9;

  /** How much of the axis least widths may take together, in percent. */
  private static final double LEAST_TOGETHER = 45;

  private final List<Instant> moments;
  private final double[] positions;

  private TimeScale(List<Instant> moments, double[] positions) {
    this.moments = moments;
    this.positions = positions;
  }

  /**
   * Lays out an axis over all given moments.
   *
   * @param work the spans in which something was done; all other time is waiting
   */
  static TimeScale of(Collection<Instant> moments, Collection<Span> work) {
    var ordered = List.copyOf(new TreeSet<>(moments));
    if (ordered.isEmpty()) {
      throw new IllegalArgumentException("an axis needs a moment");
    }
    var stretches = new ArrayList<Stretch>();
    for (int i = 1; i < ordered.size(); i++) {
      var span = new Span(ordered.get(i - 1), ordered.get(i));
      stretches.add(new Stretch(root(span), work.stream().anyMatch(w -> w.covers(span))));
    }
    return new TimeScale(ordered, positions(stretches));
  }

  /** Percent from the left, 0 to 100; a moment outside the axis lies at its nearer end. */
  double at(Instant moment) {
    if (moments.size() == 1 || !moment.isAfter(moments.getFirst())) {
      return 0;
    }
    for (int i = 1; i < moments.size(); i++) {
      if (!moment.isAfter(moments.get(i))) {
        var whole = new Span(moments.get(i - 1), moments.get(i)).seconds();
        var part = new Span(moments.get(i - 1), moment).seconds();
        return positions[i - 1] + (positions[i] - positions[i - 1]) * part / whole;
      }
    }
    return 100;
  }

  private static double[] positions(List<Stretch> stretches) {
    var work = stretches.stream().filter(Stretch::work).mapToDouble(Stretch::weight).sum();
    var widest = work == 0 ? Double.MAX_VALUE : work * WIDEST_WAIT;
    var weights =
        stretches.stream()
            .mapToDouble(s -> s.work() ? s.weight() : Math.min(s.weight(), widest))
            .toArray();
    var all = 0.0;
    for (var weight : weights) {
      all += weight;
    }
    var working = stretches.stream().filter(Stretch::work).count();
    var least = working == 0 ? 0 : Math.min(LEAST_WORK, LEAST_TOGETHER / working);
    var shared = 100 - least * working;
    var positions = new double[stretches.size() + 1];
    for (int i = 0; i < weights.length; i++) {
      var width = shared * weights[i] / all + (stretches.get(i).work() ? least : 0);
      positions[i + 1] = positions[i] + width;
    }
    return positions;
  }

  private static double root(Span span) {
    return Math.sqrt(span.seconds());
  }

  /** A piece of time. */
  record Span(Instant from, Instant to) {
    boolean covers(Span other) {
      return !from.isAfter(other.from) && !to.isBefore(other.to);
    }

    double seconds() {
      var duration = Duration.between(from, to);
      return duration.getSeconds() + duration.getNano() / 1e9;
    }
  }

  private record Stretch(double weight, boolean work) {}
}
