package dev.resurge.activities.step;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.spi.Platform;
import dev.resurge.activities.spi.Stageable;
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.SetClaims;
import dev.resurge.activities.store.SetRemoval;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.activities.store.StoredManifest;
import dev.resurge.activities.store.TargetClaims;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.Scoping;
import java.util.List;
import java.util.stream.Collectors;

/** What the activities of one run work with, made from its runbook. */
public final class Workbench {
  private final Site site;
  private final Run run;
  private final Runbook runbook;
  private final boolean elsewhere;
  private final ArtifactStore store;

  /**
   * @param written the runbook as it is written, before the run's scope is applied to it
   */
  Workbench(Site site, Run run, Runbook written) {
    this.elsewhere = Scoping.elsewhere(run.scope(), written);
    this.site = site;
    this.run = run;
    this.runbook = Scoping.apply(run.scope(), written);
    this.store = site.stores().apply(runbook.spec().store());
  }

  Site site() {
    return site;
  }

  Runbook runbook() {
    return runbook;
  }

  ArtifactStore store() {
    return store;
  }

  Platform platform() {
    return site.platforms().apply(runbook.spec().platform());
  }

  Owner owner() {
    return new Owner(run.system(), site.installation().id());
  }

  SetRepository sets() {
    return new SetRepository(store, run.system(), site.clock());
  }

  SetClaims setClaims() {
    return new SetClaims(store, run.system());
  }

  TargetClaims targets() {
    return new TargetClaims(store, site.clock());
  }

  Journal journal() {
    return new Journal(store, run.system(), site.trust());
  }

  /**
   * Nothing may act on a system whose data may be a mixture.
   *
   * @throws ResurgeException {@code JournalUnsettled}
   */
  void requireSettled() {
    var unsettled = journal().unsettled();
    if (!unsettled.isEmpty()) {
      throw new ResurgeException(
          ErrorType.JOURNAL_UNSETTLED,
          "the cut over of run "
              + unsettled.getFirst().run()
              + " never wrote how it ended; until it is settled nobody knows whether the data of "
              + run.system()
              + " belongs together: "
              + settleCommand());
    }
  }

  /** What a person types to settle what is unsettled. */
  String settleCommand() {
    return "./resurge settle"
        + run.scope().store().map(store -> " --store " + store).orElse("")
        + " "
        + run.system();
  }

  SetRemoval removal() {
    return new SetRemoval(store, run.system(), site.clock());
  }

  EvidenceArchive evidence() {
    return new EvidenceArchive(store, run.system());
  }

  /** Whether the run builds beside the live system and leaves it alone. */
  boolean elsewhere() {
    return elsewhere;
  }

  /** The components that the run is about. */
  List<Component> components() {
    return Scoping.components(run.scope(), runbook);
  }

  /** Their names. */
  List<String> componentNames() {
    return components().stream().map(Component::name).toList();
  }

  Component component(String name) {
    return runbook.component(name);
  }

  Stageable<Component> driver(Component component) {
    return site.drivers().stageable(component);
  }

  /**
   * What a run's restore replaced of a component.
   *
   * @throws ResurgeException {@code SetUnknown} if nothing of that run is kept, naming what is
   */
  Retained retained(Attempt attempt, Component component, RunId of) {
    var all = driver(component).retained(attempt, component);
    return all.stream()
        .filter(kept -> kept.run().equals(of))
        .findFirst()
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.SET_UNKNOWN,
                "nothing of component '"
                    + component.name()
                    + "' is kept of run "
                    + of
                    + "; kept are: "
                    + (all.isEmpty()
                        ? "none"
                        : all.stream()
                            .map(kept -> kept.run() + " (" + kept.name() + ", " + kept.why() + ")")
                            .collect(Collectors.joining(", ")))));
  }

  StoredManifest manifest(SetId set) {
    return sets().load(set, site.trust());
  }

  ArtifactReader reader(StoredManifest stored) {
    return sets()
        .reader(
            stored.manifest().set(), stored.manifest(), site.installation().keys().identities());
  }

  /**
   * A component's part of a set.
   *
   * @throws ResurgeException {@code SetUnknown} if the set does not hold it
   */
  ComponentManifest part(StoredManifest stored, String component) {
    return stored
        .manifest()
        .component(component)
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.SET_UNKNOWN,
                "set "
                    + stored.manifest().set()
                    + " holds no component '"
                    + component
                    + "'; it was made before the runbook had one"));
  }
}
