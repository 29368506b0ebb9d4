package dev.resurge.workflows.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.runbook.Keep;
import dev.resurge.workflows.runbook.Retention;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Single cases, word for word; what holds for all of them is in {@link RetentionLawsTest}. */
class RetentionPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");

  private static final Set<String> WHOLE = Set.of("database", "files");

  private final Map<String, Keep> schedules = new HashMap<>();
  private final List<SetFacts> sets = new ArrayList<>();
  private final List<UnbelievedSet> unbelieved = new ArrayList<>();
  private Optional<Retention> rules = rules("UTC", new Keep(1, 0, 0, 0, 0));

  private static Optional<Retention> rules(String zone, Keep keep) {
    return Optional.of(
        new Retention(
            zone,
            keep,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null,
            null));
  }

  private SetFacts set(String recoveryPoint) {
    return set(recoveryPoint, SetKind.MANUAL);
  }

  private SetFacts set(String recoveryPoint, SetKind kind) {
    var at = Instant.parse(recoveryPoint);
    return add(
        new SetFacts(
            SetId.of(at, String.format("%02d", sets.size())),
            kind,
            Optional.empty(),
            WHOLE,
            at,
            new ByteSize(5),
            false,
            Optional.empty(),
            List.of()));
  }

  private SetFacts made(String recoveryPoint, String schedule, String... components) {
    var at = Instant.parse(recoveryPoint);
    return add(
        new SetFacts(
            SetId.of(at, String.format("%02d", sets.size())),
            SetKind.SCHEDULED,
            Optional.of(schedule),
            Set.of(components),
            at,
            new ByteSize(5),
            false,
            Optional.empty(),
            List.of()));
  }

  @Test
  void aScheduleThatSaysWhatStaysOfItsSetsIsHeard() {
    schedules.put("hourly", new Keep(2, 0, 0, 0, 0));
    var gone = made("2026-11-22T08:00:00Z", "hourly", "database");
    var kept = made("2026-11-22T09:00:00Z", "hourly", "database");
    made("2026-11-22T10:00:00Z", "hourly", "database");
    var nightlyGone = made("2026-11-21T02:00:00Z", "nightly", "database");
    made("2026-11-22T02:00:00Z", "nightly", "database");

    assertThat(fate(gone).stays()).isFalse();
    assertThat(fate(kept).why()).containsExactly("last 2 of 2");
    assertThat(fate(nightlyGone).stays()).isFalse();
  }

  @Test
  void theLastSetOfAllStaysHoweverManyNewerOnesHoldAPart() {
    var whole = made("2026-11-20T02:00:00Z", "nightly", "database", "files");
    var part = made("2026-11-22T09:00:00Z", "nightly", "database");
    made("2026-11-22T10:00:00Z", "nightly", "database");

    assertThat(fate(whole).why()).contains("the latest good set");
    assertThat(fate(part).stays()).isFalse();
  }

  private SetFacts add(SetFacts facts) {
    sets.add(facts);
    return facts;
  }

  private SetFacts change(SetFacts before, SetFacts after) {
    sets.set(sets.indexOf(before), after);
    return after;
  }

  private SetFacts bad(SetFacts set, String why) {
    return change(
        set,
        new SetFacts(
            set.set(),
            set.kind(),
            set.schedule(),
            set.components(),
            set.recoveryPoint(),
            set.stored(),
            set.verified(),
            Optional.of(why),
            set.holds()));
  }

  private SetFacts verified(SetFacts set) {
    return change(
        set,
        new SetFacts(
            set.set(),
            set.kind(),
            set.schedule(),
            set.components(),
            set.recoveryPoint(),
            set.stored(),
            true,
            set.bad(),
            set.holds()));
  }

  private SetFacts held(SetFacts set, Hold... holds) {
    return change(
        set,
        new SetFacts(
            set.set(),
            set.kind(),
            set.schedule(),
            set.components(),
            set.recoveryPoint(),
            set.stored(),
            set.verified(),
            set.bad(),
            List.of(holds)));
  }

  private SetFacts scheduled(SetFacts set, String schedule) {
    return change(
        set,
        new SetFacts(
            set.set(),
            set.kind(),
            Optional.of(schedule),
            set.components(),
            set.recoveryPoint(),
            set.stored(),
            set.verified(),
            set.bad(),
            set.holds()));
  }

  private SetFate fate(SetFacts set) {
    return fate(set.set());
  }

  private SetFate fate(SetId set) {
    return fates().get(set);
  }

  private Map<SetId, SetFate> fates() {
    return new RetentionPolicy(rules, schedules)
        .decide(sets, unbelieved, NOW).stream()
            .collect(Collectors.toMap(SetFate::set, Function.identity()));
  }

  private void stays(SetFacts set, String... why) {
    assertThat(fate(set).stays()).as(fate(set).describe()).isTrue();
    assertThat(fate(set).why()).containsExactly(why);
    assertThat(fate(set).inFavourOf()).isEmpty();
  }

  private void goes(SetFacts set, String... why) {
    assertThat(fate(set).stays()).as(fate(set).describe()).isFalse();
    assertThat(fate(set).why()).containsExactly(why);
  }

  @Test
  void withoutRulesEverySetStays() {
    rules = Optional.empty();
    var old = set("2001-01-01T00:00:00Z");
    set("2026-01-01T00:00:00Z");

    stays(old, "the runbook has no retention: every set stays");
  }

  @Test
  void theNewestFewStay() {
    rules = rules("UTC", new Keep(2, 0, 0, 0, 0));
    var third = set("2026-11-19T02:00:00Z");
    var first = set("2026-11-21T02:00:00Z");
    var second = set("2026-11-20T02:00:00Z");

    stays(first, "the latest good set", "last 1 of 2");
    stays(second, "last 2 of 2");
    goes(third, "last: number 3 of its group, 2 stay");
    assertThat(fate(third).inFavourOf()).containsExactly(first.set());
  }

  @Test
  void theNewestOfEachDayWeekMonthAndYearStays() {
    rules = rules("UTC", new Keep(0, 2, 2, 2, 2));
    var lastYear = set("2025-03-01T02:00:00Z");
    var october = set("2026-10-05T02:00:00Z");
    var monday = set("2026-11-09T02:00:00Z");
    var sunday = set("2026-11-15T02:00:00Z");
    var morning = set("2026-11-20T02:00:00Z");
    var evening = set("2026-11-20T20:00:00Z");
    var newest = set("2026-11-21T02:00:00Z");

    stays(
        newest,
        "the latest good set",
        "daily 2026-11-21",
        "weekly 2026-W47",
        "monthly 2026-11",
        "yearly 2026");
    stays(evening, "daily 2026-11-20");
    stays(sunday, "weekly 2026-W46");
    stays(october, "monthly 2026-10");
    stays(lastYear, "yearly 2025");
    goes(
        morning,
        "daily: " + evening.set() + " is newer in 2026-11-20",
        "weekly: " + newest.set() + " is newer in 2026-W47",
        "monthly: " + newest.set() + " is newer in 2026-11",
        "yearly: " + newest.set() + " is newer in 2026");
    assertThat(fate(morning).inFavourOf()).containsExactly(evening.set(), newest.set());
    goes(
        monday,
        "daily: 2026-11-09 is not among the 2 newest days",
        "weekly: " + sunday.set() + " is newer in 2026-W46",
        "monthly: " + newest.set() + " is newer in 2026-11",
        "yearly: " + newest.set() + " is newer in 2026");
    assertThat(fate(monday).inFavourOf()).containsExactly(sunday.set(), newest.set());
  }

  @Test
  void aPeriodBeyondThoseKeptIsNamedInItsOwnWords() {
    rules = rules("UTC", new Keep(0, 1, 1, 1, 1));
    var old = set("2021-01-03T02:00:00Z");
    set("2026-11-21T02:00:00Z");

    goes(
        old,
        "daily: 2021-01-03 is not among the 1 newest days",
        "weekly: 2020-W53 is not among the 1 newest weeks",
        "monthly: 2021-01 is not among the 1 newest months",
        "yearly: 2021 is not among the 1 newest years");
  }

  @Test
  void nothingGoesOnlyBecauseBackupsHaveStopped() {
    rules = rules("UTC", new Keep(0, 2, 0, 0, 0));
    var older = set("2019-05-01T02:00:00Z");
    set("2019-08-01T02:00:00Z");

    stays(older, "daily 2019-05-01");
  }

  @Test
  void aDayIsThatOfTheZone() {
    rules = rules("Europe/Berlin", new Keep(0, 9, 0, 0, 0));
    var beforeMidnight = set("2026-07-01T21:59:59Z");
    var afterMidnight = set("2026-07-01T22:00:00Z");
    var sameDay = set("2026-07-02T20:00:00Z");

    stays(beforeMidnight, "daily 2026-07-01");
    goes(afterMidnight, "daily: " + sameDay.set() + " is newer in 2026-07-02");
  }

  @Test
  void theHourThatComesTwiceIsOneDay() {
    rules = rules("Europe/Berlin", new Keep(0, 9, 0, 0, 0));
    var first = set("2026-10-25T00:30:00Z"); // 02:30, summer
    var second = set("2026-10-25T01:30:00Z"); // 02:30 again, winter

    goes(first, "daily: " + second.set() + " is newer in 2026-10-25");
  }

  @Test
  void aDayWithoutMidnightBeginsAtOne() {
    rules = rules("America/Sao_Paulo", new Keep(0, 9, 0, 0, 0));
    var lastOfTheDayBefore = set("2018-11-04T02:59:59Z");
    var firstOfTheDay = set("2018-11-04T03:00:00Z"); // 01:00; there was no 00:00

    stays(lastOfTheDayBefore, "daily 2018-11-03");
    stays(firstOfTheDay, "the latest good set", "daily 2018-11-04");
  }

  @Test
  void aDayThatTheZoneLeftOutHasNoSet() {
    rules = rules("Pacific/Apia", new Keep(0, 9, 0, 0, 0));
    var thursday = set("2011-12-30T09:59:59Z");
    var saturday = set("2011-12-30T10:00:00Z");

    stays(thursday, "daily 2011-12-29");
    stays(saturday, "the latest good set", "daily 2011-12-31");
  }

  /** In St. John's clocks went from 00:01 back to 23:01: yesterday came after today. */
  @Test
  void daysAreCountedByTheirDateWhereTheClockWentBackOverMidnight() {
    rules = rules("America/St_Johns", new Keep(0, 1, 0, 0, 0));
    var sunday = set(ZonedDateTime.parse("2006-10-29T00:00:30-02:30").toInstant().toString());
    var saturdayAgain =
        set(ZonedDateTime.parse("2006-10-28T23:30:00-03:30").toInstant().toString());

    stays(sunday, "daily 2006-10-29");
    stays(saturdayAgain, "the latest good set");
  }

  @Test
  void eachKindAndEachScheduleHasPlacesOfItsOwn() {
    var manual = set("2026-01-01T00:00:00Z");
    var hourly = scheduled(set("2026-02-01T00:00:00Z", SetKind.SCHEDULED), "hourly");
    var nightly = scheduled(set("2026-03-01T00:00:00Z", SetKind.SCHEDULED), "nightly");
    var older = scheduled(set("2026-02-28T00:00:00Z", SetKind.SCHEDULED), "nightly");
    var safety = set("2026-04-01T00:00:00Z", SetKind.SAFETY);

    stays(manual, "last 1 of 1");
    stays(hourly, "last 1 of 1");
    stays(nightly, "the latest good set", "last 1 of 1");
    goes(older, "last: number 2 of its group, 1 stay");
    stays(safety, "the newest good set", "last 1 of 1");
    assertThat(fate(manual).group()).isEqualTo("manual");
    assertThat(fate(nightly).group()).isEqualTo("schedule nightly");
  }

  @Test
  void aKindThatHasRulesOfItsOwnGoesByThem() {
    rules =
        Optional.of(
            new Retention(
                "UTC",
                new Keep(1, 0, 0, 0, 0),
                Optional.empty(),
                Optional.of(new Keep(2, 0, 0, 0, 0)),
                Optional.empty(),
                Optional.empty(),
                null,
                null));
    var old = set("2026-01-01T00:00:00Z");
    set("2026-02-01T00:00:00Z");

    stays(old, "last 2 of 2");
  }

  @Test
  void theLastVerifiedSetStays() {
    var older = verified(set("2026-01-01T00:00:00Z"));
    var proved = verified(set("2026-02-01T00:00:00Z"));
    var newest = set("2026-03-01T00:00:00Z");

    stays(proved, "the last verified set");
    goes(older, "last: number 3 of its group, 1 stay");
    assertThat(fate(older).inFavourOf()).containsExactly(proved.set(), newest.set());
  }

  @Test
  void aVerifiedSafetySetDoesNotTakeThePlaceOfOneThatARestoreWouldTake() {
    var proved = verified(set("2026-01-01T00:00:00Z"));
    set("2026-02-01T00:00:00Z");
    verified(set("2026-03-01T00:00:00Z", SetKind.SAFETY));
    set("2026-04-01T00:00:00Z", SetKind.SAFETY);

    stays(proved, "the last verified set");
  }

  @Test
  void aVerifiedSafetySetStaysWhereNothingElseWasEverVerified() {
    set("2026-01-01T00:00:00Z");
    var proved = verified(set("2026-02-01T00:00:00Z", SetKind.SAFETY));
    set("2026-03-01T00:00:00Z", SetKind.SAFETY);

    stays(proved, "the last verified set");
  }

  @Test
  void aBadSetCountsForNoRuleAndIsNeitherNewestNorVerified() {
    var good = set("2026-01-01T00:00:00Z");
    var bad = bad(verified(set("2025-12-01T00:00:00Z")), "a bit flipped");

    stays(good, "the latest good set", "last 1 of 1");
    goes(bad, "marked bad, so that no rule counts it: a bit flipped");
    assertThat(fate(bad).inFavourOf()).containsExactly(good.set());
  }

  @Test
  void aBadSetStaysAsLongAsNoGoodOneIsNewer() {
    rules = rules("UTC", new Keep(2, 0, 0, 0, 0));
    var good = set("2026-01-01T00:00:00Z");
    var bad = bad(set("2026-02-01T00:00:00Z"), "a bit flipped");

    stays(good, "the latest good set", "last 1 of 2");
    stays(bad, "newer than every good set", "marked bad, so that no rule counts it: a bit flipped");
  }

  @Test
  void theNewestStaysAlsoWhereAllAreBad() {
    var older = bad(set("2026-01-01T00:00:00Z"), "x");
    var newer = bad(set("2026-02-01T00:00:00Z"), "y");

    stays(
        newer, "no set is good, and it is the newest", "marked bad, so that no rule counts it: y");
    goes(older, "marked bad, so that no rule counts it: x");
  }

  @Test
  void whatIsNotBelievedIsReportedAndNothingIsDecidedInItsFavour() {
    var forged = new UnbelievedSet(new SetId("20270101T000000Z-evil"), "SetForged: no signature");
    unbelieved.add(forged);
    var only = bad(set("2026-01-01T00:00:00Z"), "x");

    assertThat(fate(forged.set()).stays()).isTrue();
    assertThat(fate(forged.set()).group()).isEqualTo("not believed");
    assertThat(fate(forged.set()).recoveryPoint()).isEmpty();
    assertThat(fate(forged.set()).why())
        .containsExactly("only a person removes what is not believed: SetForged: no signature");
    assertThat(fate(only).stays()).isTrue();
  }

  @Test
  void aClaimHoldsASetUntilItExpires() {
    var expires = NOW.plusSeconds(1);
    var claimed = held(set("2026-01-01T00:00:00Z"), new Hold.Claimed(RUN, expires));
    var expired = held(set("2026-01-02T00:00:00Z"), new Hold.Claimed(RUN, NOW));
    set("2026-03-01T00:00:00Z");

    stays(claimed, "claimed by run " + RUN + " until 2026-11-22T12:00:01Z");
    goes(expired, "last: number 2 of its group, 1 stay");
  }

  @Test
  void whatARunStillNeedsStaysAndEveryReasonIsSaid() {
    var safety =
        held(
            set("2026-01-01T00:00:00Z", SetKind.SAFETY),
            new Hold.Safety(RUN, Hold.Unfinished.UNSETTLED),
            new Hold.Unclear("x.json cannot be read"));
    var restored =
        held(set("2026-01-02T00:00:00Z"), new Hold.Restored(RUN, Hold.Unfinished.RUNNING));
    set("2026-03-01T00:00:00Z", SetKind.SAFETY);
    set("2026-03-02T00:00:00Z");

    stays(
        safety,
        "safety set of run " + RUN + ", whose cut over is not settled",
        "perhaps claimed: x.json cannot be read");
    stays(restored, "restored by run " + RUN + ", which has not ended");
  }

  @Test
  void ofTwoSetsOfOneMomentTheOneWithTheGreaterIdIsNewer() {
    var one = set("2026-01-01T00:00:00Z");
    var other = set("2026-01-01T00:00:00Z");

    stays(other, "the latest good set", "last 1 of 1");
    goes(one, "last: number 2 of its group, 1 stay");
  }

  @Test
  void fatesComeNewestFirst() {
    var older = set("2026-01-01T00:00:00Z");
    var newer = set("2026-02-01T00:00:00Z");
    unbelieved.add(new UnbelievedSet(new SetId("20260115T000000Z-evil"), "x"));

    assertThat(new RetentionPolicy(rules, schedules).decide(sets, unbelieved, NOW))
        .extracting(SetFate::set)
        .containsExactly(newer.set(), new SetId("20260115T000000Z-evil"), older.set());
  }

  @Test
  void aFateIsSaidInALine() {
    var set = set("2026-01-01T00:00:00Z");
    set("2026-02-01T00:00:00Z");

    assertThat(fate(set).describe())
        .isEqualTo("goes: " + set.set() + " (manual): last: number 2 of its group, 1 stay");
  }
}
