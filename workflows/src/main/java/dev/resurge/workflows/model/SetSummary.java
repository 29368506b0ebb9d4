package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A committed set in a line: what procedures exchange instead of manifests.
 *
 * @param sizes how much data each component is, uncompressed; empty in what versions before this
 *     field wrote
 */
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
    String manifestSha256,
    SortedMap<String, ByteSize> sizes) {
  public SetSummary {
    components = List.copyOf(components);
    warnings = List.copyOf(warnings);
    sizes =
        sizes == null
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
  }

  /** How much data that component is; empty if it is not known. */
  public Optional<ByteSize> size(String component) {
    return Optional.ofNullable(sizes.get(component));
  }

  /** Whether it holds all of these components. */
  public boolean holds(Collection<String> wanted) {
    return components.containsAll(wanted);
  }
}
