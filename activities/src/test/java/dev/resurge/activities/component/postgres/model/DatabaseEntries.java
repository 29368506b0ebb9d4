package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes databases' entries, one transaction at a time, as the server's catalogs allow it: who
 * waited for another's change of the same row fails, for it would overwrite what it has not seen.
 */
final class DatabaseEntries {
  private DatabaseEntries() {}

  /** What one transaction can change while another changes the other. */
  private enum Part {
    ROW,
    SETTINGS
  }

  /** A part of one database's entry. */
  private record Lock(long oid, Part part) {}

  static ModelDatabase find(ModelSession session, String written) throws SQLException {
    var name = SqlText.name(written);
    return session.catalog().find(name).orElseThrow(() -> Failures.noDatabase(name));
  }

  /** Changes anything but its name and settings. */
  static void alter(ModelSession session, String written, UnaryOperator<ModelDatabase> change)
      throws SQLException {
    CatalogStatements.requireSuperuser(session, "ALTER DATABASE");
    var found = find(session, written);
    session.lock(new Lock(found.oid(), Part.ROW));
    var now = entry(session, found.oid()).map(ModelDatabase::withoutSettings);
    if (!now.equals(Optional.of(found.withoutSettings()))) {
      throw concurrentlyUpdated();
    }
    change(session, found.oid(), change);
  }

  /** Changes its settings; who renames it meanwhile is waited for, and does not matter. */
  static void configure(ModelSession session, String written, UnaryOperator<ModelDatabase> change)
      throws SQLException {
    CatalogStatements.requireSuperuser(session, "ALTER DATABASE");
    var found = find(session, written);
    session.lock(new Lock(found.oid(), Part.SETTINGS));
    var now = entry(session, found.oid()).map(ModelDatabase::settings);
    if (!now.equals(Optional.of(found.settings()))) {
      throw concurrentlyUpdated();
    }
    change(session, found.oid(), change);
  }

  /**
   * Waits until nobody else changes anything of it.
   *
   * @throws SQLException 3D000 if something else bears its name by then, or nothing
   */
  static ModelDatabase alone(ModelSession session, String written) throws SQLException {
    var found = find(session, written);
    session.lock(new Lock(found.oid(), Part.ROW));
    session.lock(new Lock(found.oid(), Part.SETTINGS));
    var now = find(session, written);
    if (now.oid() != found.oid() || !now.withoutSettings().equals(found.withoutSettings())) {
      throw concurrentlyUpdated();
    }
    return now;
  }

  static void rename(ModelSession session, ModelDatabase database, String wanted)
      throws SQLException {
    change(session, database.oid(), d -> d.renamed(wanted));
  }

  private static void change(ModelSession session, long oid, UnaryOperator<ModelDatabase> change) {
    session.changeCatalog(catalog -> catalog.with(change.apply(catalog.databases().get(oid))));
  }

  private static Optional<ModelDatabase> entry(ModelSession session, long oid) {
    return Optional.ofNullable(session.catalog().databases().get(oid));
  }

  private static SQLException concurrentlyUpdated() {
    return Failures.error("XX000", "tuple concurrently updated");
  }
}
