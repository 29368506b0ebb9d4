package dev.resurge.activities.check;

import dev.resurge.workflows.runbook.Check;
import java.time.Duration;

/** A check that can be asked: of what, is settled. */
interface Probe {
  /** The check it asks. */
  Check check();

  /** For evidence: {@code status 200 and a body containing 'ok'}. */
  String expected();

  /**
   * Asks once.
   *
   * @param limit what is left of the time the check may take
   * @throws IllegalArgumentException if the check itself is malformed
   * @throws RuntimeException if it could not be asked
   */
  Outcome ask(Duration limit);
}
