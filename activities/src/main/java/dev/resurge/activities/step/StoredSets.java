package dev.resurge.activities.step;

import dev.resurge.activities.store.SetEntry;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.rules.SetSizes;
import dev.resurge.workflows.rules.StoreFacts;
import dev.resurge.workflows.rules.StoreFacts.Suspect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The committed sets of a system, as rules and comparisons see them; looked up once. */
final class StoredSets {
  private static final String MARKED = "marked bad: ";

  private final Workbench bench;
  private final List<SetEntry> newestFirst;

  StoredSets(Workbench bench) {
    this.bench = bench;
    this.newestFirst = bench.sets().list(bench.site().trust());
  }

  StoreFacts facts(Optional<SetId> about, Optional<Integer> overRetention) {
    return new StoreFacts(
        good()
            .filter(s -> s.holds(bench.runbook().componentNames()))
            .findFirst()
            .map(s -> sizes(s.set())),
        about.map(this::sizes),
        about.flatMap(this::before),
        Math.toIntExact(ordinary().count()),
        overRetention,
        newestFirst.stream().flatMap(entry -> suspect(entry).stream()).toList());
  }

  /** The newest good set that is older than that one, holds what it holds and is no safety set. */
  Optional<SetSizes> before(SetId set) {
    var held = held(set);
    return good()
        .filter(s -> s.set().compareTo(set) < 0)
        .filter(s -> s.holds(held))
        .findFirst()
        .map(s -> sizes(s.set()));
  }

  /** What a set holds; nothing of one that is not believed. */
  private List<String> held(SetId set) {
    return newestFirst.stream()
        .filter(entry -> entry.set().equals(set))
        .flatMap(entry -> entry.summary().stream())
        .flatMap(summary -> summary.components().stream())
        .toList();
  }

  /** Those that may be relied on, newest first; safety sets left out. */
  Stream<SetSummary> good() {
    return newestFirst.stream()
        .filter(entry -> entry.badReason().isEmpty())
        .flatMap(entry -> entry.summary().stream())
        .filter(s -> s.kind() != SetKind.SAFETY);
  }

  private Stream<SetSummary> ordinary() {
    return newestFirst.stream()
        .flatMap(entry -> entry.summary().stream())
        .filter(s -> s.kind() != SetKind.SAFETY);
  }

  private SetSizes sizes(SetId set) {
    return SetSizes.of(bench.manifest(set).manifest());
  }

  private static Optional<Suspect> suspect(SetEntry entry) {
    return entry
        .unreadable()
        .map(why -> new Suspect(entry.set(), false, why.type().id() + ": " + why.message()))
        .or(() -> entry.badReason().map(why -> new Suspect(entry.set(), true, MARKED + why)));
  }
}
