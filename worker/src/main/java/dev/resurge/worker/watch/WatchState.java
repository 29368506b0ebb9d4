package dev.resurge.worker.watch;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How all systems of the installation's folder stand.
 *
 * @param systems by name; one that was not looked at yet is missing
 */
public record WatchState(SortedMap<String, SystemState> systems) {
  static final WatchState NOTHING_SEEN = new WatchState(new TreeMap<>());

  public WatchState {
    systems = Collections.unmodifiableSortedMap(new TreeMap<>(systems));
  }

  /** One system, if it was looked at. */
  public Optional<SystemState> of(String system) {
    return Optional.ofNullable(systems.get(system));
  }

  WatchState with(SystemState state) {
    var more = new TreeMap<>(systems);
    more.put(state.system(), state);
    return new WatchState(more);
  }

  WatchState without(String system) {
    var fewer = new TreeMap<>(systems);
    fewer.remove(system);
    return new WatchState(fewer);
  }
}
