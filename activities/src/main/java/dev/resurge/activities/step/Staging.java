package dev.resurge.activities.step;

import dev.resurge.activities.check.CheckRunner;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.StagedCopy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Building and proving restored copies beside the live data. */
public final class Staging implements StageActivities {
  private final Site site;
  private final CheckRunner checks;
  private final Latecomer latecomer;

  public Staging(Site site, CheckRunner checks, Holders holders) {
    this.site = site;
    this.checks = checks;
    this.latecomer = new Latecomer(holders);
  }

  @Override
  public StagedCopy stage(Run run, SetId set, String component) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          try {
            return stage(attempt, bench, set, component);
          } finally {
            if (latecomer.isOne()) {
              discard(attempt.undoing(), bench, component);
            }
          }
        });
  }

  private static StagedCopy stage(Attempt attempt, Workbench bench, SetId set, String name) {
    var stored = bench.manifest(set);
    var component = bench.component(name);
    return bench
        .driver(component)
        .stage(attempt, component, bench.part(stored, name), stored.sha256(), bench.reader(stored));
  }

  @Override
  public List<String> prepare(Run run, SetId set, String name) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var component = bench.component(name);
          var part = bench.part(bench.manifest(set), name);
          return bench.driver(component).prepare(attempt, component, part);
        });
  }

  @Override
  public StagedCopy adopt(Run run, RunId of, String name) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var component = bench.component(name);
          return bench
              .driver(component)
              .adopt(attempt, component, bench.retained(attempt, component, of));
        });
  }

  @Override
  public List<String> stillStaged(Run run, String name) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          return bench.driver(bench.component(name)).staged(attempt, bench.component(name));
        });
  }

  @Override
  public BroughtPart bringPart(Run run, SetId set, String name) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var stored = bench.manifest(set);
          var component = bench.component(name);
          return site.drivers()
              .partial(component)
              .bring(
                  attempt, component, bench.part(stored, name), bench.reader(stored), run.scope());
        });
  }

  @Override
  public List<CheckResult> verifyStaged(Run run, SetId set, StagedCopy copy) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          var stored = bench.manifest(set);
          var component = bench.component(copy.component());
          return bench
              .driver(component)
              .verifyStaged(
                  attempt,
                  component,
                  bench.part(stored, copy.component()),
                  bench.reader(stored),
                  copy);
        });
  }

  @Override
  public List<CheckResult> checkStaged(Run run, List<StagedCopy> copies) {
    return Attempts.call(
        run, attempt -> checks.staged(attempt, site.workbench(run).runbook(), copies));
  }

  @Override
  public void discardStaged(Run run, String component) {
    Attempts.run(run, attempt -> discard(attempt, site.workbench(run), component));
  }

  static void discard(Attempt attempt, Workbench bench, String component) {
    bench.driver(bench.component(component)).discard(attempt, bench.component(component));
  }

  @Override
  public List<CheckResult> verifyArtifacts(Run run, SetId set, String component) {
    return Attempts.call(run, attempt -> verifyArtifacts(attempt, set, component));
  }

  private List<CheckResult> verifyArtifacts(Attempt attempt, SetId set, String name) {
    var bench = site.workbench(attempt.run());
    var stored = bench.manifest(set);
    var started = site.clock().instant();
    try {
      var component = bench.component(name);
      return bench
          .driver(component)
          .verify(attempt, component, bench.part(stored, name), bench.reader(stored));
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.SET_CORRUPT && e.type() != ErrorType.ARCHIVE_UNSAFE) {
        throw e;
      }
      // For Verify this is no failure but the answer.
      return List.of(
          new CheckResult(
              name + " is whole",
              "set",
              false,
              "every byte as the manifest says",
              e.getMessage(),
              Duration.between(started, site.clock().instant()),
              Optional.empty()));
    }
  }

  @Override
  public void markVerified(Run run, SetId set) {
    Attempts.run(run, attempt -> site.workbench(run).sets().markVerified(set, run.id()));
  }

  @Override
  public void markBad(Run run, SetId set, String why) {
    Attempts.run(run, attempt -> site.workbench(run).sets().markBad(set, why));
  }
}
