package dev.resurge.activities.step;

import dev.resurge.activities.evidence.EarlierRuns;
import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.forecast.Paces;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.RunbookParser;
import java.util.List;
import java.util.Optional;

/** What is looked at before anything is done. */
public final class Preparing implements PrepareActivities {
  private final Site site;
  private final RunbookFolder runbooks;
  private final Holders holders;
  private final Turns turns;

  public Preparing(Site site, RunbookFolder runbooks, Holders holders, Turns turns) {
    this.site = site;
    this.runbooks = runbooks;
    this.holders = holders;
    this.turns = turns;
  }

  @Override
  public Loaded load(String system, Procedure procedure) {
    var entry = runbooks.read(system);
    var runbook = RunbookParser.parseOrThrow(entry.file().getFileName().toString(), entry.text());
    return new Loaded(
        runbook,
        entry.text(),
        Json.sha256(entry.text()),
        site.installation().id(),
        site.version(),
        site.installation().notifications().any(),
        paces(runbook, procedure));
  }

  private Paces paces(Runbook runbook, Procedure procedure) {
    try {
      var archive =
          new EvidenceArchive(site.stores().apply(runbook.spec().store()), runbook.system());
      return new EarlierRuns(archive, site.trust()).paces(procedure);
    } catch (ResurgeException e) {
      return Paces.NONE; // a store that cannot be opened is preflight's to tell
    }
  }

  @Override
  public List<Finding> preflight(Run run, Optional<SetId> set, Intent intent) {
    return Attempts.call(
        run,
        attempt -> {
          turns.await(attempt);
          var findings =
              turns.during(
                  run,
                  () -> new Preflight(attempt, site.workbench(run), holders, intent).findings(set));
          if (findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR)) {
            turns.giveBack(run); // it is refused
          }
          return findings;
        });
  }

  @Override
  public void requireSettled(Run run) {
    site.workbench(run).requireSettled();
  }

  @Override
  public SetSummary chooseSet(Run run, String set) {
    return Attempts.call(run, attempt -> choose(site.workbench(run), run, set));
  }

  private SetSummary choose(Workbench bench, Run run, String wanted) {
    var chosen =
        wanted.equals(RestoreInput.LATEST)
            ? bench.sets().latest(site.trust(), bench.componentNames())
            : bench.manifest(parse(wanted)).summary();
    var claimFor = bench.runbook().spec().restore().claimFor();
    bench.setClaims().claim(chosen.set(), run.id(), site.clock().instant().plus(claimFor));
    return chosen;
  }

  private static SetId parse(String wanted) {
    try {
      return new SetId(wanted);
    } catch (IllegalArgumentException e) {
      throw new ResurgeException(ErrorType.INPUT_INVALID, e.getMessage(), e);
    }
  }

  @Override
  public List<RunId> interrupted(Run run) {
    return Attempts.call(run, attempt -> site.workbench(run).setClaims().others(run));
  }

  @Override
  public void releaseSet(Run run, SetId set) {
    Attempts.run(
        run,
        attempt -> {
          var bench = site.workbench(run);
          bench.setClaims().release(set, run.id());
          if (nothingIsLeftOfThose(attempt, bench)) {
            bench.setClaims().releaseExpired(run.continues(), site.clock().instant());
          }
        });
  }

  /**
   * Of runs that this one continues. Where restores build is their own affair, and their claims are
   * swept; recoveries and drills build beside the runbook's own places.
   */
  private static boolean nothingIsLeftOfThose(Attempt attempt, Workbench bench) {
    var run = attempt.run();
    if (run.continues().isEmpty() || run.procedure() == Procedure.RESTORE) {
      return false;
    }
    try {
      return bench.runbook().spec().components().stream()
          .allMatch(c -> bench.driver(c).staged(attempt, c).isEmpty());
    } catch (ResurgeException e) {
      return false; // what cannot be looked at may still be there
    }
  }

  @Override
  public Plan plan(Run run, SetId set, String nonce) {
    return Attempts.call(
        run, attempt -> new Planning(attempt, site.workbench(run)).plan(set, nonce));
  }

  @Override
  public Plan planFromRetained(Run run, RunId of, String nonce) {
    return Attempts.call(
        run, attempt -> new Planning(attempt, site.workbench(run)).planFromRetained(of, nonce));
  }
}
