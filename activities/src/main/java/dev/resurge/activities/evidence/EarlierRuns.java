package dev.resurge.activities.evidence;

import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.workflows.forecast.Paces;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;

/** What the evidence of earlier runs tells of how long the next one takes. */
public final class EarlierRuns {
  /** More would say more of how it was long ago. */
  private static final int MOST_OF_EACH = 4;

  private final EvidenceArchive archive;
  private final TrustRoots trust;

  /** Those of one system. */
  public EarlierRuns(EvidenceArchive archive, TrustRoots trust) {
    this.archive = archive;
    this.trust = trust;
  }

  /**
   * Their pace, from the newest four of each procedure that does the same work. A prediction is
   * worth no failure: a report that is not believed is left out, and if the store does not answer
   * there is nothing.
   */
  public Paces paces(Procedure procedure) {
    var telling = Paces.telling(procedure);
    if (telling.isEmpty()) {
      return Paces.NONE;
    }
    try {
      return Paces.of(
          archive.newestOfEach(MOST_OF_EACH).stream()
              .filter(run -> run.procedure().filter(telling::contains).isPresent())
              .flatMap(run -> archive.readIfBelieved(run, trust, why -> {}).stream())
              .toList());
    } catch (ResurgeException e) {
      return Paces.NONE;
    }
  }
}
