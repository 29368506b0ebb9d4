package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.resurge.workflows.model.SetKind;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Which sets stay, and for how long what lies beside the live data does. */
public record Retention(
    @Written(Form.TIME_ZONE)
        @JsonPropertyDescription("Where a day of the data begins at midnight. Default UTC.")
        String timeZone,
    @JsonPropertyDescription(
            "What stays of each schedule and of each kind not named below. Default: last 7, daily"
                + " 14, weekly 8, monthly 12, yearly 3. Given, what it does not name is 0.")
        Keep keep,
    @JsonPropertyDescription("What stays of each schedule. Default: as keep.")
        Optional<Keep> scheduled,
    @JsonPropertyDescription("What stays of the sets that people asked for. Default: as keep.")
        Optional<Keep> manual,
    @JsonPropertyDescription("What stays of the sets before deployments. Default: as keep.")
        Optional<Keep> predeploy,
    @JsonPropertyDescription(
            "What stays of the sets that restores made of the data they replaced. Default: as"
                + " keep.")
        Optional<Keep> safety,
    @JsonPropertyDescription(
            "How long data that a restore replaced or rejected is kept beside the live data; then a"
                + " set is made of it, unless there is one, and it is removed. Default 7d.")
        Duration retainedCopies,
    @JsonPropertyDescription(
            "A capture without a manifest, or a staged copy, of a run that began so long ago and that"
                + " nobody is at is what a crash left, and is removed. Default 2d.")
        Duration crashedAfter) {
  /** After which a capture that nobody is at has crashed, where a runbook does not say. */
  public static final Duration CRASHED_AFTER = Duration.ofDays(2);

  public Retention {
    timeZone = timeZone == null ? "UTC" : timeZone;
    keep = keep == null ? Keep.USUAL : keep;
    scheduled = Runbook.orEmpty(scheduled);
    manual = Runbook.orEmpty(manual);
    predeploy = Runbook.orEmpty(predeploy);
    safety = Runbook.orEmpty(safety);
    retainedCopies = retainedCopies == null ? Duration.ofDays(7) : retainedCopies;
    crashedAfter = crashedAfter == null ? CRASHED_AFTER : crashedAfter;
  }

  /** Where days begin at midnight. */
  public ZoneId zone() {
    return ZoneId.of(timeZone);
  }

  /** What stays of sets of that kind. */
  public Keep keep(SetKind kind) {
    var own =
        switch (kind) {
          case SCHEDULED -> scheduled;
          case MANUAL -> manual;
          case PREDEPLOY -> predeploy;
          case SAFETY -> safety;
        };
    return own.orElse(keep);
  }
}
