package dev.resurge.activities.step;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.workflows.activity.EvidenceActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.runbook.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last thing every run does. */
public final class Reporting implements EvidenceActivities {
  private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);
  private final Site site;

  public Reporting(Site site) {
    this.site = site;
  }

  @Override
  public String writeEvidence(Run run, Evidence evidence) {
    return Attempts.call(run, attempt -> write(run, evidence));
  }

  private String write(Run run, Evidence evidence) {
    LOG.info("{} of {} ended: {}", run.procedure().id(), run.system(), evidence.summary());
    if (run.runbookText().isEmpty()) {
      return writeHere(run, evidence); // without a readable runbook no store is known
    }
    try {
      return site.workbench(run).evidence().write(evidence, site.signer());
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.STORE_UNAVAILABLE) {
        throw e;
      }
      LOG.warn("evidence goes to the state folder: {}", e.getMessage());
      return writeHere(run, evidence);
    }
  }

  /** A store that is away must not cost the run its evidence. */
  private String writeHere(Run run, Evidence evidence) {
    var folder = site.installation().state().resolve("evidence");
    var store = ArtifactStores.open(new Store.Filesystem(folder.toString()));
    return folder + "/" + new EvidenceArchive(store, run.system()).write(evidence, site.signer());
  }
}
