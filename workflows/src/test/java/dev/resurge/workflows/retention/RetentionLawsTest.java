package dev.resurge.workflows.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.runbook.Keep;
import dev.resurge.workflows.runbook.Retention;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for any sets and any rules: years of simulated sets, of several kinds and schedules,
 * some bad, some verified, some needed, in zones whose clocks do strange things. The seed is the
 * test's argument, so that a failure can be repeated.
 */
class RetentionLawsTest {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/Sao_Paulo",
          "America/St_Johns",
          "Pacific/Apia",
          "Asia/Kathmandu");
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");
  private static final List<SetKind> KINDS = List.of(SetKind.values());

  /** One more with every build; the others are always the same. */
  static LongStream seeds() {
    return LongStream.concat(LongStream.range(0, 40), LongStream.of(System.nanoTime()));
  }

  /** Some years of sets, and the rules that they fall under. */
  private static final class History {
    final RandomGenerator random;
    final List<SetFacts> sets = new ArrayList<>();
    final Retention rules;
    final Instant now;

    History(long seed) {
      random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      var begin = Instant.parse("2005-01-01T00:00:00Z").plus(Duration.ofDays(random.nextInt(5000)));
      var moment = begin;
      var count = 30 + random.nextInt(400);
      // from several an hour to one in three weeks
      var hours = 1 << random.nextInt(10);
      for (int i = 0; i < count; i++) {
        moment = moment.plusSeconds(random.nextLong(1, hours * 3600L));
        sets.add(set(moment, i));
      }
      now = moment.plusSeconds(random.nextLong(0, 3600L * 24 * 60));
      rules = retention(keep());
    }

    private SetFacts set(Instant moment, int number) {
      var kind = KINDS.get(random.nextInt(KINDS.size()));
      var schedule =
          kind == SetKind.SCHEDULED && random.nextBoolean()
              ? Optional.of(random.nextBoolean() ? "nightly" : "hourly")
              : Optional.<String>empty();
      return new SetFacts(
          SetId.of(moment, String.format("%02d", number % 100)),
          kind,
          schedule,
          components(),
          // the data's clock is not the worker's
          moment.minusSeconds(random.nextInt(7200)),
          new ByteSize(1 + random.nextInt(1000)),
          random.nextInt(20) == 0,
          random.nextInt(15) == 0 ? Optional.of("a bit flipped") : Optional.empty(),
          holds(moment));
    }

    /** Most have all, as most schedules do. */
    private Set<String> components() {
      return switch (random.nextInt(6)) {
        case 0 -> Set.of("database");
        case 1 -> Set.of("files");
        default -> Set.of("database", "files");
      };
    }

    private List<Hold> holds(Instant moment) {
      return switch (random.nextInt(30)) {
        case 0 ->
            List.of(new Hold.Claimed(RUN, moment.plus(Duration.ofDays(random.nextInt(4000)))));
        case 1 -> List.of(new Hold.Safety(RUN, Hold.Unfinished.UNSETTLED));
        case 2 -> List.of(new Hold.Unclear("it cannot be read"));
        default -> List.of();
      };
    }

    Keep keep() {
      var keep = new Keep(some(10), some(20), some(10), some(15), some(5));
      return keep.last() + keep.daily() + keep.weekly() + keep.monthly() + keep.yearly() == 0
          ? new Keep(1, 0, 0, 0, 0)
          : keep;
    }

    /** Often none, so that each rule is also met alone. */
    private int some(int most) {
      return random.nextBoolean() ? 0 : random.nextInt(most);
    }

    Retention retention(Keep keep) {
      return new Retention(
          ZONES.get(random.nextInt(ZONES.size())),
          keep,
          random.nextBoolean() ? Optional.empty() : Optional.of(keep()),
          Optional.empty(),
          random.nextBoolean() ? Optional.empty() : Optional.of(keep()),
          Optional.empty(),
          null,
          null);
    }

    List<SetFate> fates() {
      return fates(sets, rules);
    }

    List<SetFate> fates(List<SetFacts> of, Retention by) {
      return new RetentionPolicy(Optional.of(by), Map.of()).decide(of, List.of(), now);
    }

    Set<SetId> staying() {
      return RetentionLawsTest.staying(fates());
    }
  }

  private static Set<SetId> staying(List<SetFate> fates) {
    return fates.stream()
        .filter(SetFate::stays)
        .map(SetFate::set)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<SetFacts> newest(List<SetFacts> sets) {
    return sets.stream()
        .max(Comparator.comparing(SetFacts::recoveryPoint).thenComparing(SetFacts::set));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everySetHasOneFateAndAtLeastOneReason(long seed) {
    var history = new History(seed);

    var fates = history.fates();

    assertThat(fates)
        .extracting(SetFate::set)
        .containsExactlyInAnyOrderElementsOf(history.sets.stream().map(SetFacts::set).toList());
    assertThat(fates).allSatisfy(fate -> assertThat(fate.why()).isNotEmpty().doesNotContain(""));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pruningTwiceRemovesNothingMore(long seed) {
    var history = new History(seed);
    var kept = history.staying();

    var left = history.sets.stream().filter(s -> kept.contains(s.set())).toList();

    assertThat(staying(history.fates(left, history.rules))).isEqualTo(kept);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void removingOnlySomeOfWhatGoesChangesNoOtherFate(long seed) {
    var history = new History(seed);
    var kept = history.staying();

    var left =
        history.sets.stream()
            .filter(s -> kept.contains(s.set()) || history.random.nextBoolean())
            .toList();

    assertThat(staying(history.fates(left, history.rules))).isEqualTo(kept);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepingMoreNeverRemovesMore(long seed) {
    var history = new History(seed);
    var before = history.staying();
    var more = history.random.nextInt(5);

    var rules = history.rules;
    var generous =
        new Retention(
            rules.timeZone(),
            more(rules.keep(), more),
            rules.scheduled().map(keep -> more(keep, more)),
            rules.manual(),
            rules.predeploy().map(keep -> more(keep, more)),
            rules.safety(),
            null,
            null);

    assertThat(staying(history.fates(history.sets, generous))).containsAll(before);
  }

  private static Keep more(Keep keep, int more) {
    return new Keep(
        keep.last() + more,
        keep.daily() + more,
        keep.weekly() + more,
        keep.monthly() + more,
        keep.yearly() + more);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsNeededNeverGoes(long seed) {
    var history = new History(seed);

    var needed =
        history.sets.stream()
            .filter(s -> s.holds().stream().anyMatch(h -> h.holdsAt(history.now)))
            .map(SetFacts::set)
            .toList();

    assertThat(history.staying()).containsAll(needed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theNewestGoodAndTheLastVerifiedNeverGo(long seed) {
    var history = new History(seed);
    var staying = history.staying();
    var good = history.sets.stream().filter(s -> s.bad().isEmpty()).toList();
    var restorable = good.stream().filter(s -> s.kind() != SetKind.SAFETY).toList();

    newest(good).ifPresent(s -> assertThat(staying).contains(s.set()));
    for (var held : List.of(Set.of("database"), Set.of("files"), Set.of("database", "files"))) {
      var whole = restorable.stream().filter(s -> s.components().containsAll(held)).toList();
      newest(whole).ifPresent(s -> assertThat(staying).contains(s.set()));
      newest(whole.stream().filter(SetFacts::verified).toList())
          .ifPresent(s -> assertThat(staying).contains(s.set()));
    }
    newest(restorable).ifPresent(s -> assertThat(staying).contains(s.set()));
    newest(restorable.stream().filter(SetFacts::verified).toList())
        .or(() -> newest(good.stream().filter(SetFacts::verified).toList()))
        .ifPresent(s -> assertThat(staying).contains(s.set()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noPruningLeavesNothing(long seed) {
    var history = new History(seed);
    var few = new ArrayList<SetFacts>();

    for (var set : history.sets) {
      few.add(set);
      assertThat(staying(history.fates(few, history.rules))).isNotEmpty();
      few.removeIf(s -> history.random.nextInt(4) == 0);
    }
  }

  /** Said a second time in other words: by counting, group by group. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theNewestOfEveryPeriodStaysAndNoOtherOneByItsRule(long seed) {
    var history = new History(seed);
    var zone = ZoneId.of(history.rules.timeZone());
    var expected = new HashSet<SetId>();
    history.sets.stream()
        .filter(s -> s.bad().isEmpty())
        .collect(Collectors.groupingBy(s -> List.of(s.kind(), s.schedule(), s.components())))
        .values()
        .forEach(group -> {
          var keep = history.rules.keep(group.getFirst().kind());
          group.stream()
              .sorted(
                  Comparator.comparing(SetFacts::recoveryPoint)
                      .thenComparing(SetFacts::set)
                      .reversed())
              .limit(keep.last())
              .forEach(s -> expected.add(s.set()));
          newestOfEach(group, zone, day -> day, keep.daily(), expected);
          newestOfEach(
              group,
              zone,
              day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
              keep.weekly(),
              expected);
          newestOfEach(
              group,
              zone,
              day -> day.with(TemporalAdjusters.firstDayOfMonth()),
              keep.monthly(),
              expected);
          newestOfEach(
              group,
              zone,
              day -> day.with(TemporalAdjusters.firstDayOfYear()),
              keep.yearly(),
              expected);
        });

    var byRule =
        history.fates().stream()
            .filter(SetFate::stays)
            .filter(f ->
                f.why().stream()
                    .anyMatch(w -> w.matches("(last \\d|daily|weekly|monthly|yearly) ?.*\\d")))
            .map(SetFate::set)
            .toList();

    assertThat(byRule).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void newestOfEach(
      List<SetFacts> group,
      ZoneId zone,
      Function<LocalDate, LocalDate> period,
      int kept,
      Set<SetId> expected) {
    group.stream()
        .collect(
            Collectors.groupingBy(s -> period.apply(LocalDate.ofInstant(s.recoveryPoint(), zone))))
        .entrySet()
        .stream()
        .sorted((a, b) -> b.getKey().compareTo(a.getKey()))
        .limit(kept)
        .forEach(entry -> expected.add(newest(entry.getValue()).orElseThrow().set()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyDayOfTheLastOnesHasItsNewestSet(long seed) {
    var history = new History(seed);
    var days = 1 + history.random.nextInt(30);
    var rules = history.retention(new Keep(0, days, 0, 0, 0));
    var zone = ZoneId.of(rules.timeZone());
    var today = LocalDate.ofInstant(history.now, zone);
    var staying = staying(history.fates(history.sets, rules));

    var manual =
        history.sets.stream()
            .filter(s -> s.kind() == SetKind.MANUAL && s.bad().isEmpty())
            .collect(Collectors.groupingBy(s -> LocalDate.ofInstant(s.recoveryPoint(), zone)));
    manual.forEach((day, sets) -> {
      if (day.isAfter(today.minusDays(days))) {
        assertThat(staying).contains(newest(sets).orElseThrow().set());
      }
    });
  }

  /** What a set goes in favour of is what keeps its removal from being a loss: it must stay. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aSetGoesOnlyInFavourOfGoodOnesThatStay(long seed) {
    var history = new History(seed);
    var staying = history.staying();
    var bad = history.sets.stream().filter(s -> s.bad().isPresent()).map(SetFacts::set).toList();
    var held = history.sets.stream().collect(Collectors.toMap(SetFacts::set, SetFacts::components));

    assertThat(history.fates())
        .filteredOn(fate -> !fate.stays())
        .allSatisfy(fate -> {
          assertThat(fate.inFavourOf()).isNotEmpty().doesNotContain(fate.set());
          assertThat(staying).containsAll(fate.inFavourOf());
          assertThat(fate.inFavourOf()).doesNotContainAnyElementsOf(bad);
          assertThat(fate.inFavourOf())
              .allMatch(other -> held.get(other).containsAll(held.get(fate.set())));
        });
  }

  /** A backup a night for years, pruned after each: what is there at the end is what was asked. */
  @ParameterizedTest
  @MethodSource("seeds")
  void nightsOfBackupAndPruneComeToWhatTheRulesSay(long seed) {
    var history = new History(seed);
    var keep = new Keep(0, 7, 4, 12, 3);
    var zone = ZONES.get(history.random.nextInt(ZONES.size()));
    var rules =
        new Retention(
            zone,
            keep,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null,
            null);
    List<SetFacts> store = new ArrayList<>();
    var night = history.sets.getFirst().recoveryPoint();
    for (int i = 0; i < 1500; i++) {
      night = night.plus(Duration.ofDays(1));
      store.add(
          new SetFacts(
              SetId.of(night, "mn"),
              SetKind.SCHEDULED,
              Optional.of("nightly"),
              Set.of("database"),
              night,
              new ByteSize(1),
              false,
              Optional.empty(),
              List.of()));
      var left = staying(history.fates(store, rules));
      store = new ArrayList<>(store.stream().filter(s -> left.contains(s.set())).toList());
    }

    var dates =
        store.stream()
            .map(s -> LocalDate.ofInstant(s.recoveryPoint(), ZoneId.of(zone)))
            .collect(Collectors.toCollection(TreeSet::new));
    // Apia lost a day once, so of two nights one day may be left
    assertThat(dates).hasSizeBetween(7 + 2 + 9, 7 + 4 + 12 + 3);
    assertThat(dates.stream().map(d -> d.getYear() * 100 + d.getMonthValue()).distinct())
        .hasSizeGreaterThanOrEqualTo(12);
    assertThat(dates.stream().map(LocalDate::getYear).distinct()).hasSizeGreaterThanOrEqualTo(3);
  }
}
