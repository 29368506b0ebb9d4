package dev.resurge.activities.spi;

import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import java.util.List;
import java.util.Optional;

/**
 * A driver whose data answers SQL, for the checks {@code sql} and {@code tables}.
 *
 * @param <C> its record in the runbook
 */
public interface Queryable<C extends Component> {
  /**
   * Runs a query read only and returns its one value as text.
   *
   * @param copy the staged copy to ask, else the live data
   * @throws dev.resurge.workflows.model.ResurgeException {@code CheckFailed} if it is no query with
   *     one row and one column or the server refuses it
   */
  String query(Attempt attempt, C component, Optional<StagedCopy> copy, String sql);

  /** Which of the named tables are missing. */
  List<String> missingTables(
      Attempt attempt, C component, Optional<StagedCopy> copy, List<String> tables);
}
