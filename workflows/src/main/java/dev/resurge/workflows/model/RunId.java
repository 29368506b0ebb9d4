package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one run of a procedure for people, such as {@code 20261121T031500Z-restore-7f2c}: UTC
 * second of its start, procedure, two characters for the millisecond and two random ones.
 * Temporal's own run ids are not shown, because workflow ids are reused.
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[a-z]+-[a-z0-9]{4}");
  private static final int STAMP_LENGTH = "20261121T031500Z".length();
  private static final int DIGITS = 36; // 0 to 9, a to z: as characters sort
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is no run id; one looks like 20261121T031500Z-restore-7f2c");
    }
  }

  /** Makes the id of a run begun at {@code start}; {@code random} is two of {@code [a-z0-9]}. */
  public static RunId of(Instant start, Procedure procedure, String random) {
    return new RunId(stamp(start) + "-" + procedure.id() + "-" + fraction(start) + random);
  }

  /** Whether {@code value} has the form of a run id. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  /** What it is a run of; empty for a procedure that this version does not have. */
  public Optional<Procedure> procedure() {
    return Arrays.stream(Procedure.values()).filter(this::isOf).findFirst();
  }

  /** The last four characters: short enough for the names of databases and directories. */
  public String shortName() {
    return value.substring(value.length() - 4);
  }

  /** Whether it is a run of that procedure. */
  public boolean isOf(Procedure procedure) {
    return value.startsWith(procedure.id() + "-", value.indexOf('-') + 1);
  }

  /** When the run began, to the second. */
  public Instant started() {
    return STAMP.parse(value.substring(0, value.indexOf('-')), Instant::from);
  }

  /** UTC to the second in the compact form that set ids and run ids begin with. */
  static String stamp(Instant instant) {
    return STAMP.format(instant);
  }

  /** The milliseconds of a second in two characters that sort as they do. */
  static String fraction(Instant instant) {
    int millis = instant.get(ChronoField.MILLI_OF_SECOND);
    return ""
        + Character.forDigit(millis / DIGITS, DIGITS)
        + Character.forDigit(millis % DIGITS, DIGITS);
  }

  /** The moment that a text begins with in the form of {@link #stamp}; empty if it does not. */
  static Optional<Instant> instant(String stamped) {
    try {
      return Optional.of(STAMP.parse(stamped.substring(0, STAMP_LENGTH), Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
