package dev.resurge.activities.component.postgres.model;

import java.util.HashMap;
import java.util.Map;

/**
 * All that is on a server's disks. Unchangeable.
 *
 * @param contents by database number
 */
record State(Catalog catalog, Map<Long, Contents> contents) {
  State {
    contents = Map.copyOf(contents);
  }

  static State fresh() {
    return new State(Catalog.fresh(), Map.of());
  }

  State with(Catalog other) {
    return new State(other, contents);
  }

  /** The same with other contents of a database. */
  State holding(long database, Contents others) {
    var all = new HashMap<>(contents);
    all.put(database, others);
    return new State(catalog, all);
  }

  /** The same without what a database held. */
  State without(long database) {
    var fewer = new HashMap<>(contents);
    fewer.remove(database);
    return new State(catalog, fewer);
  }

  Contents of(long database) {
    return contents.getOrDefault(database, Contents.EMPTY);
  }
}
