package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** What reports say in plain words, and how they write times. */
final class Words {
  /** What each clock stands for, as {@code docs/evidence.md} defines it. */
  static final Map<String, String> CLOCKS =
      Map.of(
          "declared", "the outage began, as the caller said",
          "requested", "the run began",
          "approved", "the last approval needed was given",
          "staged", "the restored copy stood complete",
          "quiesced", "the stop of the workloads began",
          "cutOver", "the swap was done",
          "healthy", "the health checks passed on the restored data",
          "verified", "everything after that was done");

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** As {@link #time}, without the date where it is that of {@code start}. */
  static String end(Instant start, Instant end) {
    var text = time(end);
    var date = "yyyy-MM-dd ".length();
    return text.startsWith(time(start).substring(0, date)) ? text.substring(date) : text;
  }

  /** UTC to the millisecond; tables say in their heading that it is UTC. */
  static String time(Instant instant) {
    return MILLISECONDS.format(instant);
  }

  /**
   * For people: as {@link Durations#human}, but {@code 27 ms} where that would round to nothing,
   * and {@code 4 h} without what is zero.
   */
  static String span(Duration duration) {
    if (duration.isZero()) {
      return "0 s";
    }
    return !duration.isNegative() && duration.toMillis() < 100
        ? duration.toMillis() + " ms"
        : Durations.human(duration).replaceFirst(" 0 (h|min|s)$", "");
  }

  /** To the millisecond, for columns: {@code +3:01:42.300}. */
  static String offset(Duration duration) {
    var size = duration.abs();
    return String.format(
        Locale.ROOT,
        "%s%d:%02d:%02d.%03d",
        duration.isNegative() ? "−" : "+",
        size.toHours(),
        size.toMinutesPart(),
        size.toSecondsPart(),
        size.toMillisPart());
  }

  /** The colour a report speaks in: {@code good}, {@code warn} or {@code bad}. */
  static String tone(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "good";
      case FAIL_OBJECTIVE, SWAPPED_BACK, REFUSED, REJECTED, ABORTED -> "warn";
      case FAIL_INTEGRITY, FAILED -> "bad";
    };
  }

  /** Whether a backup found that nothing had changed, so that an earlier set stands for it. */
  static boolean unchanged(Evidence evidence) {
    return evidence.procedure() == Procedure.BACKUP
        && evidence
            .set()
            .filter(set -> set.captureStarted().isBefore(evidence.clocks().requested()))
            .isPresent();
  }

  /** The verdict in a few words. */
  static String headline(Evidence evidence) {
    var procedure = evidence.procedure();
    var done =
        switch (procedure) {
          case BACKUP -> unchanged(evidence) ? "Nothing has changed" : "Backed up";
          case RESTORE -> "Restored and healthy";
          case PRUNE -> "Pruned";
          case RECOVER -> "Recovered and healthy";
          case VERIFY -> "Verified";
          case DRILL -> "Drilled";
          case SETTLE -> "Settled";
        };
    return switch (evidence.verdict()) {
      case PASS -> done;
      case FAIL_OBJECTIVE -> done + ", but an objective was missed";
      case FAIL_INTEGRITY ->
          procedure.recovers() ? "The data or a check did not pass" : "The set did not pass";
      case SWAPPED_BACK -> "Swapped back: the old data is live";
      case REFUSED -> "Refused";
      case REJECTED -> "Rejected by a person";
      case ABORTED -> "Ended by a person";
      case FAILED -> "Failed";
    };
  }

  /** What the verdict means for the data now; empty where only the details can say. */
  static String meaning(Evidence evidence) {
    return switch (evidence.verdict()) {
      case PASS, FAIL_OBJECTIVE ->
          switch (evidence.procedure()) {
            case BACKUP ->
                unchanged(evidence)
                    ? "No set was made; the earlier one has the same configuration."
                    : "The set is committed and signed.";
            case RESTORE ->
                evidence.retained().isEmpty()
                    ? "The system runs on the restored data."
                    : "The system runs on the restored data. What it had before is kept.";
            case PRUNE -> "What stays, what went and why, the notes say set by set.";
            case RECOVER -> "The system runs on what was recovered.";
            case VERIFY -> "The set can be relied on.";
            case DRILL -> "The set can be restored; nothing of the try is left.";
            case SETTLE -> "All data belongs together again.";
          };
      case SWAPPED_BACK -> "The restored copy was put aside and is kept for a look.";
      case REFUSED, REJECTED ->
          neverStopped(evidence) && evidence.procedure() == Procedure.RESTORE
              ? "The live data was not touched."
              : "";
      case FAIL_INTEGRITY, ABORTED, FAILED -> "";
    };
  }

  /** Whether a measure reached its objective; never {@code met} without a measurement. */
  static String reached(Measure measure) {
    if (measure.actual().isEmpty()) {
      return "not measured";
    }
    return measure.met().map(met -> met ? "met" : "missed").orElse("no objective");
  }

  private static boolean neverStopped(Evidence evidence) {
    return evidence.clocks().quiesced().isEmpty()
        && evidence.steps().stream()
            .noneMatch(step -> step.name().toLowerCase(Locale.ROOT).contains("quiesce"));
  }
}
