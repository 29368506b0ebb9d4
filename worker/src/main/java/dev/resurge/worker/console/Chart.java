package dev.resurge.worker.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A drawing of values over time, laid out: where each line, dot and text lies. The template only
 * writes it down as SVG; colours are the page's.
 *
 * @param label what a person who does not see it is told
 * @param line the way through all dots but the rings; empty if there is at most one
 * @param objective a line across, unless there is none or it lies far above
 * @param rows the same values to read, newest first
 * @param above said of an objective that lies far above all values; empty if it is drawn
 */
record Chart(
    String id,
    String title,
    String explanation,
    String label,
    List<Tick> ticks,
    List<Level> objective,
    String above,
    String line,
    List<Dot> dots,
    List<Row> rows,
    String from,
    String to) {
  /** In units of the drawing, which is as wide as its place. */
  static final int WIDTH = 420;

  static final int HEIGHT = 170;
  private static final int LEFT = 58;
  private static final int RIGHT = 408;
  private static final int TOP = 14;
  private static final int BOTTOM = 146;

  /** An objective that is more than so many times the highest value would flatten the values. */
  private static final int FARTHEST_OBJECTIVE = 4;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /**
   * One value.
   *
   * @param value milliseconds or bytes
   * @param of what it was measured of, such as a run's id
   * @param ring drawn apart from the line, for it was measured in another way
   */
  record Point(Instant at, long value, String of, boolean ring) {}

  /** A line across with its number. */
  record Tick(String y, String label) {}

  /** The objective. */
  record Level(String y, String textY, String words) {}

  /** One value where it lies. */
  record Dot(String x, String y, String css, String title) {}

  /** One value to read. */
  record Row(String at, String value, boolean over, String of) {}

  /** Whether there is nothing to draw. */
  public boolean empty() {
    return dots.isEmpty();
  }

  /** Lays it out; the points may come in any order. */
  static Chart of(
      String id,
      String title,
      String explanation,
      Axis.Unit unit,
      List<Point> points,
      Optional<Long> objective) {
    var ordered = points.stream().sorted(Comparator.comparing(Point::at)).toList();
    var highest = ordered.stream().mapToLong(Point::value).max().orElse(0);
    var drawn = objective.filter(o -> o <= Math.max(1, highest) * FARTHEST_OBJECTIVE);
    var axis = Axis.of(unit, Math.max(highest, drawn.orElse(0L)));
    var span = new Span(ordered);
    var words = objective.map(o -> "objective " + axis.words(o));
    return new Chart(
        id,
        title,
        explanation,
        label(title, ordered, axis, words),
        IntStream.rangeClosed(0, axis.steps())
            .mapToObj(i -> new Tick(number(y(axis, axis.step() * i)), axis.label(i)))
            .toList(),
        drawn.stream().map(o -> level(y(axis, o), words.orElseThrow())).toList(),
        drawn.isPresent() ? "" : words.map(w -> w + ", far above").orElse(""),
        line(ordered, span, axis),
        ordered.stream().map(point -> dot(point, span, axis, objective)).toList(),
        ordered.reversed().stream().map(point -> row(point, axis, objective)).toList(),
        ordered.isEmpty() ? "" : span.name(ordered.getFirst().at()),
        ordered.size() < 2 ? "" : span.name(ordered.getLast().at()));
  }

  private static Level level(double y, String words) {
    return new Level(number(y), number(y < TOP + 12 ? y + 12 : y - 4), words);
  }

  private static String label(
      String title, List<Point> ordered, Axis axis, Optional<String> objective) {
    if (ordered.isEmpty()) {
      return title + ": no values yet";
    }
    var lowest = ordered.stream().mapToLong(Point::value).min().orElseThrow();
    var highest = ordered.stream().mapToLong(Point::value).max().orElseThrow();
    return title
        + ": newest "
        + axis.words(ordered.getLast().value())
        + ", from "
        + axis.words(lowest)
        + " to "
        + axis.words(highest)
        + " in "
        + ordered.size()
        + (ordered.size() == 1 ? " value" : " values")
        + objective.map(words -> ", " + words).orElse("");
  }

  private static String line(List<Point> ordered, Span span, Axis axis) {
    var parts = new ArrayList<String>();
    for (var point : ordered) {
      if (!point.ring()) {
        parts.add(number(span.x(point.at())) + "," + number(y(axis, point.value())));
      }
    }
    return parts.size() < 2 ? "" : String.join(" ", parts);
  }

  private static Dot dot(Point point, Span span, Axis axis, Optional<Long> objective) {
    var missed = objective.filter(o -> point.value() > o).isPresent();
    return new Dot(
        number(span.x(point.at())),
        number(y(axis, point.value())),
        (point.ring() ? "ring" : "dot") + (missed ? " over" : ""),
        Said.time(point.at())
            + ": "
            + axis.words(point.value())
            + (missed ? ", over the objective" : "")
            + " ("
            + point.of()
            + ")");
  }

  private static Row row(Point point, Axis axis, Optional<Long> objective) {
    return new Row(
        Said.time(point.at()),
        axis.words(point.value()),
        objective.filter(o -> point.value() > o).isPresent(),
        point.of());
  }

  private static double y(Axis axis, long value) {
    return BOTTOM - (double) (BOTTOM - TOP) * value / axis.top();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** The time that is drawn. */
  private record Span(Instant from, Instant to) {
    Span(List<Point> ordered) {
      this(
          ordered.isEmpty() ? Instant.EPOCH : ordered.getFirst().at(),
          ordered.isEmpty() ? Instant.EPOCH : ordered.getLast().at());
    }

    /** A single moment lies in the middle. */
    double x(Instant at) {
      var whole = Duration.between(from, to).toMillis();
      return whole == 0
          ? (LEFT + RIGHT) / 2.0
          : LEFT + (double) (RIGHT - LEFT) * Duration.between(from, at).toMillis() / whole;
    }

    String name(Instant at) {
      return (Duration.between(from, to).toDays() < 2 ? MINUTE : DAY).format(at);
    }
  }
}
