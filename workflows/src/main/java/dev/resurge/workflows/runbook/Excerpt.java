package dev.resurge.workflows.runbook;

import dev.resurge.workflows.runbook.YamlNode.Entry;
import dev.resurge.workflows.runbook.YamlNode.Mapping;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines of one field of a runbook, with the comment above them. */
final class Excerpt {
  private Excerpt() {}

  /**
   * The lines as they stand in the file, moved to the left margin.
   *
   * @param path such as {@code spec.store}; nothing is found within lists
   */
  static Optional<String> of(String yaml, String path) {
    Optional<YamlNode> node = new YamlReader(new Problems("example")).read(yaml);
    Optional<Entry> entry = Optional.empty();
    for (var key : path.split("\\.", -1)) {
      entry = node.filter(Mapping.class::isInstance).flatMap(m -> ((Mapping) m).entry(key));
      node = entry.map(Entry::value);
    }
    return entry.map(found -> lines(yaml, found.place().line() - 1, found.place().column() - 1));
  }

  private static String lines(String yaml, int line, int indent) {
    var lines = yaml.lines().toList();
    int start = line;
    while (start > 0 && lines.get(start - 1).startsWith(" ".repeat(indent) + "#")) {
      start--;
    }
    int end = line + 1;
    while (end < lines.size() && lines.get(end).startsWith(" ".repeat(indent + 1))) {
      end++;
    }
    return lines.subList(start, end).stream()
        .map(text -> text.substring(indent) + "\n")
        .collect(Collectors.joining());
  }
}
