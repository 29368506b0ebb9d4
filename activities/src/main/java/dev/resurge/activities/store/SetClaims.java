package dev.resurge.activities.store;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Says which sets are being read, so that nothing removes them meanwhile. */
public final class SetClaims {
  private final ArtifactStore store;
  private final StoreFiles files;
  private final StoreLayout layout;

  /** The claims on the sets of {@code system}. */
  public SetClaims(ArtifactStore store, String system) {
    this.store = store;
    this.files = new StoreFiles(store);
    this.layout = new StoreLayout(system);
  }

  /** Claims a set until {@code expires}; claiming again renews. */
  public void claim(SetId set, RunId run, Instant expires) {
    files.write(layout.claim(set, run), Json.pretty(new Claim(set, run, expires)));
  }

  /** Gives the claim up; does nothing if there is none. */
  public void release(SetId set, RunId run) {
    store.delete(layout.claim(set, run));
  }

  /**
   * The claims on a set that have not expired at {@code now}.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetCorrupt} for a claim that cannot
   *     be read: whether the set is in use is not known then
   */
  public List<Claim> active(SetId set, Instant now) {
    return store.list(layout.claims(set)).stream()
        .map(ArtifactStore.Entry::key)
        // released between listing and reading: not there
        .flatMap(key -> files.read(key).stream().map(bytes -> files.parse(key, bytes, Claim.class)))
        .filter(claim -> claim.expires().isAfter(now))
        .toList();
  }

  /** The runs of the same procedure, other than {@code run}, that have not released a claim. */
  public List<RunId> others(Run run) {
    return store.list(layout.claims()).stream()
        .map(ArtifactStore.Entry::key)
        .map(key -> key.substring(key.lastIndexOf('/') + 1).replaceFirst("\\.json$", ""))
        .filter(RunId::isValid)
        .map(RunId::new)
        .filter(other -> other.isOf(run.procedure()) && !other.equals(run.id()))
        .distinct()
        .toList();
  }

  /** Who reads a set, and until when that is believed. */
  public record Claim(SetId set, RunId run, Instant expires) {
    public Claim {
      Objects.requireNonNull(expires);
    }
  }
}
