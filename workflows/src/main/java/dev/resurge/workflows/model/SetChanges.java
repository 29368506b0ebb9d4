package dev.resurge.workflows.model;

import java.util.List;
import java.util.Optional;

/**
 * What a new set would be made of, beside the newest good set of the same kind.
 *
 * @param since that set; empty if there is none
 * @param differences what differs, one line each; without a set before, that is the difference
 */
public record SetChanges(Optional<SetSummary> since, List<String> differences) {
  public SetChanges {
    differences = List.copyOf(differences);
  }

  /** Whether a new set would have the same configuration. */
  public boolean none() {
    return since.isPresent() && differences.isEmpty();
  }
}
