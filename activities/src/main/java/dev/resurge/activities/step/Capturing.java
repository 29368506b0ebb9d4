package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.activity.CaptureActivities;
import dev.resurge.workflows.model.CapturedComponent;
import dev.resurge.workflows.model.Comparison;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.rules.SetRules;
import dev.resurge.workflows.rules.SetSizes;
import dev.resurge.workflows.runbook.SecretRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Making a set. */
public final class Capturing implements CaptureActivities {
  private final Site site;
  private final Turns turns;

  public Capturing(Site site, Turns turns) {
    this.site = site;
    this.turns = turns;
  }

  @Override
  public CapturedComponent capture(Run run, SetId set, String component, Optional<String> from) {
    return Attempts.call(
        run, attempt -> turns.during(run, () -> capture(attempt, set, component, from)));
  }

  private CapturedComponent capture(
      Attempt attempt, SetId set, String name, Optional<String> from) {
    var bench = site.workbench(attempt.run());
    var live = bench.component(name);
    var component = from.map(live::at).orElse(live);
    var driver = bench.driver(component);
    var target =
        driver
            .inspect(attempt, component, Intent.CAPTURE, Optional.empty())
            .identity()
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.DATABASE_UNAVAILABLE,
                    "component '" + name + "' cannot be reached to be captured"));
    bench.targets().claim(target, bench.owner());
    if (from.isEmpty()) {
      driver.mark(attempt, component, bench.owner());
    }
    var recipients = bench.runbook().spec().encryption().recipients();
    var writer = bench.sets().writer(set, name, attempt.token(), recipients);
    var part = driver.capture(attempt, component, writer);
    return bench.sets().saveComponent(set, part, attempt.token());
  }

  @Override
  public SetSummary commit(Run run, Commit commit) {
    return Attempts.call(
        run,
        attempt -> {
          var made = commit(site.workbench(run), run, commit);
          turns.giveBack(run);
          return made;
        });
  }

  private SetSummary commit(Workbench bench, Run run, Commit commit) {
    var parts =
        commit.components().stream()
            .map(captured -> bench.sets().loadComponent(commit.set(), captured))
            .toList();
    var manifest = manifest(bench, run, commit, parts);
    var documents =
        Map.of(
            "runbook.yaml",
            run.runbookText().getBytes(StandardCharsets.UTF_8),
            "RESTORE.md",
            RestoreDocument.of(manifest, part -> instructions(bench, part))
                .getBytes(StandardCharsets.UTF_8));
    commit
        .components()
        .forEach(captured ->
            bench
                .sets()
                .removeOtherAttempts(commit.set(), captured.component(), captured.attempt()));
    return bench.sets().commit(manifest, documents, site.signer());
  }

  private Manifest manifest(
      Workbench bench, Run run, Commit commit, List<ComponentManifest> parts) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        commit.set(),
        run.system(),
        bench.platform().type(),
        commit.kind(),
        new TreeMap<>(labels(run, commit)),
        run.requester(),
        run.id(),
        site.installation().id(),
        site.version(),
        run.runbookDigest(),
        commit.captureStarted(),
        site.clock().instant(),
        parts.stream()
            .map(ComponentManifest::recoveryPoint)
            .min(java.time.Instant::compareTo)
            .orElseThrow(),
        parts,
        List.of(),
        bench.runbook().spec().encryption().recipients(),
        secrets(bench),
        site.signer().keyId());
  }

  private static Map<String, String> labels(Run run, Commit commit) {
    var labels = new TreeMap<>(commit.labels());
    run.reason().ifPresent(reason -> labels.putIfAbsent("reason", reason));
    return labels;
  }

  private static List<String> secrets(Workbench bench) {
    return bench.runbook().spec().components().stream()
        .flatMap(c -> c.secrets().stream())
        .map(SecretRef::describe)
        .distinct()
        .sorted()
        .toList();
  }

  private static String instructions(Workbench bench, ComponentManifest part) {
    return bench.driver(bench.component(part.name())).restoreInstructions(part);
  }

  @Override
  public Comparison compare(Run run, SetId set) {
    return Attempts.call(run, attempt -> compare(site.workbench(run), set));
  }

  private Comparison compare(Workbench bench, SetId set) {
    var before = new StoredSets(bench).before(set);
    if (before.isEmpty()) {
      return new Comparison(Optional.empty(), List.of());
    }
    var made = SetSizes.of(bench.manifest(set).manifest());
    var remarks =
        new SetRules(bench.runbook())
            .changes(made, before.get()).stream()
                .filter(change -> !change.passed())
                .map(change -> change.check() + ": " + change.actual())
                .toList();
    return new Comparison(before.map(SetSizes::set), remarks);
  }

  @Override
  public void discard(Run run, SetId set) {
    Attempts.run(run, attempt -> site.workbench(run).sets().discard(set));
  }
}
