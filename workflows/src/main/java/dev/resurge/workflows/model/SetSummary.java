package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** A committed set in a line: what procedures exchange instead of manifests. */
public record SetSummary(
    SetId set,
    String system,
    SetKind kind,
    SortedMap<String, String> labels,
    Instant recoveryPoint,
    Instant captureStarted,
    Instant captureEnded,
    ByteSize stored,
    ByteSize raw,
    List<String> components,
    List<String> warnings,
    String manifestSha256) {
  public SetSummary {
    components = List.copyOf(components);
    warnings = List.copyOf(warnings);
  }

  /** Whether it holds all of these components. */
  public boolean holds(Collection<String> wanted) {
    return components.containsAll(wanted);
  }
}
