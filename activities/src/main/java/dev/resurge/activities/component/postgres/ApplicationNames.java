package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.RunId;

/**
 * What our sessions call themselves ({@code application_name}, at most 63 bytes), so that a later
 * attempt finds and ends those of an earlier one, and people see whose they are.
 */
final class ApplicationNames {
  private static final String OURS = "resurge/";
  private static final int LIMIT = 63;
  private static final int TOKEN = 8;

  private ApplicationNames() {}

  /** This attempt's name: {@code resurge/<run>/<component>/<token>}. */
  static String of(Attempt attempt, String component) {
    return prefix(attempt, component) + attempt.token();
  }

  /** What the names of all attempts of the run for the component begin with. */
  static String prefix(Attempt attempt, String component) {
    return prefix(attempt.run().id(), component);
  }

  /**
   * What the names of all attempts of a run for the component begin with. Where the whole would be
   * too long, the run is named by its last four characters, and a long component by its beginning
   * and a digest.
   */
  static String prefix(RunId run, String component) {
    var full = OURS + Attempt.tagPrefix(run, component);
    if (full.length() + TOKEN <= LIMIT) {
      return full;
    }
    var room = LIMIT - TOKEN - OURS.length() - "abcd//".length();
    var name =
        component.length() <= room
            ? component
            : component.substring(0, room - 9) + "~" + Json.sha256(component).substring(0, 8);
    return OURS + run.shortName() + "/" + name + "/";
  }
}
