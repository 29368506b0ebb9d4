package dev.resurge.workflows.retention;

import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.runbook.Keep;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the rules say of the sets of one group: the newest few, and the newest of each of so many
 * days, weeks, months and years. Only good sets count.
 */
final class GroupRules {
  private final Keep keep;
  private final ZoneId zone;
  private final List<SetFacts> good;
  private final Map<SetId, Integer> ranks = new HashMap<>();
  private final Map<Period, Map<LocalDate, SetId>> newest = new EnumMap<>(Period.class);

  GroupRules(Keep keep, ZoneId zone, List<SetFacts> members) {
    this.keep = keep;
    this.zone = zone;
    this.good = members.stream().filter(SetFacts::good).sorted(SetFacts.NEWEST_FIRST).toList();
    good.forEach(each -> ranks.put(each.set(), ranks.size() + 1));
    for (var period : Period.values()) {
      newest.put(period, newest(period));
    }
  }

  /** The newest set of each of the newest periods that have one. */
  private Map<LocalDate, SetId> newest(Period period) {
    var all = new TreeMap<LocalDate, SetId>(Comparator.reverseOrder());
    good.forEach(each -> all.putIfAbsent(period.begin(each.recoveryPoint(), zone), each.set()));
    var kept = new TreeMap<LocalDate, SetId>();
    all.entrySet().stream()
        .limit(period.kept(keep))
        .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
    return kept;
  }

  /** The rules by which the set stays, such as {@code daily 2026-11-20}. */
  List<String> keeping(SetFacts set) {
    var rules = new ArrayList<String>();
    rank(set)
        .filter(rank -> rank <= keep.last())
        .ifPresent(rank -> rules.add("last " + rank + " of " + keep.last()));
    for (var period : Period.values()) {
      var begin = period.begin(set.recoveryPoint(), zone);
      if (set.set().equals(newest.get(period).get(begin))) {
        rules.add(period.rule() + " " + period.name(begin));
      }
    }
    return rules;
  }

  /** Why no rule keeps it, rule by rule. */
  List<String> passing(SetFacts set) {
    if (set.bad().isPresent()) {
      return List.of(SetFacts.badWords(set.bad().get()));
    }
    var reasons = new ArrayList<String>();
    if (keep.last() > 0) {
      var rank = rank(set).orElseThrow();
      reasons.add("last: number " + rank + " of its group, " + keep.last() + " stay");
    }
    for (var period : Period.values()) {
      if (period.kept(keep) > 0) {
        reasons.add(passing(set, period));
      }
    }
    return reasons;
  }

  private String passing(SetFacts set, Period period) {
    var begin = period.begin(set.recoveryPoint(), zone);
    return rival(set, period)
        .map(rival -> period.rule() + ": " + rival + " is newer in " + period.name(begin))
        .orElseGet(() ->
            period.rule()
                + ": "
                + period.name(begin)
                + " is not among the "
                + period.kept(keep)
                + " newest "
                + period.plural());
  }

  /** The sets that stay in the periods that it is in. */
  Stream<SetId> rivals(SetFacts set) {
    return Stream.of(Period.values()).flatMap(period -> rival(set, period).stream());
  }

  private Optional<SetId> rival(SetFacts set, Period period) {
    return Optional.ofNullable(newest.get(period).get(period.begin(set.recoveryPoint(), zone)));
  }

  /** 1 for the newest good one; empty for a bad one. */
  private Optional<Integer> rank(SetFacts set) {
    return Optional.ofNullable(ranks.get(set.set()));
  }
}
