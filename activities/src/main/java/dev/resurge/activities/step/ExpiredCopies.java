package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.activity.PruneActivities.Expired;
import dev.resurge.workflows.activity.PruneActivities.ExpiredCopy;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the copies beside the live data that were kept long enough, and the sets made of them. */
final class ExpiredCopies {
  /** The labels of sets that were made of what a run left beside the live data. */
  private static final List<String> MADE_OF =
      List.of(SetLabels.FROM_RETAINED, SetLabels.REPLACED_BY);

  private final Attempt attempt;
  private final Workbench bench;
  private final Holders holders;

  ExpiredCopies(Attempt attempt, Workbench bench, Holders holders) {
    this.attempt = attempt;
    this.bench = bench;
    this.holders = holders;
  }

  /** Those kept for longer than that. */
  Expired find(Duration keptFor) {
    var busy = busy();
    if (busy.isPresent()) {
      return new Expired(List.of(), List.of("retained copies are left alone: " + busy.get()));
    }
    var now = bench.site().clock().instant();
    var copies = new ArrayList<ExpiredCopy>();
    var remarks = new ArrayList<String>();
    for (var copy : all()) {
      var retired = retired(copy);
      var expires = retired.orElseGet(copy.run()::started).plus(keptFor);
      if (expires.isAfter(now)) {
        remarks.add(
            copy.name()
                + " ("
                + copy.why()
                + " by run "
                + copy.run()
                + ", "
                + copy.size().human()
                + ") is kept for another "
                + Durations.human(Duration.between(now, expires)));
      } else {
        copies.add(new ExpiredCopy(copy, capturedIn(copy, retired)));
      }
    }
    return new Expired(copies, remarks);
  }

  /** Who may be about to go back to such a copy. */
  private Optional<String> busy() {
    return holders
        .firstOf(
            Stream.of(Procedure.RESTORE, Procedure.RECOVER, Procedure.SETTLE),
            bench.runbook().system())
        .map(holder -> "a run goes on that may need them, " + holder.describe());
  }

  private List<Retained> all() {
    return bench.components().stream()
        .flatMap(c -> bench.driver(c).retained(attempt, c).stream())
        .sorted(Comparator.comparing(Retained::run).thenComparing(Retained::component))
        .toList();
  }

  /**
   * When it ceased to be live: the end of its cut over; what was captured before may lack the last.
   */
  private Optional<Instant> retired(Retained copy) {
    return bench.journal().entries(copy.run()).stream()
        .filter(entry -> entry.state().settled())
        .map(JournalEntry::at)
        .findFirst();
  }

  /** The newest set that holds it as it is now. */
  private Optional<SetId> capturedIn(Retained copy, Optional<Instant> retired) {
    return bench.sets().list(bench.site().trust()).stream()
        .filter(entry -> entry.summary().isPresent() && entry.badReason().isEmpty())
        .filter(entry -> entry.summary().get().components().contains(copy.component()))
        .map(entry -> bench.manifest(entry.set()).manifest())
        .filter(manifest -> holds(manifest, copy, retired))
        .map(Manifest::set)
        .findFirst();
  }

  private static boolean holds(Manifest manifest, Retained copy, Optional<Instant> retired) {
    var same =
        manifest
            .component(copy.component())
            .filter(part -> part.target().equals(copy.identity()))
            .isPresent();
    var ofIt =
        MADE_OF.stream().anyMatch(label -> copy.run().value().equals(manifest.labels().get(label)));
    var made = manifest.kind() == SetKind.SAFETY && ofIt;
    return same && (made || retired.filter(manifest.captureStarted()::isAfter).isPresent());
  }
}
