package dev.resurge.activities.evidence;

import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.workflows.forecast.Paces;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
    try {
      var reports = new ArrayList<Evidence>();
      for (var run : newest(procedure)) {
        report(run).ifPresent(reports::add);
      }
      return Paces.of(reports);
    } catch (ResurgeException e) {
      return Paces.NONE;
    }
  }

  private List<RunId> newest(Procedure procedure) {
    var telling = Paces.telling(procedure);
    if (telling.isEmpty()) {
      return List.of();
    }
    var taken = new EnumMap<Procedure, Integer>(Procedure.class);
    Function<Procedure, Boolean> isWanted =
        of -> telling.contains(of) && taken.merge(of, 1, Integer::sum) <= MOST_OF_EACH;
    return archive.runs().stream()
        .filter(run -> run.procedure().map(isWanted).orElse(false))
        .toList();
  }

  private Optional<Evidence> report(RunId run) {
    try {
      return Optional.of(archive.read(run, trust));
    } catch (ResurgeException e) {
      if (e.type() == ErrorType.STORE_UNAVAILABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
