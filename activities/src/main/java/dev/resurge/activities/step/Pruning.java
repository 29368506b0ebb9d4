package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.activity.PruneActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.retention.RetentionPolicy;
import dev.resurge.workflows.runbook.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;

/** Removing what is not needed any more. */
public final class Pruning implements PruneActivities {
  /** Each removal is an event of Temporal's history, which should stay small. */
  private static final int MOST_REMOVED = 250;

  /** What is said of sets that stay should stay small, too. */
  private static final int MOST_SAID = 1000;

  private final Site site;
  private final Holders holders;

  public Pruning(Site site, Holders holders) {
    this.site = site;
    this.holders = holders;
  }

  @Override
  public Fates decideFates(Run run) {
    return Attempts.call(run, attempt -> decide(site.workbench(run)));
  }

  private Fates decide(Workbench bench) {
    var known = new SetFactsReader(bench, holders).read();
    var policy = RetentionPolicy.of(bench.runbook());
    var all = policy.decide(known.believed(), known.unbelieved(), site.clock().instant());
    var going = all.stream().filter(fate -> !fate.stays()).toList();
    var now = going.subList(Math.max(0, going.size() - MOST_REMOVED), going.size());
    var fates =
        Stream.concat(all.stream().filter(SetFate::stays).limit(MOST_SAID), now.stream())
            .sorted((a, b) -> b.set().compareTo(a.set()))
            .toList();
    return new Fates(fates, all.size() - going.size(), going.size() - now.size());
  }

  @Override
  public Optional<String> removeSet(Run run, SetFate fate) {
    return Attempts.call(run, attempt -> remove(site.workbench(run), run, fate));
  }

  private static Optional<String> remove(Workbench bench, Run run, SetFate fate) {
    bench.requireSettled();
    if (!bench.sets().isCommitted(fate.set())) {
      return bench.removal().remove(fate.set(), run.id()); // an attempt before got so far
    }
    return changed(bench, fate).or(() -> bench.removal().remove(fate.set(), run.id()));
  }

  /** What speaks against it now and did not when it was decided. */
  private static Optional<String> changed(Workbench bench, SetFate fate) {
    var sets = bench.sets();
    for (var other : fate.inFavourOf()) {
      if (!sets.isCommitted(other) || sets.isBad(other)) {
        return Optional.of(
            "it was to go in favour of " + other + ", which is gone or marked bad now");
      }
    }
    var newerIsVerified =
        fate.inFavourOf().stream()
            .anyMatch(other -> other.compareTo(fate.set()) > 0 && sets.isVerified(other));
    return sets.isVerified(fate.set()) && !newerIsVerified && !sets.isBad(fate.set())
        ? Optional.of("it was verified meanwhile")
        : Optional.empty();
  }

  @Override
  public Swept sweepLeftovers(Run run, boolean pretend) {
    var swept = Attempts.call(run, attempt -> sweep(attempt, site.workbench(run), pretend));
    if (!pretend) {
      swept
          .copies()
          .forEach(copy ->
              Attempts.run(
                  run.inPlaceOf(copy.run(), Scope.WHOLE),
                  attempt -> Staging.discard(attempt, site.workbench(run), copy.component())));
    }
    return swept;
  }

  /**
   * First what is there, then who captures: a capture that goes on began before its folder was
   * there and holds the data lock until it has ended, so whoever does not hold it then is over.
   */
  private Swept sweep(Attempt attempt, Workbench bench, boolean pretend) {
    var remarks = new ArrayList<String>();
    var removal = bench.removal();
    var leftovers = removal.leftovers();
    var holder = holders.describe(Procedure.dataLock(bench.runbook().system()));
    var swept = new ArrayList<SetId>();
    for (var leftover : leftovers) {
      attempt.checkCancelled();
      if (!leftover.removed() && young(bench, leftover.set())) {
        continue;
      }
      if (!leftover.removed() && holder.temporalRunId().isPresent()) {
        remarks.add(
            "what lies under set " + leftover.set() + " is left alone: " + holder.describe());
      } else if (pretend || removal.sweep(leftover.set())) {
        swept.add(leftover.set());
      }
    }
    if (!pretend) {
      removal.takeBackStale();
    }
    var before = site.clock().instant().minus(crashedAfter(bench));
    var copies = new AbandonedCopies(attempt, bench, holders).find(before, remarks);
    return new Swept(swept, bench.setClaims().sweep(before, pretend), copies, remarks);
  }

  private boolean young(Workbench bench, SetId set) {
    var before = site.clock().instant().minus(crashedAfter(bench));
    return set.begun().filter(begun -> begun.isBefore(before)).isEmpty();
  }

  private static Duration crashedAfter(Workbench bench) {
    return bench
        .runbook()
        .spec()
        .retention()
        .map(Retention::crashedAfter)
        .orElse(Retention.CRASHED_AFTER);
  }

  @Override
  public Expired expiredCopies(Run run) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var rules =
              bench
                  .runbook()
                  .spec()
                  .retention()
                  .orElseThrow(() ->
                      new ResurgeException(
                          ErrorType.INTERNAL, "retained copies expire only by a rule"));
          return new ExpiredCopies(attempt, bench, holders).find(rules.retainedCopies());
        });
  }
}
