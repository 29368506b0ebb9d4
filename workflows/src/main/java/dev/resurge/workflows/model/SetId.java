package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one backup set, such as {@code 20261121T020000Z-k3f9}: UTC second of its start, two
 * characters for the millisecond and two random ones. Sorts by time: what is the newest of a system
 * follows from the names alone.
 */
public record SetId(@JsonValue String value) implements Comparable<SetId> {
  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[a-z0-9]{4}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SetId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is no set id; one looks like 20261121T020000Z-k3f9");
    }
  }

  /** Makes the id of a set begun at {@code start}; {@code random} is two of {@code [a-z0-9]}. */
  public static SetId of(Instant start, String random) {
    return new SetId(RunId.stamp(start) + "-" + RunId.fraction(start) + random);
  }

  /** The second in which it was begun; empty if the id is nothing that {@link #of} made. */
  public Optional<Instant> begun() {
    return RunId.instant(value);
  }

  /** Whether {@code value} has the form of a set id. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public int compareTo(SetId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
