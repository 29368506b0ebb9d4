package dev.resurge.workflows.runbook;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A time in the five fields of cron, as Temporal reads them: minute, hour, day of the month, month,
 * day of the week. Each is {@code *}, a number, a range {@code 1-5}, any of these with a step
 * {@code *}{@code /15}, or a list of them; months and weekdays also by name. Only what cron and
 * Temporal both read in the same way is accepted: cron runs on a day that fits either day field,
 * Temporal on one that fits both.
 */
final class Cron {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59, List.of()),
          new Field("hour", 0, 23, List.of()),
          new Field("day of the month", 1, 31, List.of()),
          new Field("month", 1, 12, MONTHS),
          new Field("day of the week", 0, 7, WEEKDAYS));
  private static final int DAY_OF_MONTH = 2;
  private static final int DAY_OF_WEEK = 4;

  private Cron() {}

  /** What is wrong with it; empty if nothing is. */
  static Optional<String> fault(String text) {
    var parts = text.strip().split("\\s+", -1);
    if (parts.length != FIELDS.size()) {
      return Optional.of(
          "five fields are wanted (minute, hour, day of the month, month, day of the week), not "
              + parts.length);
    }
    for (int i = 0; i < parts.length; i++) {
      var fault = FIELDS.get(i).fault(parts[i]);
      if (fault.isPresent()) {
        return fault;
      }
    }
    if (!parts[DAY_OF_MONTH].equals("*") && !parts[DAY_OF_WEEK].equals("*")) {
      return Optional.of(
          "it names both a day of the month and a day of the week, which not everybody reads in"
              + " the same way; write * for one of them, or two schedules");
    }
    return Optional.empty();
  }

  /**
   * One of the five.
   *
   * @param names of its values, from {@code least} on; empty if it has only numbers
   */
  private record Field(String name, int least, int most, List<String> names) {
    Optional<String> fault(String text) {
      return Stream.of(text.split(",", -1))
          .filter(item -> !isItem(item))
          .findFirst()
          .map(item ->
              "'"
                  + item
                  + "' is no "
                  + name
                  + "; write * or "
                  + least
                  + " to "
                  + most
                  + (names.isEmpty() ? "" : " or " + names.getFirst() + " to " + names.getLast())
                  + ", a range such as "
                  + least
                  + "-"
                  + most
                  + ", or a step such as */2");
    }

    private boolean isItem(String item) {
      var step = item.indexOf('/');
      if (step >= 0) {
        return isStep(item.substring(step + 1)) && isRange(item.substring(0, step), true);
      }
      return isRange(item, false);
    }

    /** A step over a single number means different things to different people. */
    private boolean isRange(String range, boolean stepped) {
      if (range.equals("*")) {
        return true;
      }
      var dash = range.indexOf('-');
      if (dash < 0) {
        return !stepped && value(range).isPresent();
      }
      var from = value(range.substring(0, dash));
      var to = value(range.substring(dash + 1));
      return from.isPresent() && to.isPresent() && from.get() <= to.get();
    }

    private boolean isStep(String text) {
      return text.matches("[0-9]{1,2}")
          && Integer.parseInt(text) >= 1
          && Integer.parseInt(text) <= most;
    }

    private Optional<Integer> value(String text) {
      var named = names.indexOf(text.toLowerCase(Locale.ROOT));
      if (named >= 0) {
        return Optional.of(least + named);
      }
      return Optional.of(text)
          .filter(digits -> digits.matches("[0-9]{1,2}"))
          .map(Integer::valueOf)
          .filter(number -> number >= least && number <= most);
    }
  }
}
