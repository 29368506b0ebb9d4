package dev.resurge.worker.world;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.evidence.ReportVerifier;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a system's store holds, read as an auditor reads it: only what is signed is believed. */
public final class Archive {
  private final Path folder;
  private final Path elsewhere;
  private final String system;
  private final ArtifactStore store;
  private final Ed25519TrustRoots trust;

  Archive(Path folder, String system, Installation installation) {
    this.folder = folder;
    this.elsewhere = installation.state().resolve("evidence");
    this.system = system;
    this.store = new FilesystemStore(folder);
    this.trust = Ed25519TrustRoots.of(installation);
  }

  /** A run's report, in the worker's own folder if the store did not take it; all is verified. */
  public Evidence evidence(RunId run) {
    var report = system + "/evidence/" + run;
    var there = Files.exists(folder.resolve(report + ".json")) ? folder : elsewhere;
    var verifier = new ReportVerifier(trust);
    for (var format : List.of("json", "md", "html")) {
      verifier.verify(there.resolve(report + "." + format));
    }
    return new EvidenceArchive(new FilesystemStore(there), system).read(run, trust);
  }

  /** The reports of all runs, newest first. */
  public List<Evidence> evidences() {
    return new EvidenceArchive(store, system).runs().stream().map(this::evidence).toList();
  }

  /** The committed sets, newest first. */
  public List<SetSummary> sets() {
    return new SetRepository(store, system)
        .list(trust).stream().map(entry -> entry.summary().orElseThrow()).toList();
  }

  /** A set's manifest. */
  public Manifest manifest(SetId set) {
    return new SetRepository(store, system).load(set, trust).manifest();
  }

  /** How many rows of a table a set's fingerprint counts. */
  public long rows(SetId set, String table) {
    var database = manifest(set).component("database").orElseThrow();
    return Long.parseLong(database.fingerprint().counts().get("rows public." + table));
  }

  /** The entries of a cut over's journal; empty if it never began. */
  public List<JournalEntry> journal(RunId run) {
    return journals().entries(run);
  }

  /** The cut overs that are not over. */
  public List<Journal.Unsettled> unsettled() {
    return journals().unsettled();
  }

  private Journal journals() {
    return new Journal(store, system, trust);
  }
}
