package dev.resurge.activities.component.postgres.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with its rows.
 *
 * @param rows each has a value for every column
 * @param indexes names, of which nothing is known but that they come after the rows
 * @param foreignKeys names of constraints, likewise
 * @param bytes what the server says it takes; from 1 MiB on a capture deals it to another stream
 */
public record ModelTable(
    String schema,
    String name,
    String owner,
    List<String> columns,
    List<List<String>> rows,
    List<String> indexes,
    List<String> foreignKeys,
    long bytes) {
  private static final long PAGE = 8192;

  public ModelTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
  }

  /** An empty table of the superuser's in the schema {@code public}, with an index. */
  public static ModelTable of(String name, String... columns) {
    return new ModelTable(
        "public",
        name,
        ModelServer.SUPERUSER,
        List.of(columns),
        List.of(),
        List.of(name + "_pkey"),
        List.of(),
        PAGE);
  }

  /** The same with one row more. */
  public ModelTable with(String... row) {
    if (row.length != columns.size()) {
      throw new IllegalArgumentException(
          key() + " has the columns " + columns + ", the row is " + List.of(row));
    }
    var more = new ArrayList<>(rows);
    more.add(List.of(row));
    return withRows(more);
  }

  /** The same with other rows. */
  public ModelTable withRows(List<List<String>> others) {
    return new ModelTable(schema, name, owner, columns, others, indexes, foreignKeys, bytes);
  }

  /** The same, which the server says takes so much. */
  public ModelTable taking(long said) {
    return new ModelTable(schema, name, owner, columns, rows, indexes, foreignKeys, said);
  }

  /** The same with a foreign key more. */
  public ModelTable referring(String constraint) {
    var more = new ArrayList<>(foreignKeys);
    more.add(constraint);
    return new ModelTable(schema, name, owner, columns, rows, indexes, more, bytes);
  }

  /** As it is before rows and indexes are there. */
  ModelTable bare() {
    return new ModelTable(schema, name, owner, columns, List.of(), List.of(), List.of(), bytes);
  }

  /** The same with its own rows and another's indexes and constraints. */
  ModelTable finishedAs(ModelTable other) {
    return new ModelTable(
        schema, name, owner, columns, rows, other.indexes, other.foreignKeys, bytes);
  }

  /** {@code public.note}. */
  public String key() {
    return schema + "." + name;
  }

  /** The same for a table of that name in any database, and no other's. */
  long oid() {
    return ModelServer.FIRST_USER_OID + Integer.toUnsignedLong(key().hashCode());
  }
}
