package dev.resurge.activities.component.postgres;

/**
 * One table of the protected database.
 *
 * @param partitioned whether it only stands for its partitions and holds no rows itself
 * @param ofExtension whether an extension made it and dumps what of it is to be dumped
 * @param bytes of its rows with what is stored aside; 0 where they were not asked for
 * @param estimatedRows the planner's idea; negative if it has none
 */
record Table(
    long oid,
    String schema,
    String name,
    boolean partitioned,
    boolean ofExtension,
    long bytes,
    long estimatedRows) {
  /** As SQL and pg_dump's patterns take it. */
  String quoted() {
    return Quoting.qualified(schema, name);
  }

  /** Whether its rows are ours to count and to deal over streams. */
  boolean counted() {
    return !partitioned && !ofExtension;
  }

  /** The fingerprint's key: {@code rows public.document}. */
  String measure() {
    return RowCounter.ROWS + Quoting.displayed(schema, name);
  }
}
