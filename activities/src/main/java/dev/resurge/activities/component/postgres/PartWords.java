package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ComponentManifest;
import java.util.ArrayList;
import java.util.List;

/** Tells people what of a database was brought back. */
final class PartWords {
  private static final int LINES = 40;

  private PartWords() {}

  /** A line for each table, and what did not come with them. */
  static List<String> of(ComponentManifest manifest, List<PartTable> parts) {
    var lines = new ArrayList<String>();
    parts.stream().limit(LINES).forEach(part -> lines.add(line(manifest, part)));
    if (parts.size() > LINES) {
      lines.add("and " + (parts.size() - LINES) + " more tables");
    }
    var largeObjects = manifest.fingerprint().counts().getOrDefault(RowCounter.LARGE_OBJECTS, "0");
    if (!largeObjects.equals("0")) {
      lines.add(
          "large objects are not brought ("
              + largeObjects
              + " in the set): columns that name them keep their numbers only");
    }
    return List.copyOf(lines);
  }

  private static String line(ComponentManifest manifest, PartTable part) {
    var rows = part.holding().stream().mapToLong(t -> PartTable.counted(manifest, t)).sum();
    var partitions = part.source().partitioned() ? ", from all its partitions" : "";
    var name = part.sideName().equals(part.source().name()) ? "" : ", as " + part.sideName();
    return part.displayed() + ": " + rows + " rows" + partitions + name;
  }
}
