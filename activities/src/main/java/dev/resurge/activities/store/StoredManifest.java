package dev.resurge.activities.store;

import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.SetSummary;
import java.util.Optional;

/**
 * A manifest whose signature held.
 *
 * @param sha256 of the stored manifest.json, in hex
 * @param badReason why somebody marked the set bad, if so
 */
public record StoredManifest(Manifest manifest, String sha256, Optional<String> badReason) {
  /** The set in a line. */
  public SetSummary summary() {
    return manifest.summary(sha256);
  }
}
