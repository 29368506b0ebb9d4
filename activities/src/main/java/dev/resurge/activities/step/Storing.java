package dev.resurge.activities.step;

import dev.resurge.workflows.activity.StoreActivities;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetChanges;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetLabels;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.retention.RetentionPolicy;
import dev.resurge.workflows.rules.StoreFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is in the store, and what a new set would add. */
public final class Storing implements StoreActivities {
  /** Those that say what a set was made of; the others say why it was made. */
  private static final Map<String, String> COMPARED =
      Map.of(CONFIGURATION_LABEL, "configuration files", "git.commit", "commit");

  private final Site site;
  private final Holders holders;

  public Storing(Site site, Holders holders) {
    this.site = site;
    this.holders = holders;
  }

  @Override
  public StoreFacts storeFacts(Run run, Optional<SetId> about) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          return new StoredSets(bench).facts(about, overRetention(bench));
        });
  }

  private Optional<Integer> overRetention(Workbench bench) {
    return bench
        .runbook()
        .spec()
        .retention()
        .map(rules -> {
          var known = new SetFactsReader(bench, holders).read();
          return Math.toIntExact(
              RetentionPolicy.of(bench.runbook())
                  .decide(known.believed(), known.unbelieved(), site.clock().instant())
                  .stream()
                  .filter(fate -> !fate.stays())
                  .count());
        });
  }

  @Override
  public Optional<String> configurationDigest(Run run) {
    return Attempts.call(
        run,
        attempt -> {
          var files = site.workbench(run).runbook().spec().backup().changedWhen().files();
          return files.isEmpty()
              ? Optional.empty()
              : Optional.of(ConfigurationFiles.matching(files).digest());
        });
  }

  @Override
  public SetChanges changes(Run run, SetKind kind, Map<String, String> labels) {
    return Attempts.call(run, attempt -> changes(site.workbench(run), run, kind, labels));
  }

  private static SetChanges changes(
      Workbench bench, Run run, SetKind kind, Map<String, String> labels) {
    var since =
        new StoredSets(bench)
            .good()
            .filter(s -> s.kind() == kind)
            .filter(s ->
                label(s.labels(), SetLabels.SCHEDULE).equals(label(labels, SetLabels.SCHEDULE)))
            .filter(s -> s.holds(bench.componentNames()))
            .findFirst();
    return new SetChanges(
        since,
        since
            .map(set -> differences(bench, run, set, labels))
            .orElseGet(() -> List.of("there is no good " + kind.id() + " set yet")));
  }

  private static List<String> differences(
      Workbench bench, Run run, SetSummary set, Map<String, String> labels) {
    var differences = new ArrayList<String>();
    var before = bench.manifest(set.set()).manifest();
    if (!before.runbookDigest().equals(run.runbookDigest())) {
      differences.add("the runbook differs");
    }
    COMPARED.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(compared -> {
          var was = label(before.labels(), compared.getKey());
          var is = label(labels, compared.getKey());
          if (!was.equals(is)) {
            differences.add(
                "the " + compared.getValue() + ": " + shortly(was) + ", now " + shortly(is));
          }
        });
    return differences;
  }

  private static Optional<String> label(Map<String, String> labels, String name) {
    return Optional.ofNullable(labels.get(name));
  }

  private static String shortly(Optional<String> digest) {
    return digest.map(d -> d.substring(0, Math.min(12, d.length()))).orElse("none");
  }
}
