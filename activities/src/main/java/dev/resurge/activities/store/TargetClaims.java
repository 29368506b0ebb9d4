package dev.resurge.activities.store;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.TargetIdentity;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A target belongs to one system of one installation; whoever claims it first has it. */
public final class TargetClaims {
  /** No target was restored so often; it bounds what a damaged store can cost. */
  private static final int MOST_ANCESTORS = 10_000;

  private final ArtifactStore store;
  private final StoreFiles files;
  private final InstantSource clock;

  /** The claims in {@code store}, of all systems that share it. */
  public TargetClaims(ArtifactStore store) {
    this(store, InstantSource.system());
  }

  /** The same with a clock of one's own, which only dates claims. */
  public TargetClaims(ArtifactStore store, InstantSource clock) {
    this.store = store;
    this.files = new StoreFiles(store);
    this.clock = clock;
  }

  /**
   * Claims a target; the owner may claim it again.
   *
   * @throws ResurgeException {@code TargetOwned} naming the owner, if another has it
   */
  public TargetClaim claim(TargetIdentity identity, Owner owner) {
    return claim(identity, owner, List.of(), Optional.empty());
  }

  /**
   * Claims a restored target as the heir of the one whose place it took, so that the older one's
   * sets still fit.
   *
   * @throws ResurgeException {@code TargetOwned} naming the owner, if another has it
   */
  public void claimHeir(TargetIdentity heir, TargetIdentity predecessor, Owner owner, RunId run) {
    var heirOf = heir.equals(predecessor) ? List.<TargetIdentity>of() : List.of(predecessor);
    var claim = claim(heir, owner, heirOf, Optional.of(run));
    if (claim.heirOf().containsAll(heirOf)) {
      return;
    }
    var all = new ArrayList<>(claim.heirOf());
    all.addAll(heirOf);
    var extended =
        new TargetClaim(
            heir, claim.system(), claim.installation(), claim.since(), all, Optional.of(run));
    files.write(StoreLayout.target(heir), Json.pretty(extended));
  }

  private TargetClaim claim(
      TargetIdentity identity, Owner owner, List<TargetIdentity> heirOf, Optional<RunId> run) {
    var claim =
        new TargetClaim(
            identity, owner.system(), owner.installation(), clock.instant(), heirOf, run);
    if (store.putIfAbsent(StoreLayout.target(identity), Json.pretty(claim))) {
      return claim;
    }
    var holder =
        owner(identity)
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.STORE_UNAVAILABLE,
                    "the claim on " + identity + " vanished from " + store.describe()));
    if (!holder.owner().equals(owner)) {
      throw new ResurgeException(
          ErrorType.TARGET_OWNED,
          identity
              + " belongs to "
              + holder.owner().describe()
              + " since "
              + holder.since()
              + " ("
              + StoreLayout.target(identity)
              + " in "
              + store.describe()
              + "), not to "
              + owner.describe());
    }
    return holder;
  }

  /** Whose the target is; empty if nobody claimed it. */
  public Optional<TargetClaim> owner(TargetIdentity identity) {
    var key = StoreLayout.target(identity);
    return files.read(key).map(bytes -> files.parse(key, bytes, TargetClaim.class));
  }

  /** Whether {@code identity} is {@code ancestor} or an heir, in any number of restores, of it. */
  public boolean descends(TargetIdentity identity, TargetIdentity ancestor) {
    var seen = new HashSet<TargetIdentity>();
    var next = new ArrayDeque<TargetIdentity>(List.of(identity));
    while (!next.isEmpty() && seen.size() < MOST_ANCESTORS) {
      var each = next.remove();
      if (each.equals(ancestor)) {
        return true;
      }
      if (seen.add(each)) {
        owner(each).ifPresent(claim -> next.addAll(claim.heirOf()));
      }
    }
    return false;
  }
}
