package dev.resurge.activities.step;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.spi.Platform;
import dev.resurge.activities.spi.Stageable;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.SetClaims;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.activities.store.StoredManifest;
import dev.resurge.activities.store.TargetClaims;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Runbook;

/** What the activities of one run work with, made from its runbook. */
public final class Workbench {
  private final Site site;
  private final Run run;
  private final Runbook runbook;
  private final ArtifactStore store;

  Workbench(Site site, Run run, Runbook runbook) {
    this.site = site;
    this.run = run;
    this.runbook = runbook;
    this.store = ArtifactStores.open(runbook.spec().store());
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
    return new Journal(store, run.system(), site.signer(), site.trust());
  }

  EvidenceArchive evidence() {
    return new EvidenceArchive(store, run.system());
  }

  Component component(String name) {
    return runbook.component(name);
  }

  Stageable<Component> driver(Component component) {
    return site.drivers().stageable(component);
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
