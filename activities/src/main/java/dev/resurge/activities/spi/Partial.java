package dev.resurge.activities.spi;

import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.runbook.Component;

/**
 * A driver that can bring back a part of its component: tables of a database, files of a directory.
 *
 * @param <C> its record in the runbook
 */
public interface Partial<C extends Component> {
  /**
   * Brings the scope's tables or files back: beside the live data, or in its place with what is
   * replaced kept. Twice equals once.
   *
   * @param scope what is wanted: {@code tables} or {@code paths}
   * @throws dev.resurge.workflows.model.ResurgeException {@code InputInvalid} for what the set does
   *     not hold, with the nearest names it does
   */
  BroughtPart bring(
      Attempt attempt, C component, ComponentManifest manifest, ArtifactReader set, Scope scope);
}
