package dev.resurge.activities.component.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a listing with another that comes line by line; holds one line of each in memory. */
final class ListingComparison {
  private static final int NAMED = 10;
  private final BufferedReader expected;
  private final List<String> named = new ArrayList<>();
  private Optional<String> peeked = Optional.empty();
  private long differences;

  /** Compares with the lines of {@code expected}; does not close it. */
  ListingComparison(BufferedReader expected) {
    this.expected = expected;
  }

  /** Takes the next line that was found. */
  void accept(String found) throws IOException {
    for (var line = peek(); line.isPresent(); line = peek()) {
      if (line.get().equals(found)) {
        peeked = Optional.empty();
        return;
      }
      var before = ListingLine.parse(line.get());
      var now = ListingLine.parse(found);
      int order = before.compareOrder(now);
      if (order > 0) {
        break;
      }
      peeked = Optional.empty();
      if (order == 0) {
        name("changed: " + now.path() + " (" + String.join(", ", before.changes(now)) + ")");
        return;
      }
      name("missing: " + before.path());
    }
    name("not in the set: " + ListingLine.parse(found).path());
  }

  /** Says that all was found; what is left of the expected lines is missing. */
  void finish() throws IOException {
    for (var line = peek(); line.isPresent(); line = peek()) {
      name("missing: " + ListingLine.parse(line.get()).path());
      peeked = Optional.empty();
    }
  }

  /** How many entries differ. */
  long differences() {
    return differences;
  }

  /** The first that differ, for people. */
  List<String> named() {
    return List.copyOf(named);
  }

  private Optional<String> peek() throws IOException {
    if (peeked.isEmpty()) {
      peeked = Optional.ofNullable(expected.readLine());
    }
    return peeked;
  }

  private void name(String difference) {
    differences++;
    if (named.size() < NAMED) {
      named.add(difference);
    }
  }
}
