package dev.resurge.activities.check;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Queryable;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@code sql} and {@code tables} are asked of: a component's live data or its staged copy.
 *
 * @param target found anew at every query, so that what is wrong with it is a try's failure
 */
record Database(Attempt attempt, Supplier<Target<?>> target, Optional<StagedCopy> copy) {

  /** A component and the driver that answers for it. */
  record Target<C extends Component>(Queryable<C> driver, C component) {
    private String query(Database of, String sql) {
      return driver.query(of.attempt, component, of.copy, sql);
    }

    private List<String> missing(Database of, List<String> tables) {
      return driver.missingTables(of.attempt, component, of.copy, tables);
    }
  }

  String query(String sql) {
    return target.get().query(this, sql);
  }

  List<String> missingTables(List<String> tables) {
    return target.get().missing(this, tables);
  }
}
