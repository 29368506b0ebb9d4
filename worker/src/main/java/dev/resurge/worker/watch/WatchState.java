package dev.resurge.worker.watch;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How all systems of the installation's folder stand.
 *
 * @param systems by name; one that was not looked at yet is missing
 * @param awaited those of the folder that were not looked at yet
 */
public record WatchState(SortedMap<String, SystemState> systems, Set<String> awaited) {
  static final WatchState NOTHING_SEEN = new WatchState(new TreeMap<>(), Set.of());

  public WatchState {
    systems = Collections.unmodifiableSortedMap(new TreeMap<>(systems));
    awaited = Collections.unmodifiableSet(new TreeSet<>(awaited));
  }

  /** One system, if it was looked at. */
  public Optional<SystemState> of(String system) {
    return Optional.ofNullable(systems.get(system));
  }

  /** These are in the folder now; those of them that were never looked at are awaited. */
  WatchState awaiting(Collection<String> folder) {
    return new WatchState(
        systems,
        folder.stream()
            .filter(system -> !systems.containsKey(system))
            .collect(Collectors.toUnmodifiableSet()));
  }

  WatchState with(SystemState state) {
    var more = new TreeMap<>(systems);
    more.put(state.system(), state);
    return new WatchState(more, Set.of()).awaiting(awaited);
  }

  WatchState without(String system) {
    var fewer = new TreeMap<>(systems);
    fewer.remove(system);
    return new WatchState(fewer, awaited);
  }
}
