package dev.resurge.activities.step;

import dev.resurge.activities.store.Journal.Unsettled;
import dev.resurge.activities.store.SetEntry;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetLabels;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.retention.Hold;
import dev.resurge.workflows.retention.Hold.Unfinished;
import dev.resurge.workflows.retention.SetFacts;
import dev.resurge.workflows.retention.UnbelievedSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers what pruning must know of the sets: marks, claims, and the restores that need them. */
final class SetFactsReader {
  private final Workbench bench;
  private final Holders holders;
  private final List<Unsettled> unsettled;
  private final Set<RunId> ended;

  SetFactsReader(Workbench bench, Holders holders) {
    this.bench = bench;
    this.holders = holders;
    this.unsettled = bench.journal().unsettled();
    this.ended = new HashSet<>(bench.evidence().runs());
  }

  /** What is known of the sets. */
  record Known(List<SetFacts> believed, List<UnbelievedSet> unbelieved) {}

  Known read() {
    var believed = new ArrayList<SetFacts>();
    var unbelieved = new ArrayList<UnbelievedSet>();
    for (var entry : bench.sets().list(bench.site().trust())) {
      entry
          .summary()
          .ifPresentOrElse(
              summary -> believed.add(facts(entry, summary)),
              () -> unbelieved.add(new UnbelievedSet(entry.set(), reason(entry))));
    }
    return new Known(believed, unbelieved);
  }

  private static String reason(SetEntry entry) {
    var why = entry.unreadable().orElseThrow();
    return why.type().id() + ": " + why.message();
  }

  private SetFacts facts(SetEntry entry, SetSummary summary) {
    return new SetFacts(
        entry.set(),
        summary.kind(),
        Optional.ofNullable(summary.labels().get(SetLabels.SCHEDULE)),
        Set.copyOf(summary.components()),
        summary.recoveryPoint(),
        summary.stored(),
        bench.sets().isVerified(entry.set()),
        entry.badReason(),
        holds(summary));
  }

  private List<Hold> holds(SetSummary summary) {
    var holds = new ArrayList<>(claims(summary.set()));
    unsettled.stream()
        .filter(cutOver -> cutOver.set().filter(summary.set()::equals).isPresent())
        .forEach(cutOver -> holds.add(new Hold.Restored(cutOver.run(), Unfinished.UNSETTLED)));
    if (summary.kind() == SetKind.SAFETY) {
      safety(bench.manifest(summary.set()).manifest().run()).ifPresent(holds::add);
    }
    return holds;
  }

  private List<Hold> claims(SetId set) {
    try {
      return bench.setClaims().active(set, bench.site().clock().instant()).stream()
          .map(claim -> (Hold) new Hold.Claimed(claim.run(), claim.expires()))
          .toList();
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.SET_CORRUPT) {
        throw e;
      }
      return List.of(new Hold.Unclear(e.getMessage()));
    }
  }

  /** A safety set is the way back of its run until that is over. */
  private Optional<Hold> safety(RunId run) {
    if (unsettled.stream().anyMatch(cutOver -> cutOver.run().equals(run))) {
      return Optional.of(new Hold.Safety(run, Unfinished.UNSETTLED));
    }
    return goesOn(run) ? Optional.of(new Hold.Safety(run, Unfinished.RUNNING)) : Optional.empty();
  }

  /** A run that has ended has its evidence; one that was terminated has none, and runs no more. */
  private boolean goesOn(RunId run) {
    return !ended.contains(run)
        && holders.firstOf(run.procedure().stream(), bench.runbook().system()).isPresent();
  }
}
