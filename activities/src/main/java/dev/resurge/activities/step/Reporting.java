package dev.resurge.activities.step;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.workflows.activity.EvidenceActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.runbook.Store;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.WorkflowException;
import io.temporal.common.converter.DataConverterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last thing every run does. */
public final class Reporting implements EvidenceActivities {
  private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);

  /** So often the store is asked; it may only have hiccuped. */
  private static final int STORE_ATTEMPTS = 3;

  private final Site site;
  private final AttemptHistory history;

  public Reporting(Site site, AttemptHistory history) {
    this.site = site;
    this.history = history;
  }

  @Override
  public String writeEvidence(Run run, Evidence evidence) {
    var info = Activity.getExecutionContext().getInfo();
    var where =
        Attempts.call(run, attempt -> write(run, counted(evidence, info), info.getAttempt()));
    LOG.info(
        "{} of {} ended: {} Evidence: {}",
        run.procedure().id(),
        run.system(),
        evidence.summary(),
        where);
    return where;
  }

  /** Temporal forgets histories in time; a count of attempts is not worth the evidence. */
  private Evidence counted(Evidence evidence, ActivityInfo info) {
    try {
      return evidence.withSteps(
          history.complete(evidence.steps(), info.getWorkflowId(), info.getWorkflowRunId()));
    } catch (WorkflowException | StatusRuntimeException | DataConverterException e) {
      LOG.warn("attempts are not counted: {}", e.getMessage());
      return evidence;
    }
  }

  private String write(Run run, Evidence evidence, int attempt) {
    if (run.runbookText().isEmpty()) {
      return writeHere(run, evidence); // without a readable runbook no store is known
    }
    try {
      return site.workbench(run).evidence().write(evidence, site.signer());
    } catch (ResurgeException e) {
      // A run that was reset in Temporal may end otherwise than its signed report says: keep both.
      var away = e.type() == ErrorType.STORE_UNAVAILABLE;
      if ((away && attempt < STORE_ATTEMPTS) || (!away && e.type() != ErrorType.SET_FORGED)) {
        throw e;
      }
      LOG.warn("evidence goes to the state folder: {}", e.getMessage());
      return writeHere(run, evidence);
    }
  }

  /** A store that is away must not cost the run its evidence. */
  private String writeHere(Run run, Evidence evidence) {
    var folder = site.installation().state().resolve("evidence");
    makeFolder(folder);
    var store = ArtifactStores.open(new Store.Filesystem(folder.toString()));
    return folder + "/" + new EvidenceArchive(store, run.system()).write(evidence, site.signer());
  }

  /**
   * A store's folder must be there: whether its disk is mounted, only a person knows. This is ours.
   */
  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "cannot make the folder " + folder + " for evidence: " + e,
          e);
    }
  }
}
