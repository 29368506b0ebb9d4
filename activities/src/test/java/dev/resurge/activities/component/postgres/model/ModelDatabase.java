package dev.resurge.activities.component.postgres.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database's entry in the server's catalogs.
 *
 * @param grants empty as long as nobody granted or revoked anything, which means the defaults
 * @param settings what sessions in it start with, in the order in which they were set first
 */
public record ModelDatabase(
    long oid,
    String name,
    String owner,
    boolean allowsConnections,
    boolean template,
    int connectionLimit,
    Optional<String> comment,
    Optional<Grants> grants,
    List<Setting> settings) {
  public ModelDatabase {
    settings = List.copyOf(settings);
  }

  /**
   * One setting.
   *
   * @param role whose sessions; empty for everybody's
   */
  public record Setting(Optional<String> role, String name, String value) {}

  static ModelDatabase fresh(long oid, String name, String owner) {
    return new ModelDatabase(
        oid, name, owner, true, false, -1, Optional.empty(), Optional.empty(), List.of());
  }

  /** Who may do what, the defaults written out. */
  Grants acl() {
    return grants.orElseGet(() -> Grants.byDefault(owner));
  }

  /** The value of a setting for everybody. */
  public Optional<String> setting(String wanted) {
    return settings.stream()
        .filter(s -> s.role().isEmpty() && s.name().equals(wanted))
        .map(Setting::value)
        .findFirst();
  }

  ModelDatabase renamed(String other) {
    return new ModelDatabase(
        oid, other, owner, allowsConnections, template, connectionLimit, comment, grants, settings);
  }

  ModelDatabase allowing(boolean allows) {
    return new ModelDatabase(
        oid, name, owner, allows, template, connectionLimit, comment, grants, settings);
  }

  ModelDatabase template(boolean is) {
    return new ModelDatabase(
        oid, name, owner, allowsConnections, is, connectionLimit, comment, grants, settings);
  }

  ModelDatabase limited(int limit) {
    return new ModelDatabase(
        oid, name, owner, allowsConnections, template, limit, comment, grants, settings);
  }

  ModelDatabase commented(String text) {
    return new ModelDatabase(
        oid,
        name,
        owner,
        allowsConnections,
        template,
        connectionLimit,
        Optional.of(text),
        grants,
        settings);
  }

  ModelDatabase granting(Grants others) {
    return new ModelDatabase(
        oid,
        name,
        owner,
        allowsConnections,
        template,
        connectionLimit,
        comment,
        Optional.of(others),
        settings);
  }

  ModelDatabase ownedBy(String other) {
    return new ModelDatabase(
        oid,
        name,
        other,
        allowsConnections,
        template,
        connectionLimit,
        comment,
        grants.map(g -> g.ownedBy(owner, other)),
        settings);
  }

  ModelDatabase set(Setting setting) {
    var all = new ArrayList<>(settings);
    for (int n = 0; n < all.size(); n++) {
      if (isSame(all.get(n), setting)) {
        all.set(n, setting);
        return with(all);
      }
    }
    all.add(setting);
    return with(all);
  }

  ModelDatabase reset(String setting) {
    return with(
        settings.stream().filter(s -> s.role().isPresent() || !s.name().equals(setting)).toList());
  }

  /** What its own row in the catalog holds. */
  ModelDatabase withoutSettings() {
    return with(List.of());
  }

  private static boolean isSame(Setting one, Setting other) {
    return one.role().equals(other.role()) && one.name().equals(other.name());
  }

  private ModelDatabase with(List<Setting> others) {
    return new ModelDatabase(
        oid, name, owner, allowsConnections, template, connectionLimit, comment, grants, others);
  }
}
