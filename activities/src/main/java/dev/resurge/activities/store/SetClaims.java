package dev.resurge.activities.store;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says which sets are being read, so that nothing removes them meanwhile. Whoever claims a set
 * writes the claim and then looks for a removal; {@link SetRemoval} marks the removal and then
 * looks for claims: whatever the order, one of the two sees the other.
 */
public final class SetClaims {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ArtifactStore store;
  private final StoreFiles files;
  private final StoreLayout layout;
  private final Duration patience;

  /** The claims on the sets of {@code system}. */
  public SetClaims(ArtifactStore store, String system) {
    this(store, system, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience with a removal that is being taken back
   */
  SetClaims(ArtifactStore store, String system, Duration patience) {
    this.patience = patience;
    this.store = store;
    this.files = new StoreFiles(store);
    this.layout = new StoreLayout(system);
  }

  /**
   * Claims a set until {@code expires}; claiming again renews.
   *
   * @throws ResurgeException {@code SetUnknown} if the set is not there (any more); {@code
   *     TargetBusy} if it is being removed. It is not claimed then
   */
  public void claim(SetId set, RunId run, Instant expires) {
    files.write(layout.claim(set, run), Json.pretty(new Claim(set, run, expires)));
    var removing = layout.inSet(set, StoreLayout.REMOVING);
    // a removal that has seen the claim takes its mark back at once
    var free = Poll.until(patience, Duration.ofMillis(50), () -> !store.exists(removing));
    var there = store.exists(layout.inSet(set, StoreLayout.MANIFEST));
    if (free && there) {
      return;
    }
    release(set, run);
    var where = "set " + set + " of " + layout.system() + " in " + store.describe();
    if (!there) {
      throw new ResurgeException(
          ErrorType.SET_UNKNOWN, "claimed " + where + ": it is not there; it may just be removed");
    }
    throw new ResurgeException(
        ErrorType.TARGET_BUSY,
        "claimed "
            + where
            + ": a run of prune is removing it, or died when it was about to ("
            + removing
            + "). The next prune ends that, one way or the other");
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

  /**
   * Gives up what those runs claimed, on whatever set, once nothing of theirs is left to be found
   * by it. Claims that have not expired at {@code now} stay: such a run may go on in another
   * Temporal.
   */
  public void releaseExpired(List<RunId> runs, Instant now) {
    store.list(layout.claims()).stream()
        .map(ArtifactStore.Entry::key)
        .filter(key -> readable(key).filter(c -> isExpiredOf(runs, c, now)).isPresent())
        .toList()
        .forEach(store::delete);
  }

  private static boolean isExpiredOf(List<RunId> runs, Claim claim, Instant now) {
    return runs.contains(claim.run()) && !claim.expires().isAfter(now);
  }

  /**
   * Removes claims that nobody can still mean, on whatever set: those that had expired at {@code
   * before}, which must be long ago, for a run renews its claim by writing it again.
   *
   * @param pretend only look
   * @return how many there were
   */
  public int sweep(Instant before, boolean pretend) {
    var expired =
        store.list(layout.claims()).stream()
            .map(ArtifactStore.Entry::key)
            .filter(key -> readable(key).filter(claim -> isOver(claim, before)).isPresent())
            .toList();
    if (!pretend) {
      expired.forEach(store::delete);
    }
    return expired.size();
  }

  /** What an interrupted recovery or drill left is found by its claim, however old that is. */
  private static boolean isOver(Claim claim, Instant before) {
    return claim.expires().isBefore(before)
        && !claim.run().isOf(Procedure.RECOVER)
        && !claim.run().isOf(Procedure.DRILL);
  }

  /** A claim that cannot be read may be anybody's: it is left alone. */
  private Optional<Claim> readable(String key) {
    try {
      return files.read(key).map(bytes -> files.parse(key, bytes, Claim.class));
    } catch (ResurgeException e) {
      if (e.type() == ErrorType.STORE_UNAVAILABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Who reads a set, and until when that is believed. */
  public record Claim(SetId set, RunId run, Instant expires) {
    public Claim {
      Objects.requireNonNull(expires);
    }
  }
}
