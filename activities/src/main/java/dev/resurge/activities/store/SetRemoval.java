package dev.resurge.activities.store;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Removes sets: the manifest first, so that a set is either whole or not there. Every step may be
 * done twice; a removal that was cut short is ended by the next one.
 */
public final class SetRemoval {
  /** No removal takes that long between its mark and the manifest. */
  private static final Duration STALE = Duration.ofHours(1);

  private final ArtifactStore store;
  private final StoreFiles files;
  private final StoreLayout layout;
  private final SetClaims claims;
  private final InstantSource clock;

  /** Removes sets of {@code system}. */
  public SetRemoval(ArtifactStore store, String system, InstantSource clock) {
    this.store = store;
    this.files = new StoreFiles(store);
    this.layout = new StoreLayout(system);
    this.claims = new SetClaims(store, system);
    this.clock = clock;
  }

  /**
   * Removes a set unless somebody claims it; does nothing if it is gone.
   *
   * @return why it stays; empty once nothing of it is left
   */
  public Optional<String> remove(SetId set, RunId run) {
    var manifest = layout.inSet(set, StoreLayout.MANIFEST);
    var mark = layout.inSet(set, StoreLayout.REMOVING);
    if (store.exists(manifest)) {
      files.write(mark, Json.pretty(new Removing(run, clock.instant())));
      var claimed = claimed(set);
      if (claimed.isPresent()) {
        store.delete(mark);
        return claimed;
      }
      store.delete(manifest);
    }
    removeRest(set);
    return Optional.empty();
  }

  private Optional<String> claimed(SetId set) {
    try {
      return claims.active(set, clock.instant()).stream()
          .findFirst()
          .map(claim -> "claimed by run " + claim.run() + " until " + claim.expires());
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.SET_CORRUPT) {
        throw e;
      }
      return Optional.of("perhaps claimed: " + e.getMessage());
    }
  }

  /** The mark last: while it is there, the next prune knows that this is no capture. */
  private void removeRest(SetId set) {
    var mark = layout.inSet(set, StoreLayout.REMOVING);
    store.delete(layout.inSet(set, StoreLayout.SIGNATURE));
    store.list(layout.set(set)).stream()
        .map(ArtifactStore.Entry::key)
        .filter(key -> !key.equals(mark))
        .forEach(store::delete);
    store.deleteAll(layout.set(set)); // what writers that died left, and the mark
  }

  /** Folders of sets without a manifest, oldest first: captures that go on, crashed, or rests. */
  public List<Leftover> leftovers() {
    return store.folders(layout.sets()).stream()
        .filter(SetId::isValid)
        .map(SetId::new)
        .filter(set -> !store.exists(layout.inSet(set, StoreLayout.MANIFEST)))
        .sorted()
        .map(set -> new Leftover(set, store.exists(layout.inSet(set, StoreLayout.REMOVING))))
        .toList();
  }

  /**
   * Removes a leftover, unless it was committed meanwhile.
   *
   * @return whether it is gone
   */
  public boolean sweep(SetId set) {
    if (store.exists(layout.inSet(set, StoreLayout.MANIFEST))) {
      return false;
    }
    removeRest(set);
    return true;
  }

  /** Takes back the marks of removals that died before they removed anything. */
  public void takeBackStale() {
    store.folders(layout.sets()).stream()
        .filter(SetId::isValid)
        .map(SetId::new)
        .filter(set -> store.exists(layout.inSet(set, StoreLayout.MANIFEST)))
        .map(set -> layout.inSet(set, StoreLayout.REMOVING))
        .filter(mark -> files.read(mark).filter(bytes -> stale(mark, bytes)).isPresent())
        .forEach(store::delete);
  }

  /** What cannot be read was not written by a removal that goes on. */
  private boolean stale(String mark, byte[] bytes) {
    try {
      var since = files.parse(mark, bytes, Removing.class).at();
      return since.isBefore(clock.instant().minus(STALE));
    } catch (ResurgeException e) {
      return true;
    }
  }

  /**
   * A set's folder without a manifest.
   *
   * @param removed whether it is the rest of a set that was being removed
   */
  public record Leftover(SetId set, boolean removed) {}

  /** Who removes the set and since when. */
  private record Removing(RunId run, Instant at) {
    Removing {
      Objects.requireNonNull(at);
    }
  }
}
