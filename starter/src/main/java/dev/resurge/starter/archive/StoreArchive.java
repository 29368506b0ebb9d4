package dev.resurge.starter.archive;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.evidence.ReadinessReader;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.SetEntry;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.runbook.Runbook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One system's part of a real store. */
public final class StoreArchive implements Archive {
  private final ArtifactStore store;
  private final String system;
  private final SetRepository sets;
  private final EvidenceArchive evidence;
  private final Supplier<TrustRoots> trust;

  /**
   * @param trust read when something must be believed, not before
   */
  public StoreArchive(ArtifactStore store, String system, Supplier<TrustRoots> trust) {
    this.store = store;
    this.system = system;
    this.sets = new SetRepository(store, system);
    this.evidence = new EvidenceArchive(store, system);
    this.trust = trust;
  }

  @Override
  public String describe() {
    return store.describe();
  }

  @Override
  public List<ArchivedSet> sets() {
    return sets.list(trust.get()).stream()
        .map(entry ->
            new ArchivedSet(
                entry.set(),
                entry.summary(),
                entry.badReason().or(() -> entry.unreadable().map(StoreArchive::reason))))
        .toList();
  }

  private static String reason(SetEntry.Unreadable unreadable) {
    return unreadable.type().id() + ": " + unreadable.message();
  }

  @Override
  public ArchivedManifest set(SetId set) {
    var stored = sets.load(set, trust.get());
    return new ArchivedManifest(stored.manifest(), stored.sha256(), stored.badReason());
  }

  @Override
  public SetSummary latest() {
    return sets.latest(trust.get(), List.of());
  }

  @Override
  public String document(SetId set, String name) {
    var manifest = sets.load(set, trust.get()).manifest();
    var artifact =
        manifest.documents().stream()
            .filter(document -> document.path().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new ResurgeException(ErrorType.SET_CORRUPT, "set " + set + " carries no " + name));
    try (var content = sets.reader(set, manifest, List.of()).open(artifact)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.STORE_UNAVAILABLE, "reading " + name + " of set " + set + ": " + e, e);
    }
  }

  @Override
  public List<RunId> unsettled() {
    return new Journal(store, system, trust.get())
        .unsettled().stream().map(Journal.Unsettled::run).toList();
  }

  @Override
  public Readiness readiness(Runbook runbook, Instant now) {
    return new ReadinessReader(store, runbook, trust.get()).read(now);
  }

  @Override
  public List<RunId> runs() {
    return evidence.runs();
  }

  @Override
  public Evidence evidence(RunId run) {
    return evidence.read(run, trust.get());
  }

  @Override
  public Optional<byte[]> file(RunId run, String ending) {
    return evidence.file(run, ending);
  }
}
