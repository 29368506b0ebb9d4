package dev.resurge.workflows.rules;

import dev.resurge.workflows.model.SetId;
import java.util.List;
import java.util.Optional;

/**
 * What a store holds of a system, as far as the rules need it.
 *
 * @param newest the newest good set of all components that is no safety set
 * @param chosen the set that a run is about, if it is there
 * @param previous the newest good set that is older than the chosen one and holds what that does
 * @param sets how many committed sets there are, safety sets and those not believed left out
 * @param overRetention how many of all sets the runbook's retention does not keep any more; empty
 *     if it has none
 * @param suspects newest first
 */
public record StoreFacts(
    Optional<SetSizes> newest,
    Optional<SetSizes> chosen,
    Optional<SetSizes> previous,
    int sets,
    Optional<Integer> overRetention,
    List<Suspect> suspects) {
  public StoreFacts {
    suspects = List.copyOf(suspects);
  }

  /**
   * A set that is not relied on.
   *
   * @param believed whether its manifest is signed and readable; then it was marked bad
   */
  public record Suspect(SetId set, boolean believed, String why) {}
}
