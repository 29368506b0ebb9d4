package dev.resurge.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.rules.StoreFacts.Suspect;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guide 003's rules at their limits. */
class SetRulesTest {
  private static final SetId OLD = new SetId("20261120T020000Z-aaaa");
  private static final SetId NEW = new SetId("20261121T020000Z-bbbb");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest(name = "data of {0} is of today at {1} in {2}, good until {3}: {4}")
  @CsvSource({
    "2026-11-21T00:00:00Z, 2026-11-21T12:00:00Z, UTC, 0, true",
    "2026-11-20T23:59:59.999Z, 2026-11-21T12:00:00Z, UTC, 0, false",
    "2026-11-20T23:59:59.999Z, 2026-11-20T23:59:59.999Z, UTC, 0, true",
    "2026-11-20T23:59:59.999Z, 2026-11-21T00:00:00Z, UTC, 0, false",
    // in Berlin, an hour ahead of UTC in November, a day begins at 23:00 UTC
    "2026-11-20T23:00:00Z, 2026-11-21T12:00:00Z, Europe/Berlin, 0, true",
    "2026-11-20T22:59:59Z, 2026-11-21T12:00:00Z, Europe/Berlin, 0, false",
    "2026-11-20T02:00:00Z, 2026-11-21T02:59:59Z, UTC, 3h, true",
    "2026-11-20T02:00:00Z, 2026-11-21T03:00:00Z, UTC, 3h, false",
    "2026-11-19T23:59:59Z, 2026-11-21T02:59:59Z, UTC, 3h, false",
  })
  void aSetOfTodayIsOneOfTheDayThere(
      Instant recoveryPoint, Instant now, String zone, String todayBy, boolean passes) {
    var by = todayBy.equals("0") ? "" : ",\"todayBy\":\"" + todayBy + "\"";
    var rules = rules("\"verify\":{\"timeZone\":\"" + zone + "\"" + by + "}");
    var result = one(rules.judge(newest(recoveryPoint), now), "a set of today");
    assertThat(result.passed()).isEqualTo(passes);
    assertThat(result.severity()).contains(Severity.CRITICAL);
    assertThat(result.fails()).isEqualTo(!passes);
  }

  @Test
  void withoutAnyGoodSetThereIsNoneOfToday() {
    var none =
        new StoreFacts(
            Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty(), List.of());
    var result = one(rules("").judge(none, NOON), "a set of today");
    assertThat(result.fails()).isTrue();
    assertThat(result.actual()).isEqualTo("there is no good set");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T06:00:00Z, true",
    "2026-11-21T05:59:59.999Z, false",
  })
  void theAgeOfTheNewestSetMayReachTheObjectiveButNotPassIt(Instant recoveryPoint, boolean passes) {
    var result =
        one(
            rules("\"objectives\":{\"rpo\":\"6h\"}").judge(newest(recoveryPoint), NOON),
            "recovery point within its objective");
    assertThat(result.passed()).isEqualTo(passes);
    assertThat(result.severity()).contains(Severity.CRITICAL);
  }

  @Test
  void whoIsContentWithOlderDataIsNotAskedForASetOfToday() {
    var weekAgo = newest(NOON.minusSeconds(6 * 86_400));
    var results = rules("\"objectives\":{\"rpo\":\"7d\"}").judge(weekAgo, NOON);
    assertThat(results).extracting(CheckResult::check).doesNotContain("a set of today");
    assertThat(results).allMatch(CheckResult::passed);
  }

  @ParameterizedTest
  @CsvSource({"24h, true", "24h1s, false"})
  void whoMayLoseADayAtMostIsAskedForASetOfToday(String objective, boolean asked) {
    var results = rules("\"objectives\":{\"rpo\":\"" + objective + "\"}").judge(newest(NOON), NOON);
    assertThat(results.stream().anyMatch(r -> r.check().equals("a set of today"))).isEqualTo(asked);
  }

  @Test
  void itIsSaidWhichSetIsTheNewestAndHowOldItIs() {
    var berlin =
        rules("\"objectives\":{\"rpo\":\"6h\"},\"verify\":{\"timeZone\":\"Europe/Berlin\"}");
    var results = berlin.judge(newest(Instant.parse("2026-11-20T23:30:00.5Z")), NOON);

    var today = one(results, "a set of today");
    assertThat(today.expected()).isEqualTo("data of 2026-11-21 (Europe/Berlin) or later");
    assertThat(today.actual())
        .isEqualTo("set " + NEW + " of 2026-11-20T23:30:00Z, which is 2026-11-21 there");
    assertThat(one(results, "recovery point within its objective").actual())
        .isEqualTo("set " + NEW + ", 12 h 29 min old");
  }

  @Test
  void aJudgedSetIsComparedWithTheOneBeforeIt() {
    var facts =
        new StoreFacts(
            good(),
            Optional.of(sizes(NEW, 5000, 9000)),
            Optional.of(sizes(OLD, 20_000, 2000)),
            2,
            Optional.empty(),
            List.of());
    var results = rules("").judge(facts, NOON);

    var database = one(results, "size of database");
    assertThat(database.expected()).isEqualTo("between -50 % and +200 % of the set before");
    assertThat(database.actual()).isEqualTo("5.0 kB instead of 20.0 kB (-75 %); is data missing?");
    assertThat(one(results, "size of files").actual())
        .isEqualTo("9.0 kB instead of 2.0 kB (+350 %)");
  }

  @Test
  void whatWasEmptyBeforeMayGrowAsItLikes() {
    var files = one(rules("").changes(sizes(NEW, 1, 5000), sizes(OLD, 1, 0)), "size of files");
    assertThat(files.passed()).isTrue();
    assertThat(files.actual()).isEqualTo("5.0 kB instead of 0 B");
  }

  @Test
  void itIsSaidThatASmallSetIsLikelyEmpty() {
    assertThat(one(judged(999, 5000), "database is not suspiciously small").actual())
        .endsWith("; likely empty or broken");
    assertThat(one(judged(1000, 5000), "database is not suspiciously small").actual())
        .doesNotContain("broken");
  }

  @ParameterizedTest(name = "{1} bytes after {0}")
  @CsvSource({
    "1000, 1000, true, ''",
    "1000, 500, true, ''",
    "1000, 499, false, HIGH",
    "1000, 0, false, HIGH",
    "1001, 501, true, ''",
    "1001, 500, false, HIGH",
    "1000, 3000, true, ''",
    "1000, 3001, false, LOW",
    "0, 5000, true, ''",
    "9000000000000000000, 4499999999999999999, false, HIGH",
  })
  void aSizeMayHalveAndTrebleButNoMore(long before, long now, boolean passes, String severity) {
    var changes = rules("").changes(sizes(NEW, now, 5000), sizes(OLD, before, 5000));
    var result = one(changes, "size of database");
    assertThat(result.passed()).isEqualTo(passes);
    if (!passes) {
      assertThat(result.severity()).contains(Severity.valueOf(severity));
      assertThat(result.fails()).as("a warning").isFalse();
    }
  }

  @Test
  void aRunbookMayAllowLess() {
    var strict = rules("\"verify\":{\"mayShrinkBy\":10,\"mayGrowBy\":20}");
    assertThat(strict.changes(sizes(NEW, 900, 1200), sizes(OLD, 1000, 1000)))
        .allMatch(CheckResult::passed);
    assertThat(strict.changes(sizes(NEW, 899, 1201), sizes(OLD, 1000, 1000)))
        .noneMatch(CheckResult::passed);
  }

  @Test
  void aComponentThatIsNewIsNotCompared() {
    var before = new SetSizes(OLD, NOON, List.of());
    assertThat(rules("").changes(sizes(NEW, 1, 1), before)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1000, true", "999, false"})
  void aDatabaseIsStoredInAKilobyteAtLeast(long stored, boolean passes) {
    var result = one(judged(stored, 5000), "database is not suspiciously small");
    assertThat(result.passed()).isEqualTo(passes);
    assertThat(result.severity()).contains(Severity.HIGH);
  }

  @ParameterizedTest
  @CsvSource({"512, true", "511, false"})
  void aDirectoryIsStoredInHalfOfThatAtLeast(long stored, boolean passes) {
    assertThat(one(judged(5000, stored), "files is not suspiciously small").passed())
        .isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "7, true", "8, false"})
  void moreSetsThanAllowedAreAWarning(int sets, boolean passes) {
    var facts =
        new StoreFacts(
            good(), Optional.empty(), Optional.empty(), sets, Optional.empty(), List.of());
    var result = one(rules("").judge(facts, NOON), "number of sets");
    assertThat(result.passed()).isEqualTo(passes);
    assertThat(result.severity()).contains(Severity.MEDIUM);
    assertThat(result.warns()).isEqualTo(!passes);
    assertThat(result.expected()).isEqualTo("at most 7");
    assertThat(result.actual()).isEqualTo(sets + (passes ? "" : "; is anything pruned?"));
  }

  @ParameterizedTest(name = "{0} sets, {1} over retention, mostSets {2}: {3}")
  @CsvSource({
    "90, 0, '', true, none that retention does not keep, 90",
    "3, 1, '', false, none that retention does not keep, '3, 1 over retention; is anything pruned?'",
    "90, 9, 90, true, at most 90, 90",
    "91, 0, 90, false, at most 90, 91; is anything pruned?",
  })
  void withRetentionOnlyWhatItDoesNotKeepIsTooMuch(
      int sets, int over, String most, boolean passes, String expected, String actual) {
    var facts =
        new StoreFacts(
            good(), Optional.empty(), Optional.empty(), sets, Optional.of(over), List.of());
    var rules = rules(most.isEmpty() ? "" : "\"verify\":{\"mostSets\":" + most + "}");
    var result = one(rules.judge(facts, NOON), "number of sets");
    assertThat(result.passed()).isEqualTo(passes);
    assertThat(result.expected()).isEqualTo(expected);
    assertThat(result.actual()).isEqualTo(actual);
  }

  @Test
  void theDayIsThatOfRetentionWhereNothingElseIsSaid() {
    var berlin = rules("\"retention\":{\"timeZone\":\"Europe/Berlin\"}");
    var tonight = newest(Instant.parse("2026-11-20T23:00:00Z"));
    assertThat(one(berlin.judge(tonight, NOON), "a set of today").passed()).isTrue();
  }

  @Test
  void aSetThatIsNotBelievedIsCriticalHoweverOldItIs() {
    var result = suspected(new Suspect(OLD, false, "SetForged: no trusted key"));
    assertThat(result.fails()).isTrue();
    assertThat(result.actual()).contains(OLD.value(), "SetForged");
  }

  @Test
  void aSetMarkedBadIsCriticalUntilAGoodOneFollowsIt() {
    assertThat(suspected(new Suspect(new SetId("20261121T030000Z-cccc"), true, "bad")).fails())
        .isTrue();
    var older = suspected(new Suspect(OLD, true, "bad"));
    assertThat(older.passed()).isTrue();
    assertThat(older.actual()).isEqualTo("all are; 1 older marked bad");
  }

  @Test
  void theGravestBrokenRuleIsNamedFirst() {
    var facts =
        new StoreFacts(
            Optional.empty(),
            Optional.of(sizes(NEW, 10, 10)),
            Optional.empty(),
            9,
            Optional.empty(),
            List.of());
    assertThat(SetRules.broken(rules("").judge(facts, NOON)))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly("critical", "high", "high", "medium");
  }

  private static CheckResult suspected(Suspect suspect) {
    var facts =
        new StoreFacts(
            good(), Optional.empty(), Optional.empty(), 2, Optional.empty(), List.of(suspect));
    return one(rules("").judge(facts, NOON), "no set is corrupt or forged");
  }

  private static List<CheckResult> judged(long database, long files) {
    var chosen = sizes(NEW, database, files);
    return rules("")
        .judge(
            new StoreFacts(
                good(), Optional.of(chosen), Optional.empty(), 1, Optional.empty(), List.of()),
            NOON);
  }

  private static Optional<SetSizes> good() {
    return Optional.of(sizes(NEW, 5000, 5000));
  }

  private static StoreFacts newest(Instant recoveryPoint) {
    return new StoreFacts(
        Optional.of(new SetSizes(NEW, recoveryPoint, List.of())),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        List.of());
  }

  private static SetSizes sizes(SetId set, long database, long files) {
    return new SetSizes(set, NOON, List.of(part("database", database), part("files", files)));
  }

  private static SetSizes.Part part(String name, long bytes) {
    return new SetSizes.Part(name, new ByteSize(bytes), new ByteSize(bytes));
  }

  private static CheckResult one(List<CheckResult> results, String check) {
    return results.stream().filter(r -> r.check().equals(check)).findFirst().orElseThrow();
  }

  private static SetRules rules(String more) {
    try {
      return new SetRules(
          Json.mapper()
              .readValue(
                  """
                  {"apiVersion":"resurge.dev/v1","kind":"Runbook","metadata":{"name":"library"},
                   "spec":{
                    "store":{"type":"filesystem","path":"/store"},
                    "encryption":{"unencrypted":"a test"},
                    "components":[
                     {"type":"postgres","name":"database","database":"l","admin":{"user":"a"}},
                     {"type":"files","name":"files","path":"/files"}],
                    "writers":"none"%s}}
                  """
                      .formatted(more.isEmpty() ? "" : "," + more),
                  Runbook.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
