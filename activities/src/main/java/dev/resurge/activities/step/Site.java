package dev.resurge.activities.step;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.Signer;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.Platform;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.RunbookParser;
import dev.resurge.workflows.runbook.Store;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * The place a worker serves: its installation, its keys, the platforms and drivers there are.
 *
 * @param platforms the platform a runbook names
 * @param stores opens the store a runbook names
 * @param clock the worker's wall clock
 */
public record Site(
    Installation installation,
    Signer signer,
    TrustRoots trust,
    Drivers drivers,
    Function<dev.resurge.workflows.runbook.Platform, Platform> platforms,
    Function<Store, ArtifactStore> stores,
    InstantSource clock,
    String version) {
  /** Everything that activities of one run work with. */
  public Workbench workbench(Run run) {
    return new Workbench(this, run, runbook(run));
  }

  /** The runbook as it was when the run began, whatever its file says now. */
  private static Runbook runbook(Run run) {
    return RunbookParser.parseCopyOrThrow("run " + run.id(), run.runbookText());
  }
}
