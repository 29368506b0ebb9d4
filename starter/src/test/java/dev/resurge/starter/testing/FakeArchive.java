package dev.resurge.starter.testing;

import dev.resurge.starter.archive.Archive;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.readiness.LastRun;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.readiness.ReadinessRules;
import dev.resurge.workflows.runbook.Runbook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory. */
public final class FakeArchive implements Archive {
  private boolean away;
  private final List<RunId> unsettled = new ArrayList<>();
  private final List<ArchivedSet> sets = new ArrayList<>();
  private final Map<SetId, ArchivedManifest> manifests = new TreeMap<>();
  private final Map<RunId, Evidence> reports = new TreeMap<>(Comparator.reverseOrder());

  public FakeArchive with(ArchivedSet set) {
    sets.add(set);
    return this;
  }

  public FakeArchive with(ArchivedManifest manifest) {
    var set = manifest.manifest().set();
    manifests.put(set, manifest);
    sets.add(
        new ArchivedSet(
            set, Optional.of(manifest.manifest().summary(manifest.sha256())), manifest.bad()));
    return this;
  }

  public FakeArchive withUnsettled(RunId run) {
    unsettled.add(run);
    return this;
  }

  public FakeArchive with(Evidence evidence) {
    reports.put(evidence.run(), evidence);
    return this;
  }

  /** From now on it does not answer. */
  public FakeArchive away() {
    away = true;
    return this;
  }

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public List<ArchivedSet> sets() {
    return List.copyOf(sets);
  }

  @Override
  public ArchivedManifest set(SetId set) {
    return manifests.get(set);
  }

  @Override
  public SetSummary latest() {
    return sets.getFirst().summary().orElseThrow();
  }

  @Override
  public String document(SetId set, String name) {
    return name + " of " + set;
  }

  @Override
  public List<RunId> unsettled() {
    return List.copyOf(unsettled);
  }

  @Override
  public Readiness readiness(Runbook runbook, Instant now) {
    if (away) {
      throw new ResurgeException(ErrorType.STORE_UNAVAILABLE, "listing memory: it is away");
    }
    return new ReadinessRules(runbook)
        .judge(
            new ReadinessRules.Facts(
                sets.stream().flatMap(set -> set.summary().stream()).findFirst(),
                reports.values().stream()
                    .map(LastRun::of)
                    .filter(run -> run.proven().isPresent())
                    .findFirst(),
                reports.values().stream().map(LastRun::of).toList(),
                List.of()),
            now);
  }

  @Override
  public List<RunId> runs() {
    return List.copyOf(reports.keySet());
  }

  @Override
  public Evidence evidence(RunId run) {
    return Optional.ofNullable(reports.get(run))
        .orElseThrow(() -> new ResurgeException(ErrorType.RUN_UNKNOWN, "no evidence of " + run));
  }

  @Override
  public Optional<byte[]> file(RunId run, String ending) {
    return Optional.ofNullable(reports.get(run))
        .map(evidence ->
            ending.equals("json")
                ? Json.pretty(evidence)
                : (ending + " of " + run).getBytes(StandardCharsets.UTF_8));
  }
}
