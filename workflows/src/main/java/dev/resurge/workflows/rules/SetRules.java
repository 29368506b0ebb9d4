package dev.resurge.workflows.rules;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Retention;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.VerifySettings;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Guide 003's rules about the sets there are, each with its severity: is there one of today, can
 * they be believed, have they suddenly another size, are there too many, is one suspiciously small.
 * Depends on nothing but what it is told.
 */
public final class SetRules {
  private static final Duration DAY = Duration.ofDays(1);

  private final Runbook runbook;
  private final VerifySettings limits;
  private final ZoneId zone;

  /** The rules with a runbook's limits. */
  public SetRules(Runbook runbook) {
    this.runbook = runbook;
    this.limits = runbook.spec().verify();
    this.zone =
        limits
            .timeZone()
            .map(ZoneId::of)
            .orElseGet(
                () -> runbook.spec().retention().map(Retention::zone).orElse(ZoneOffset.UTC));
  }

  /** Every rule that applies, broken or not. */
  public List<CheckResult> judge(StoreFacts facts, Instant now) {
    var results = new ArrayList<CheckResult>();
    ofToday(facts.newest(), now).ifPresent(results::add);
    withinObjective(facts.newest(), now).ifPresent(results::add);
    results.add(believed(facts));
    results.add(count(facts));
    facts
        .chosen()
        .ifPresent(chosen -> {
          results.addAll(amounts(chosen));
          facts.previous().ifPresent(before -> results.addAll(changes(chosen, before)));
        });
    return List.copyOf(results);
  }

  /** How each component's size differs from that in the set before. */
  public List<CheckResult> changes(SetSizes now, SetSizes before) {
    return now.parts().stream()
        .flatMap(part -> before.part(part.component()).map(old -> change(part, old)).stream())
        .toList();
  }

  /** Who is content with data older than a day asks for none of today. */
  private Optional<CheckResult> ofToday(Optional<SetSizes> newest, Instant now) {
    if (runbook.spec().objectives().rpo().filter(rpo -> rpo.compareTo(DAY) > 0).isPresent()) {
      return Optional.empty();
    }
    var wanted = wantedDay(now);
    return Optional.of(
        store(
            "a set of today",
            Severity.CRITICAL,
            newest.filter(set -> !day(set.recoveryPoint()).isBefore(wanted)).isPresent(),
            "data of " + wanted + " (" + zone + ") or later",
            newest.map(this::describe).orElse("there is no good set")));
  }

  private LocalDate wantedDay(Instant now) {
    var today = day(now);
    var sinceMidnight = Duration.between(today.atStartOfDay(zone).toInstant(), now);
    return sinceMidnight.compareTo(limits.todayBy()) < 0 ? today.minusDays(1) : today;
  }

  private LocalDate day(Instant moment) {
    return moment.atZone(zone).toLocalDate();
  }

  private String describe(SetSizes set) {
    return "set "
        + set.set()
        + " of "
        + set.recoveryPoint().truncatedTo(ChronoUnit.SECONDS)
        + ", which is "
        + day(set.recoveryPoint())
        + " there";
  }

  private Optional<CheckResult> withinObjective(Optional<SetSizes> newest, Instant now) {
    return runbook
        .spec()
        .objectives()
        .rpo()
        .map(rpo -> {
          var age = newest.map(set -> Duration.between(set.recoveryPoint(), now));
          return store(
              "recovery point within its objective",
              Severity.CRITICAL,
              age.filter(a -> a.compareTo(rpo) <= 0).isPresent(),
              "data at most " + Durations.human(rpo) + " old",
              age.map(a -> "set " + newest.orElseThrow().set() + ", " + Durations.human(a) + " old")
                  .orElse("there is no good set"));
        });
  }

  /**
   * What is not believed stays a matter until a person has looked. A set that was marked bad is one
   * only until a good one follows it.
   */
  private CheckResult believed(StoreFacts facts) {
    var serious =
        facts.suspects().stream().filter(s -> !s.believed() || isNewer(s, facts)).toList();
    var suspects = facts.suspects().size();
    return store(
        "no set is corrupt or forged",
        Severity.CRITICAL,
        serious.isEmpty(),
        "every set signed, and the newest whole",
        serious.isEmpty()
            ? "all are" + (suspects == 0 ? "" : "; " + suspects + " older marked bad")
            : serious.stream()
                .map(s -> s.set() + ": " + s.why())
                .collect(Collectors.joining("; ")));
  }

  private static boolean isNewer(StoreFacts.Suspect suspect, StoreFacts facts) {
    return facts.newest().filter(good -> good.set().compareTo(suspect.set()) > 0).isEmpty();
  }

  private CheckResult count(StoreFacts facts) {
    var over = facts.overRetention().filter(any -> limits.mostSets().isEmpty());
    int most = limits.mostSets().orElse(VerifySettings.MOST_SETS);
    var few = over.map(none -> none == 0).orElse(facts.sets() <= most);
    return store(
        "number of sets",
        Severity.MEDIUM,
        few,
        over.isPresent() ? "none that retention does not keep" : "at most " + most,
        facts.sets()
            + over.filter(some -> some > 0).map(some -> ", " + some + " over retention").orElse("")
            + (few ? "" : "; is anything pruned?"));
  }

  private List<CheckResult> amounts(SetSizes chosen) {
    return runbook.spec().components().stream()
        .flatMap(component -> chosen.part(component.name()).stream().map(p -> amount(component, p)))
        .toList();
  }

  private CheckResult amount(Component component, SetSizes.Part part) {
    var least = limits.least(component);
    var enough = part.stored().compareTo(least) >= 0;
    return of(
        component.name() + " is not suspiciously small",
        "set",
        Severity.HIGH,
        enough,
        "stored in at least " + least,
        part.stored() + (enough ? "" : "; likely empty or broken"));
  }

  /** In whole numbers: a change of exactly the limit is allowed. */
  private CheckResult change(SetSizes.Part now, SetSizes.Part before) {
    var shrunk = compare(now.raw(), before.raw(), 100 - limits.mayShrinkBy()) < 0;
    var grown =
        before.raw().bytes() > 0 && compare(now.raw(), before.raw(), 100 + limits.mayGrowBy()) > 0;
    return of(
        "size of " + now.component(),
        "set",
        grown ? Severity.LOW : Severity.HIGH,
        !shrunk && !grown,
        "between -"
            + limits.mayShrinkBy()
            + " % and +"
            + limits.mayGrowBy()
            + " % of the set before",
        words(now.raw(), before.raw()) + (shrunk ? "; is data missing?" : ""));
  }

  /** Compares with so many per cent of what there was before. */
  private static int compare(ByteSize now, ByteSize before, int percent) {
    return big(now.bytes())
        .multiply(big(100))
        .compareTo(big(before.bytes()).multiply(big(percent)));
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static String words(ByteSize now, ByteSize before) {
    var change =
        before.bytes() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " (%+.0f %%)",
                100.0 * (now.bytes() - before.bytes()) / before.bytes());
    return now.human() + " instead of " + before.human() + change;
  }

  /** The broken ones in lines, the gravest first. */
  public static List<String> broken(List<CheckResult> results) {
    return Stream.of(Severity.values())
        .flatMap(severity ->
            results.stream()
                .filter(
                    result -> !result.passed() && result.severity().equals(Optional.of(severity)))
                .map(result -> severity.id() + ": " + result.check() + ": " + result.actual()))
        .toList();
  }

  private static CheckResult store(
      String rule, Severity severity, boolean passed, String expected, String actual) {
    return of(rule, "store", severity, passed, expected, actual);
  }

  private static CheckResult of(
      String rule, String of, Severity severity, boolean passed, String expected, String actual) {
    return new CheckResult(
        rule, of, passed, expected, actual, Duration.ZERO, Optional.empty(), Optional.of(severity));
  }
}
