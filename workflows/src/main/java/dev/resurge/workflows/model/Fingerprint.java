package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was counted in the data at capture, in the same snapshot as the data: measure to value, such
 * as {@code rows public.document} to {@code 200000} or {@code digest} to a sha256. Two fingerprints
 * of the same data are equal.
 */
public record Fingerprint(@JsonValue SortedMap<String, String> counts) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Fingerprint(Map<String, String> counts) {
    this(new TreeMap<>(counts));
  }

  public Fingerprint {
    counts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Where {@code actual} differs from this one, one line each; empty if they are equal. */
  public List<String> differences(Fingerprint actual) {
    var keys = new TreeSet<>(counts.keySet());
    keys.addAll(actual.counts.keySet());
    var lines = new ArrayList<String>();
    for (var key : keys) {
      var expected = counts.get(key);
      var found = actual.counts.get(key);
      if (!Objects.equals(expected, found)) {
        lines.add(
            key
                + ": expected "
                + (expected == null ? "none" : expected)
                + ", found "
                + (found == null ? "none" : found));
      }
    }
    return List.copyOf(lines);
  }
}
