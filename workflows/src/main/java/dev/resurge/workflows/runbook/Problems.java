package dev.resurge.workflows.runbook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the errors of one file. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(YamlNode.Place place, String message) {
    found.add(new Problem(file, place.line(), place.column(), place.path(), message));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether anything is wrong with that part or within it. */
  boolean touch(YamlNode node) {
    var path = node.place().path();
    return found.stream()
        .map(Problem::path)
        .anyMatch(other ->
            other.equals(path) || other.startsWith(path + ".") || other.startsWith(path + "["));
  }

  /** In the order of the file. */
  List<Problem> inOrder() {
    return found.stream()
        .distinct()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
