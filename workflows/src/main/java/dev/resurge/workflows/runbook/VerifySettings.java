package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.resurge.workflows.model.ByteSize;
import java.time.Duration;
import java.util.Optional;

/** What Verify and Drill expect of the sets there are; the defaults are guide 003's. */
public record VerifySettings(
    @Written(Form.TIME_ZONE)
        @JsonPropertyDescription(
            "Where a day of the data begins at midnight. Default: as retention.timeZone, else UTC.")
        Optional<String> timeZone,
    @JsonPropertyDescription(
            "So long after midnight the set of the day before is still good enough, such as 3h for"
                + " a backup at two. Default: not at all. Where objectives.rpo is more than a day,"
                + " no set of today is asked for.")
        Duration todayBy,
    @Between(least = 0, most = 100)
        @JsonPropertyDescription(
            "A component may have less data than in the set before, by at most so many percent."
                + " Default 50.")
        Integer mayShrinkBy,
    @Between(least = 0, most = 1_000_000)
        @JsonPropertyDescription("The same for more data. Default 200.")
        Integer mayGrowBy,
    @Between(least = 1, most = 100_000)
        @JsonPropertyDescription(
            "More sets than this mean that nothing is pruned; safety sets do not count. Default: what"
                + " retention keeps; without retention 7.")
        Optional<Integer> mostSets,
    @JsonPropertyDescription("A database stored in less is likely empty or broken. Default 1KB.")
        ByteSize leastDatabase,
    @JsonPropertyDescription("A directory stored in less is likely empty or broken. Default 512B.")
        ByteSize leastFiles,
    @JsonPropertyDescription(
            "How often a restore is to be tried; a drill's report says when the next is due."
                + " Default 30d.")
        Duration drillEvery) {
  /** How many sets are too many where nothing else says it: guide 003 keeps a week of them. */
  public static final int MOST_SETS = 7;

  /** All defaults. */
  public static final VerifySettings USUAL =
      new VerifySettings(Optional.empty(), null, null, null, Optional.empty(), null, null, null);

  public VerifySettings {
    timeZone = Runbook.orEmpty(timeZone);
    todayBy = todayBy == null ? Duration.ZERO : todayBy;
    mayShrinkBy = mayShrinkBy == null ? 50 : mayShrinkBy;
    mayGrowBy = mayGrowBy == null ? 200 : mayGrowBy;
    mostSets = Runbook.orEmpty(mostSets);
    leastDatabase = leastDatabase == null ? ByteSize.parse("1KB") : leastDatabase;
    leastFiles = leastFiles == null ? ByteSize.parse("512B") : leastFiles;
    drillEvery = drillEvery == null ? Duration.ofDays(30) : drillEvery;
  }

  /** In how little a component of that kind is not stored if all is well. */
  public ByteSize least(Component component) {
    return switch (component) {
      case Component.Postgres _ -> leastDatabase;
      case Component.Files _ -> leastFiles;
    };
  }
}
