package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much of a runbook a run is about, and where it puts it: all of it in its own place, unless it
 * says otherwise.
 *
 * @param only the components; empty means all, or those of {@code to}
 * @param to component to the database or directory that is meant: where it is another one than the
 *     runbook's, nothing of the live system is touched; where it is the runbook's own, it may hold
 *     data that is no heir of what the set was captured from
 * @param tables tables of one database, brought into a schema beside the live ones
 * @param paths globs of files of one directory
 * @param store where the sets are, if that is not what the runbook says
 */
public record Scope(
    List<String> only,
    Map<String, String> to,
    List<String> tables,
    List<String> paths,
    Optional<String> store) {
  /** All of it in its own place. */
  public static final Scope WHOLE = new Scope(List.of(), Map.of(), List.of(), List.of());

  /** From the runbook's own store. */
  public Scope(List<String> only, Map<String, String> to, List<String> tables, List<String> paths) {
    this(only, to, tables, paths, Optional.empty());
  }

  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  @JsonCreator
  public Scope {
    store = store == null ? Optional.empty() : store;
    only = only == null ? List.of() : List.copyOf(only);
    to = to == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(to));
    tables = tables == null ? List.of() : List.copyOf(tables);
    paths = paths == null ? List.of() : List.copyOf(paths);
  }

  /** All of it in its own place, read from that store. */
  public static Scope wholeFrom(Optional<String> store) {
    return WHOLE.from(store);
  }

  /** The same, read from that store; from the runbook's own if it is empty. */
  public Scope from(Optional<String> otherStore) {
    return new Scope(only, to, tables, paths, otherStore);
  }

  /** Whether single tables or files are brought back rather than components. */
  @JsonIgnore
  public boolean partial() {
    return !tables.isEmpty() || !paths.isEmpty();
  }
}
