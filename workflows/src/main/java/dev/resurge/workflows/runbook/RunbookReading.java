package dev.resurge.workflows.runbook;

import java.util.List;

/** What reading a runbook's text came to. */
public sealed interface RunbookReading {
  /** A runbook without errors. */
  record Valid(Runbook runbook) implements RunbookReading {}

  /** All errors at once, in the order of the file; at least one. */
  record Invalid(List<Problem> problems) implements RunbookReading {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
