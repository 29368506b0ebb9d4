package dev.resurge.workflows.retention;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.runbook.Keep;
import dev.resurge.workflows.runbook.Retention;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which sets stay: by the rules of each group (grandfather, father, son), and whatever the
 * rules say those that must never go. Depends on nothing but what it is told, so that the same
 * facts give the same answer, and an answer that was carried out gives the same once more.
 */
public final class RetentionPolicy {
  private final Optional<Retention> rules;
  private final Map<String, Keep> schedules;

  /**
   * Decides by these rules.
   *
   * @param rules empty if the runbook has none: then every set stays
   * @param schedules what stays of the schedules that say so themselves
   */
  public RetentionPolicy(Optional<Retention> rules, Map<String, Keep> schedules) {
    this.rules = rules;
    this.schedules = Map.copyOf(schedules);
  }

  /** Decides by a runbook's rules. */
  public static RetentionPolicy of(Runbook runbook) {
    return new RetentionPolicy(runbook.spec().retention(), runbook.spec().keptBySchedule());
  }

  /** What becomes of each set, newest first. */
  public List<SetFate> decide(List<SetFacts> sets, List<UnbelievedSet> unbelieved, Instant now) {
    var guards = guards(sets, now);
    var groups = rules.map(r -> groups(r, sets)).orElse(Map.<SetFacts.Group, GroupRules>of());
    var fates = new ArrayList<SetFate>();
    sets.forEach(set ->
        fates.add(
            fate(set, Optional.ofNullable(groups.get(set.group())), guards.get(set.components()))));
    unbelieved.forEach(set -> fates.add(reported(set)));
    fates.sort(Comparator.comparing(SetFate::set).reversed());
    return List.copyOf(fates);
  }

  /**
   * What must never go, for each choice of components: a newer set stands in for an older one only
   * if it holds whatever that does.
   */
  private static Map<Set<String>, Guards> guards(List<SetFacts> sets, Instant now) {
    return sets.stream()
        .map(SetFacts::components)
        .distinct()
        .collect(
            Collectors.toMap(
                Function.identity(),
                held -> Guards.of(sets.stream().filter(set -> set.covers(held)).toList(), now)));
  }

  private Map<SetFacts.Group, GroupRules> groups(Retention rules, List<SetFacts> sets) {
    return sets.stream().collect(Collectors.groupingBy(SetFacts::group)).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                group ->
                    new GroupRules(keep(rules, group.getKey()), rules.zone(), group.getValue())));
  }

  private Keep keep(Retention rules, SetFacts.Group group) {
    return group
        .schedule()
        .flatMap(name -> Optional.ofNullable(schedules.get(name)))
        .orElseGet(() -> rules.keep(group.kind()));
  }

  private static SetFate fate(SetFacts set, Optional<GroupRules> group, Guards guards) {
    if (group.isEmpty()) {
      var why = List.of("the runbook has no retention: every set stays");
      return fate(set, true, why, List.of());
    }
    var keeping = new ArrayList<>(guards.keeping(set));
    keeping.addAll(group.get().keeping(set));
    if (!keeping.isEmpty()) {
      set.bad().map(SetFacts::badWords).ifPresent(keeping::add);
      return fate(set, true, keeping, List.of());
    }
    var inFavourOf =
        Stream.concat(guards.all(), group.get().rivals(set)).distinct().sorted().toList();
    return fate(set, false, group.get().passing(set), inFavourOf);
  }

  private static SetFate fate(
      SetFacts set, boolean stays, List<String> why, List<SetId> inFavourOf) {
    return new SetFate(
        set.set(),
        stays,
        set.group().describe(),
        Optional.of(set.recoveryPoint()),
        set.stored(),
        why,
        inFavourOf);
  }

  /** Who forged it may want it gone, and who lost a key may find it again: a person decides. */
  private static SetFate reported(UnbelievedSet set) {
    return new SetFate(
        set.set(),
        true,
        "not believed",
        Optional.empty(),
        new ByteSize(0),
        List.of("only a person removes what is not believed: " + set.why()),
        List.of());
  }

  /**
   * The sets that stay whatever the rules say.
   *
   * @param newest the newest good set; empty if there is none
   * @param latest the newest good one that is not of kind safety: what a restore takes unasked
   * @param verified the newest good one that was proved, one that a restore would take first
   * @param last the newest, if none is good
   */
  private record Guards(
      Optional<SetFacts> newest,
      Optional<SetFacts> latest,
      Optional<SetFacts> verified,
      Optional<SetFacts> last,
      Instant now) {
    static Guards of(List<SetFacts> sets, Instant now) {
      var newest = newest(sets, SetFacts::good);
      Predicate<SetFacts> restorable = set -> set.good() && set.kind() != SetKind.SAFETY;
      Predicate<SetFacts> proved = set -> set.good() && set.verified();
      return new Guards(
          newest,
          newest(sets, restorable),
          newest(sets, restorable.and(proved)).or(() -> newest(sets, proved)),
          newest.isPresent() ? Optional.empty() : newest(sets, set -> true),
          now);
    }

    private static Optional<SetFacts> newest(List<SetFacts> sets, Predicate<SetFacts> wanted) {
      return sets.stream().filter(wanted).min(SetFacts.NEWEST_FIRST);
    }

    List<String> keeping(SetFacts set) {
      var reasons = new ArrayList<String>();
      set.holds().stream()
          .filter(hold -> hold.holdsAt(now))
          .map(Hold::describe)
          .forEach(reasons::add);
      if (is(newest, set) || is(latest, set)) {
        reasons.add(is(latest, set) ? "the latest good set" : "the newest good set");
      }
      if (is(verified, set)) {
        reasons.add("the last verified set");
      }
      if (is(last, set)) {
        reasons.add("no set is good, and it is the newest");
      }
      if (newest.isPresent() && !set.good() && newerThan(set, newest.get())) {
        reasons.add("newer than every good set");
      }
      return reasons;
    }

    Stream<SetId> all() {
      return Stream.of(newest, latest, verified).flatMap(Optional::stream).map(SetFacts::set);
    }

    private static boolean is(Optional<SetFacts> guard, SetFacts set) {
      return guard.filter(set::equals).isPresent();
    }

    private static boolean newerThan(SetFacts set, SetFacts other) {
      return SetFacts.NEWEST_FIRST.compare(set, other) < 0;
    }
  }
}
