package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.PruneActivities;
import dev.resurge.workflows.activity.PruneActivities.ExpiredCopy;
import dev.resurge.workflows.activity.PruneActivities.Fates;
import dev.resurge.workflows.activity.PruneActivities.Swept;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Removes what the runbook's rules do not keep: a Prune's work, and the end of a Backup. */
final class Pruner {
  private final Conducted of;
  private final boolean pretend;
  private final boolean parks;
  private boolean decided;
  private int gone;
  private int kept;

  /**
   * Prunes as part of a run.
   *
   * @param pretend only say what would go
   * @param parks whether what keeps failing waits for a person; else it is thrown
   */
  Pruner(Conducted of, boolean pretend, boolean parks) {
    this.of = of;
    this.pretend = pretend;
    this.parks = parks;
  }

  /** All of it. */
  void prune() {
    of.steps()
        .step("look at journal")
        .run(PrepareActivities.class, a -> a.requireSettled(of.theRun()));
    removeSets(decide());
    sweep();
    if (of.runbook().spec().retention().isPresent()) {
      removeCopies();
    }
  }

  private List<SetFate> decide() {
    of.phase("deciding");
    var decision =
        of.steps()
            .step("decide which sets stay")
            .ask(
                PruneActivities.class,
                a -> a.decideFates(of.theRun()),
                fates -> fates.staying() + " stay, " + going(fates) + " go");
    if (decision.more() > 0) {
      of.draft().notes().add(decision.more() + " more sets are to go; prune again to remove them");
    }
    decided = true;
    gone = going(decision);
    kept = decision.staying();
    of.draft().fates(decision.fates());
    return decision.fates();
  }

  private static int going(Fates decision) {
    return (int) decision.fates().stream().filter(fate -> !fate.stays()).count();
  }

  /** The oldest first, as they would have gone had there been a prune every day. */
  private void removeSets(List<SetFate> fates) {
    if (pretend) {
      return;
    }
    of.phase("removing sets");
    fates.reversed().stream().filter(fate -> !fate.stays()).forEach(this::removeSet);
  }

  private void removeSet(SetFate fate) {
    var why =
        attempt("removing set " + fate.set(), () -> remove(fate))
            .orElseGet(() -> Optional.of("left alone by a person's decision"));
    why.ifPresent(reason -> {
      gone--;
      kept++;
      of.draft().stays(fate.set(), reason);
    });
  }

  private Optional<String> remove(SetFate fate) {
    return of.steps()
        .step("remove set " + fate.set())
        .ask(
            PruneActivities.class,
            a -> a.removeSet(of.theRun(), fate),
            why -> why.map(w -> "stays after all: " + w).orElse(fate.stored().human()));
  }

  private void sweep() {
    of.phase("sweeping");
    attempt("sweeping", this::swept)
        .ifPresent(swept -> {
          swept.leftovers().forEach(set -> note("what a crashed run left of set " + set));
          swept
              .copies()
              .forEach(copy ->
                  note("staged copy " + copy.name() + ", which run " + copy.run() + " left"));
          of.draft().notes().addAll(swept.remarks());
        });
  }

  private Swept swept() {
    return of.steps()
        .step("sweep")
        .ask(
            PruneActivities.class,
            a -> a.sweepLeftovers(of.theRun(), pretend),
            swept ->
                swept.leftovers().size()
                    + " crashed captures, "
                    + swept.copies().size()
                    + " abandoned copies, "
                    + swept.claims()
                    + " old claims");
  }

  private void removeCopies() {
    of.phase("removing retained copies");
    var expired =
        of.steps()
            .step("look at retained copies")
            .ask(
                PruneActivities.class,
                a -> a.expiredCopies(of.theRun()),
                found -> found.copies().size() + " expired");
    of.draft().notes().addAll(expired.remarks());
    var byRun = new TreeMap<RunId, List<ExpiredCopy>>();
    expired
        .copies()
        .forEach(
            each -> byRun.computeIfAbsent(each.copy().run(), run -> new ArrayList<>()).add(each));
    byRun.forEach(this::removeCopies);
  }

  /** What one run left belongs together, and goes into one set. */
  private void removeCopies(RunId run, List<ExpiredCopy> copies) {
    if (pretend) {
      copies.forEach(each -> note("retained copy " + each.copy().name() + made(each)));
      return;
    }
    var uncaptured =
        copies.stream().filter(c -> c.capturedIn().isEmpty()).map(ExpiredCopy::copy).toList();
    var made =
        uncaptured.isEmpty()
            ? Optional.<SetId>empty()
            : attempt("capturing what run " + run + " left", () -> capture(run, uncaptured));
    for (var each : copies) {
      each.capturedIn().or(() -> made).ifPresent(set -> removeCopy(each.copy(), set));
    }
  }

  private static String made(ExpiredCopy copy) {
    return copy.capturedIn()
        .map(set -> ", which set " + set + " holds")
        .orElse(", after a set of it");
  }

  private SetId capture(RunId run, List<Retained> copies) {
    return SafeCapture.run(
            of,
            SetKind.SAFETY,
            Map.of(SetLabels.FROM_RETAINED, run.value()),
            copies.stream().map(SetDraft.Source::of).toList())
        .set();
  }

  private void removeCopy(Retained copy, SetId capturedIn) {
    attempt(
            "removing retained copy " + copy.name(),
            () -> {
              of.steps()
                  .step("remove retained copy", copy.component())
                  .run(
                      CutOverActivities.class,
                      a -> a.removeRetained(of.theRun(), copy, capturedIn));
              return true;
            })
        .ifPresent(
            done -> note("retained copy " + copy.name() + ", which set " + capturedIn + " holds"));
  }

  private void note(String what) {
    of.draft().notes().add((pretend ? "would remove " : "removed ") + what);
  }

  private <T> Optional<T> attempt(String what, Supplier<T> work) {
    if (!parks) {
      return Optional.of(work.get());
    }
    var done = of.parking(what, List.of("skip"), work);
    if (done.isEmpty()) {
      of.draft().notes().add(what + " was skipped");
    }
    return done;
  }

  /** In a sentence. */
  String summary() {
    if (!decided) {
      return "No set was removed.";
    }
    return pretend
        ? sets(gone) + " would go, " + kept + " would stay; nothing was removed."
        : sets(gone) + " removed, " + kept + " kept.";
  }

  private static String sets(int count) {
    return count + (count == 1 ? " set" : " sets");
  }
}
