package dev.resurge.activities.component.postgres.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a database holds. Unchangeable: what holds one has a snapshot. Two that are equal are the
 * same data.
 *
 * @param tables by {@link ModelTable#key}
 * @param sequences name to last value
 */
public record Contents(SortedMap<String, ModelTable> tables, SortedMap<String, Long> sequences) {
  /** A fresh database's. */
  public static final Contents EMPTY = new Contents(new TreeMap<>(), new TreeMap<>());

  private static final long FRESH = 7_500_000;

  public Contents {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
  }

  /** With these tables. */
  public static Contents of(ModelTable... tables) {
    var contents = EMPTY;
    for (var table : tables) {
      contents = contents.with(table);
    }
    return contents;
  }

  /** The same with that table, in place of one of that name. */
  public Contents with(ModelTable table) {
    var more = new TreeMap<>(tables);
    more.put(table.key(), table);
    return new Contents(more, sequences);
  }

  /** The same without that table. */
  public Contents without(String key) {
    var fewer = new TreeMap<>(tables);
    fewer.remove(key);
    return new Contents(fewer, sequences);
  }

  /** The same with a sequence at that value. */
  public Contents withSequence(String name, long value) {
    var more = new TreeMap<>(sequences);
    more.put(name, value);
    return new Contents(tables, more);
  }

  /** The same with a row more in a table, which must be there. */
  public Contents withRow(String table, String... row) {
    return change(table, t -> t.with(row));
  }

  /** The same with one table changed, which must be there. */
  public Contents change(String table, UnaryOperator<ModelTable> change) {
    return with(
        change.apply(
            table(table).orElseThrow(() -> new IllegalArgumentException("no table " + table))));
  }

  /** A table by {@code public.note}, or {@code note} for one in the schema public. */
  public Optional<ModelTable> table(String name) {
    return Optional.ofNullable(tables.get(name))
        .or(() -> Optional.ofNullable(tables.get("public." + name)));
  }

  /** A table's rows; none if there is no such table. */
  public List<List<String>> rows(String table) {
    return table(table).map(ModelTable::rows).orElse(List.of());
  }

  /** How many rows each table holds. */
  public Map<String, Integer> counts() {
    var counts = new TreeMap<String, Integer>();
    tables.forEach((key, table) -> counts.put(key, table.rows().size()));
    return counts;
  }

  boolean isEmpty() {
    return tables.isEmpty() && sequences.isEmpty();
  }

  long bytes() {
    return FRESH + tables.values().stream().mapToLong(ModelTable::bytes).sum();
  }
}
