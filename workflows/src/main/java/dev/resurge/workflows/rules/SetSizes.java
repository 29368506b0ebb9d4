package dev.resurge.workflows.rules;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.SetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How much a set holds of each component. */
public record SetSizes(SetId set, Instant recoveryPoint, List<Part> parts) {
  public SetSizes {
    parts = List.copyOf(parts);
  }

  /** As its manifest says. */
  public static SetSizes of(Manifest manifest) {
    return new SetSizes(
        manifest.set(),
        manifest.recoveryPoint(),
        manifest.components().stream()
            .map(part -> new Part(part.name(), part.raw(), part.stored()))
            .toList());
  }

  /** The component of that name, if the set holds it. */
  Optional<Part> part(String component) {
    return parts.stream().filter(part -> part.component().equals(component)).findFirst();
  }

  /**
   * One component.
   *
   * @param raw before encoding
   * @param stored as it lies in the store
   */
  public record Part(String component, ByteSize raw, ByteSize stored) {}
}
