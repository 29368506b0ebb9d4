package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.spi.ComponentDriver.Room;
import dev.resurge.activities.spi.Workloads;
import dev.resurge.activities.store.StoredManifest;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.RestoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds all that would make a run fail or surprise, at once. Changes no target. */
final class Preflight {
  private final Attempt attempt;
  private final Workbench bench;
  private final Holders holders;
  private final Intent intent;
  private final List<Finding> findings = new ArrayList<>();

  Preflight(Attempt attempt, Workbench bench, Holders holders, Intent intent) {
    this.attempt = attempt;
    this.bench = bench;
    this.holders = holders;
    this.intent = intent;
  }

  List<Finding> findings(Optional<SetId> set) {
    var stored = set.map(bench::manifest);
    var storeWorks = guarded("store", this::store);
    if (storeWorks) {
      guarded("journal", this::journal);
    }
    stored.ifPresent(s ->
        guarded("set " + s.manifest().set(), () -> findings.addAll(new SetFindings(bench).of(s))));
    if (intent != Intent.READ) {
      long live = 0;
      for (var component : bench.components()) {
        live += component(component, stored);
      }
      if (intent != Intent.STAGE) { // which makes no set, stops nothing and calls no hook
        if (storeWorks) {
          storeRoom(live);
        }
        guarded("workloads", this::workloads);
        guarded("hooks", this::hooks);
      }
    }
    return List.copyOf(findings);
  }

  /** A look that fails is a finding too, and does not hide the others. */
  private boolean guarded(String subject, Runnable look) {
    try {
      look.run();
      return true;
    } catch (ResurgeException e) {
      findings.add(Finding.error(e.type(), subject, e.getMessage()));
      return false;
    }
  }

  private void store() {
    var key = bench.runbook().system() + "/claims/preflight-" + attempt.token();
    bench.store().putIfAbsent(key, new byte[] {'?'});
    bench.store().delete(key);
  }

  private void journal() {
    var lock = Procedure.dataLock(bench.runbook().system());
    for (var unsettled : bench.journal().unsettled()) {
      var holder = holders.describe(lock);
      if (!intent.replaces() && intent != Intent.CAPTURE) {
        findings.add(
            Finding.warning(
                ErrorType.JOURNAL_UNSETTLED,
                "journal",
                "run "
                    + unsettled.run()
                    + " never wrote how its cut over ended; sets can be read"));
      } else if (holder.temporalRunId().isPresent() && !holder.type().equals("Capture")) {
        findings.add(
            Finding.warning(
                ErrorType.JOURNAL_UNSETTLED,
                "journal",
                "run " + unsettled.run() + " is cutting over now (" + holder.describe() + ")"));
      } else {
        findings.add(
            Finding.error(
                ErrorType.JOURNAL_UNSETTLED,
                "journal",
                "the cut over of run "
                    + unsettled.run()
                    + " never wrote how it ended (last entry: "
                    + unsettled.state().id()
                    + " at "
                    + unsettled.at()
                    + "); settle it before anything else operates: "
                    + bench.settleCommand()));
      }
    }
  }

  /** Looks at one component's target; the live data's size. */
  private long component(Component component, Optional<StoredManifest> stored) {
    var subject = "component " + component.name();
    var part = stored.flatMap(s -> s.manifest().component(component.name()));
    if (stored.isPresent() && part.isEmpty()) {
      guarded(subject, () -> bench.part(stored.get(), component.name()));
    }
    Inspection found;
    try {
      found = bench.driver(component).inspect(attempt, component, intent, part);
    } catch (ResurgeException e) {
      findings.add(Finding.error(e.type(), subject, e.getMessage()));
      return 0;
    }
    found
        .findings()
        .forEach(f -> findings.add(new Finding(f.severity(), f.type(), subject, f.message())));
    found
        .identity()
        .ifPresent(identity -> guarded(subject, () -> owned(identity, found, part, subject)));
    found.clock().ifPresent(clock -> skew(subject, clock));
    found.absent().ifPresent(words -> absent(subject, words));
    if (found.identity().isPresent()) {
      occupied(found, subject);
    }
    // what could not be looked at is a finding already, and need not be asked again
    if (intent.stages() && (found.identity().isPresent() || found.absent().isPresent())) {
      found.room().ifPresent(room -> room(subject, room));
      guarded(subject, () -> retained(component, subject));
    }
    return found.size().bytes();
  }

  private void owned(
      TargetIdentity identity, Inspection found, Optional<ComponentManifest> part, String subject) {
    var owner = bench.owner();
    bench
        .targets()
        .owner(identity)
        .map(c -> new Owner(c.system(), c.installation()))
        .or(found::owner)
        .filter(other -> !other.equals(owner))
        .ifPresent(other ->
            findings.add(
                Finding.error(
                    ErrorType.TARGET_OWNED,
                    subject,
                    found.name()
                        + " belongs to "
                        + other.describe()
                        + ", not to "
                        + owner.describe())));
    if (intent == Intent.REPLACE && part.isPresent() && !asked(found)) {
      var source = part.get().target();
      if (!bench.targets().descends(identity, source)) {
        findings.add(
            Finding.error(
                ErrorType.TARGET_FOREIGN,
                subject,
                found.name()
                    + " is "
                    + identity
                    + "; the set was captured from "
                    + source
                    + ", of which it is no heir"));
      }
    }
  }

  /** Whether the person named the place, foreign as it may be. */
  private boolean asked(Inspection found) {
    return attempt.run().scope().to().containsValue(found.name());
  }

  private void absent(String subject, String words) {
    if (intent == Intent.CAPTURE) {
      findings.add(Finding.error(ErrorType.DATABASE_UNAVAILABLE, subject, words));
    } else if (intent == Intent.REPLACE && !bench.elsewhere()) {
      findings.add(
          Finding.warning(
              ErrorType.DATABASE_UNAVAILABLE,
              subject,
              words + "; it will be built where nothing is"));
    }
  }

  /** Where something new is to stand, nothing of that name may be. */
  private void occupied(Inspection found, String subject) {
    if (intent == Intent.REBUILD || (intent == Intent.REPLACE && bench.elsewhere())) {
      findings.add(
          Finding.error(
              ErrorType.TARGET_OCCUPIED,
              subject,
              found.name()
                  + " is there already ("
                  + found.size().human()
                  + "); nothing is replaced here"));
    }
  }

  private void skew(String subject, Instant clock) {
    var skew = Duration.between(clock, bench.site().clock().instant()).abs();
    var limit = bench.runbook().spec().restore().clockSkew();
    if (skew.compareTo(limit) > 0) {
      findings.add(
          Finding.error(
              ErrorType.CLOCK_SKEW,
              subject,
              "its clock and the worker's differ by "
                  + Durations.human(skew)
                  + "; at most "
                  + Durations.human(limit)
                  + " is allowed"));
    }
  }

  /** The guide's rule: at least so much free, and so many times the data. */
  private void room(String subject, Room room) {
    var rules = bench.runbook().spec().restore();
    var inPlace = intent == Intent.REPLACE && rules.strategy() == RestoreSettings.Strategy.IN_PLACE;
    if (inPlace) {
      return; // the live data makes room
    }
    var needed =
        Math.max((long) (room.needed().bytes() * rules.spaceFactor()), rules.minimumFree().bytes());
    if (room.free().bytes() < needed) {
      findings.add(
          Finding.error(
              ErrorType.NOT_ENOUGH_SPACE,
              subject,
              room.where()
                  + " has "
                  + room.free().human()
                  + " free; the staged copy takes about "
                  + room.needed().human()
                  + " and the rule (restore.minimumFree "
                  + rules.minimumFree().human()
                  + ", restore.spaceFactor "
                  + rules.spaceFactor()
                  + ") asks for "
                  + new ByteSize(needed).human()));
    }
  }

  private void storeRoom(long live) {
    guarded(
        "store",
        () -> {
          // A set takes at most what the data takes; compressed it is usually far less.
          var free = bench.store().free();
          var needed = Math.max(live, bench.runbook().spec().restore().minimumFree().bytes());
          if (free < needed) {
            findings.add(
                Finding.error(
                    ErrorType.NOT_ENOUGH_SPACE,
                    "store",
                    bench.store().describe()
                        + " has "
                        + new ByteSize(free).human()
                        + " free; a set of this system may take "
                        + new ByteSize(needed).human()));
          }
        });
  }

  /** Copies of earlier restores take room that a person could free. */
  private void retained(Component component, String subject) {
    bench
        .driver(component)
        .retained(attempt, component)
        .forEach(kept ->
            findings.add(
                Finding.warning(
                    ErrorType.NOT_ENOUGH_SPACE,
                    subject,
                    "keeps "
                        + kept.name()
                        + " ("
                        + kept.why()
                        + " by "
                        + kept.run()
                        + ", "
                        + kept.size().human()
                        + ")")));
  }

  private void workloads() {
    for (var workload : bench.runbook().workloads()) {
      var seen = bench.platform().workloads().observe(attempt, workload);
      if (seen.state() == Workloads.State.UNKNOWN) {
        findings.add(
            Finding.error(
                ErrorType.WORKLOAD_FAILED,
                "workload " + workload.name(),
                "its status cannot be told: " + seen.detail()));
      }
    }
  }

  private void hooks() {
    for (var hook : bench.runbook().spec().hooks().all()) {
      var program = hook.command().getFirst();
      if (bench.platform().shell().which(program).isEmpty()) {
        findings.add(
            Finding.error(
                ErrorType.PROGRAM_MISSING,
                "hook " + hook.name(),
                "there is no program " + program));
      }
    }
  }
}
