package dev.resurge.activities.check;

import dev.resurge.workflows.runbook.Check;
import java.time.Duration;

/** A query's one value, compared. */
record SqlProbe(Check.Sql check, Database database) implements Probe {
  @Override
  public String expected() {
    return check.expect().strip() + " from " + check.query().strip();
  }

  @Override
  public Outcome ask(Duration limit) {
    var expectation = check.expectation();
    var actual = database.query(check.query());
    return expectation.holds(actual) ? Outcome.passed(actual) : Outcome.notYet(actual);
  }
}
