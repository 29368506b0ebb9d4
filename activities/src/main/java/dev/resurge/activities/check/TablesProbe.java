package dev.resurge.activities.check;

import dev.resurge.workflows.runbook.Check;
import java.time.Duration;

/** Tables that must be there. */
record TablesProbe(Check.Tables check, Database database) implements Probe {
  @Override
  public String expected() {
    return "tables " + String.join(", ", check.present());
  }

  @Override
  public Outcome ask(Duration limit) {
    var missing = database.missingTables(check.present());
    return missing.isEmpty()
        ? Outcome.passed("all present")
        : Outcome.notYet("missing: " + String.join(", ", missing));
  }
}
