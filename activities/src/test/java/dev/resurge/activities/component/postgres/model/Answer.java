package dev.resurge.activities.component.postgres.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a statement answers.
 *
 * @param columns 0 if it is no query
 * @param rows their values, null among them, as SQL has it
 */
record Answer(int columns, List<Object[]> rows) {
  static final Answer DONE = new Answer(0, List.of());

  boolean isQuery() {
    return columns > 0;
  }

  /** No row. */
  static Answer none(int columns) {
    return new Answer(columns, List.of());
  }

  /** One row. */
  static Answer row(Object... values) {
    var rows = new ArrayList<Object[]>();
    rows.add(values);
    return new Answer(values.length, rows);
  }

  /** So many rows. */
  static Answer of(int columns, List<Object[]> rows) {
    return new Answer(columns, rows);
  }

  /** One column. */
  static Answer texts(List<String> values) {
    return new Answer(1, values.stream().map(v -> new Object[] {v}).toList());
  }
}
