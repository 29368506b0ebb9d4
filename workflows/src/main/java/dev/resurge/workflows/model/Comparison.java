package dev.resurge.workflows.model;

import java.util.List;
import java.util.Optional;

/** A new set beside the one before it; remarks are what a person should look at. */
public record Comparison(Optional<SetId> previous, List<String> remarks) {
  public Comparison {
    remarks = List.copyOf(remarks);
  }
}
