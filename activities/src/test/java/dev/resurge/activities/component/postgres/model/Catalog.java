package dev.resurge.activities.component.postgres.model;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all databases of a server share. Unchangeable: a transaction's changes are functions of it.
 *
 * @param databases by number
 * @param roles by name
 */
record Catalog(SortedMap<Long, ModelDatabase> databases, SortedMap<String, ModelRole> roles) {
  Catalog {
    databases = Collections.unmodifiableSortedMap(new TreeMap<>(databases));
    roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
  }

  static Catalog fresh() {
    var superuser =
        ModelRole.of(
            ModelServer.SUPERUSER, "SUPERUSER LOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS");
    return new Catalog(
        new TreeMap<>(
            Map.of(
                1L,
                ModelDatabase.fresh(1, "template1", ModelServer.SUPERUSER).template(true),
                4L,
                ModelDatabase.fresh(4, "template0", ModelServer.SUPERUSER)
                    .template(true)
                    .allowing(false),
                5L,
                ModelDatabase.fresh(5, ModelServer.MAINTENANCE, ModelServer.SUPERUSER))),
        new TreeMap<>(Map.of(superuser.name(), superuser)));
  }

  /** By name, in their order. */
  Collection<ModelDatabase> byName() {
    var sorted = new TreeMap<String, ModelDatabase>();
    databases.values().forEach(d -> sorted.put(d.name(), d));
    return sorted.values();
  }

  Optional<ModelDatabase> find(String name) {
    return databases.values().stream().filter(d -> d.name().equals(name)).findFirst();
  }

  Catalog with(ModelDatabase database) {
    var more = new TreeMap<>(databases);
    more.put(database.oid(), database);
    return new Catalog(more, roles);
  }

  Catalog without(long oid) {
    var fewer = new TreeMap<>(databases);
    fewer.remove(oid);
    return new Catalog(fewer, roles);
  }

  Catalog with(ModelRole role) {
    var more = new TreeMap<>(roles);
    more.put(role.name(), role);
    return new Catalog(databases, more);
  }

  Catalog withoutRole(String role) {
    var fewer = new TreeMap<>(roles);
    fewer.remove(role);
    return new Catalog(databases, fewer);
  }

  boolean isSuperuser(String role) {
    return Optional.ofNullable(roles.get(role)).filter(r -> r.is("SUPERUSER")).isPresent();
  }

  /** A role and all that it is a member of. */
  Set<String> rolesOf(String role) {
    var all = new HashSet<String>();
    collect(role, all);
    return all;
  }

  private void collect(String role, Set<String> all) {
    if (all.add(role)) {
      Optional.ofNullable(roles.get(role))
          .ifPresent(r -> r.memberOf().forEach(g -> collect(g, all)));
    }
  }
}
