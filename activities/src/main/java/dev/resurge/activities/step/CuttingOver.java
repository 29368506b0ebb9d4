package dev.resurge.activities.step;

import dev.resurge.activities.check.CheckRunner;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Workloads;
import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Workload;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The seconds in which a system is down, and the way back. */
public final class CuttingOver implements CutOverActivities {
  private final Site site;
  private final CheckRunner checks;
  private final Latecomer latecomer;

  public CuttingOver(Site site, CheckRunner checks, Holders holders) {
    this.site = site;
    this.checks = checks;
    this.latecomer = new Latecomer(holders);
  }

  @Override
  public Swap swapFor(Run run, Plan plan, StagedCopy copy) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var component = bench.component(copy.component());
          var planned =
              plan.components().stream()
                  .filter(c -> c.component().equals(copy.component()))
                  .findFirst()
                  .orElseThrow();
          // In place the live data is gone by now, and nothing is retained.
          var live =
              planned.strategy() == Strategy.IN_PLACE
                  ? Optional.<TargetIdentity>empty()
                  : planned.target();
          return bench
              .driver(component)
              .swapFor(attempt, component, live, planned.target().orElse(planned.source()), copy);
        });
  }

  @Override
  public void journal(JournalEntry entry, String system, Run run) {
    Attempts.run(run, attempt -> site.workbench(run).journal().append(entry, site.signer()));
  }

  @Override
  public Position position(Run run, Swap swap) {
    return Attempts.call(run, attempt -> position(attempt, site.workbench(run), swap));
  }

  private static Position position(Attempt attempt, Workbench bench, Swap swap) {
    var component = bench.component(swap.component());
    var position = bench.driver(component).position(attempt, component, swap);
    if (position == Position.CHANGED) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          "component '"
              + swap.component()
              + "' is neither as planned nor in any state that swapping passes through. Planned: "
              + swap.liveName()
              + " is "
              + swap.live().map(TargetIdentity::value).orElse("nothing")
              + ", "
              + swap.stagedName()
              + " is "
              + swap.staged()
              + ". Found: "
              + bench.driver(component).describeWorld(attempt, component, swap));
    }
    return position;
  }

  @Override
  public List<String> running(Run run) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          return bench.runbook().workloads().stream()
              .filter(w ->
                  bench.platform().workloads().observe(attempt, w).state()
                      != Workloads.State.STOPPED)
              .map(Workload::name)
              .toList();
        });
  }

  @Override
  public void quiesce(Run run) {
    Attempts.run(run, attempt -> quiesce(attempt, site.workbench(run)));
  }

  /** What is stopped when nobody waits for that any more is started again. */
  private void quiesce(Attempt attempt, Workbench bench) {
    var workloads = bench.platform().workloads();
    var stopped = new ArrayList<Workload>();
    try {
      for (var workload : bench.runbook().workloads()) {
        if (workloads.quiesce(attempt, workload)) {
          stopped.addFirst(workload);
        }
      }
    } finally {
      if (!stopped.isEmpty() && latecomer.isOne()) {
        stopped.forEach(workload -> workloads.resume(attempt.undoing(), workload));
      }
    }
  }

  @Override
  public void swap(Run run, Swap swap) {
    Attempts.run(
        run,
        attempt -> {
          var bench = site.workbench(run);
          if (Activity.getExecutionContext().getInfo().getAttempt() > 1) {
            // The machine may have been restarted meanwhile, and the application with it.
            quiesce(attempt, bench);
          }
          var position = position(attempt, bench, swap);
          if (position != Position.AFTER) {
            var component = bench.component(swap.component());
            bench.driver(component).cutOver(attempt, component, swap);
          }
        });
  }

  /** In the reverse order of stopping: what others need was stopped last. */
  @Override
  public void resume(Run run, List<String> workloads) {
    Attempts.run(
        run,
        attempt -> {
          var bench = site.workbench(run);
          checks.markLogs(run, round(), bench.runbook());
          for (Workload workload : bench.runbook().workloads().reversed()) {
            if (workloads.contains(workload.name())) {
              bench.platform().workloads().resume(attempt, workload);
            }
          }
        });
  }

  /** The same for all attempts of one start of the workloads, another for the next start. */
  private static String round() {
    var info = Activity.getExecutionContext().getInfo();
    return info.getWorkflowRunId() + "/" + info.getActivityId();
  }

  @Override
  public List<CheckResult> checkHealth(Run run, Instant resumed) {
    return Attempts.call(
        run, attempt -> checks.healthy(attempt, site.workbench(run).runbook(), resumed));
  }

  @Override
  public void swapBack(Run run, Swap swap) {
    Attempts.run(
        run,
        attempt -> {
          var bench = site.workbench(run);
          position(attempt, bench, swap);
          var component = bench.component(swap.component());
          bench.driver(component).swapBack(attempt, component, swap);
        });
  }

  @Override
  public Optional<Retained> retain(Run run, Swap swap) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var component = bench.component(swap.component());
          bench.targets().claimHeir(swap.staged(), swap.predecessor(), bench.owner(), run.id());
          return bench.driver(component).retain(attempt, component, bench.owner(), swap);
        });
  }

  @Override
  public void requireAsPlanned(Run run, Plan plan) {
    Attempts.run(
        run,
        attempt -> {
          var bench = site.workbench(run);
          for (var planned : plan.components()) {
            var component = bench.component(planned.component());
            var found =
                bench
                    .driver(component)
                    .inspect(attempt, component, Intent.CAPTURE, Optional.empty());
            if (!found.identity().equals(planned.target())) {
              throw new ResurgeException(
                  ErrorType.TARGET_CHANGED,
                  "component '"
                      + planned.component()
                      + "': "
                      + found.name()
                      + " was "
                      + planned.target().map(TargetIdentity::value).orElse("nothing")
                      + " when the plan was made and is "
                      + found.identity().map(TargetIdentity::value).orElse("nothing")
                      + " now");
            }
          }
        });
  }

  @Override
  public boolean reopen(Run run, Plan plan, String name) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var component = bench.component(name);
          return target(plan, name)
              .map(live -> bench.driver(component).reopen(attempt, component, live))
              .orElse(false);
        });
  }

  private static Optional<TargetIdentity> target(Plan plan, String component) {
    return plan.components().stream()
        .filter(c -> c.component().equals(component))
        .findFirst()
        .orElseThrow()
        .target();
  }

  /** The safety set is looked at again: what it does not hold is not removed. */
  @Override
  public void removeLive(Run run, Plan plan, SetId safetySet, String name) {
    Attempts.run(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var live = target(plan, name);
          if (live.isEmpty()) {
            return;
          }
          requireHeld(bench, safetySet, name, live.get());
          var component = bench.component(name);
          bench.driver(component).removeLive(attempt, component, live.get());
        });
  }

  @Override
  public void removeRetained(Run run, Retained copy, SetId capturedIn) {
    Attempts.run(
        run,
        attempt -> {
          var bench = site.workbench(run);
          requireHeld(bench, capturedIn, copy.component(), copy.identity());
          var component = bench.component(copy.component());
          bench.driver(component).remove(attempt, component, copy);
        });
  }

  /** That a committed set is of exactly this data, and that all its artifacts lie there. */
  private static void requireHeld(
      Workbench bench, SetId set, String component, TargetIdentity identity) {
    var stored = bench.manifest(set);
    var part = bench.part(stored, component);
    if (!part.target().equals(identity)) {
      throw new ResurgeException(
          ErrorType.SET_UNKNOWN,
          "set "
              + set
              + " holds "
              + component
              + " as captured from "
              + part.target()
              + ", not from "
              + identity
              + ", which is therefore not removed");
    }
    var problems = new SetInventory(bench.store()).problems(stored.manifest());
    if (!problems.isEmpty()) {
      throw new ResurgeException(
          ErrorType.SET_CORRUPT,
          "set "
              + set
              + " is not whole, so "
              + identity
              + " is not removed: "
              + String.join("; ", problems));
    }
  }

  @Override
  public void removeRejected(Run run, String name, List<Swap> placed) {
    Attempts.run(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var component = bench.component(name);
          var driver = bench.driver(component);
          for (var swap : placed) {
            driver.swapBack(attempt, component, swap);
            driver.retained(attempt, component).stream()
                .filter(kept -> kept.identity().equals(swap.staged()))
                .forEach(kept -> driver.remove(attempt, component, kept));
          }
          driver.discard(attempt, component);
        });
  }

  @Override
  public List<Retained> rejected(Run run, List<Swap> swaps) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var kept = new ArrayList<Retained>();
          for (var swap : swaps) {
            var component = bench.component(swap.component());
            bench.driver(component).retained(attempt, component).stream()
                .filter(r -> r.identity().equals(swap.staged()))
                .forEach(kept::add);
          }
          return kept;
        });
  }
}
