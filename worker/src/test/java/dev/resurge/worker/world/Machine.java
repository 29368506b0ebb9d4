package dev.resurge.worker.world;

import dev.resurge.activities.testing.PostgresCluster;

/**
 * What worlds share because it is slow to make: a PostgreSQL cluster with passwords, a filled
 * database to copy, Temporal. The one of this JVM is made when first asked for and stopped with it;
 * a world that is to lose its machine, or whose server suffers, has a cluster of its own.
 */
final class Machine implements AutoCloseable {
  /** Who backs up and restores: what such a role needs, and no superuser. */
  static final String ADMIN = "resurge_admin";

  /** The application's own role; owns its database. */
  static final String APPLICATION = "library";

  static final String PASSWORD = "a password, of the tests";
  private static final String GRANT_MARKERS =
      "GRANT SET ON PARAMETER resurge.owner, resurge.staged, resurge.retained TO " + ADMIN;
  private static final String TEMPLATE = "library_template";

  private PostgresCluster cluster;
  private final TestTemporal temporal;

  private Machine(PostgresCluster cluster, TestTemporal temporal) {
    this.cluster = cluster;
    this.temporal = temporal;
    fill();
  }

  static Machine shared() {
    return Shared.MACHINE;
  }

  /** Another machine takes its place: its server has none of the application's roles and data. */
  void replace() {
    cluster.close();
    cluster = PostgresCluster.withPassword(PASSWORD, cluster.port());
    cluster.execute(
        "postgres",
        "CREATE ROLE %s LOGIN CREATEDB CREATEROLE PASSWORD '%s'".formatted(ADMIN, PASSWORD),
        "GRANT pg_signal_backend TO " + ADMIN,
        GRANT_MARKERS);
  }

  private static final class Shared {
    static final Machine MACHINE =
        new Machine(PostgresCluster.withPassword(PASSWORD), TestTemporal.start());

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(MACHINE::stop));
    }
  }

  void stop() {
    temporal.close();
    cluster.close();
  }

  /** The same Temporal, but a cluster that nobody else uses. */
  static Machine withClusterOfItsOwn() {
    return new Machine(PostgresCluster.withPassword(PASSWORD), shared().temporal);
  }

  /** The same with its data in an enclosure. */
  static Machine withClusterIn(Enclosure enclosure) {
    return new Machine(PostgresCluster.withPassword(PASSWORD, enclosure), shared().temporal);
  }

  /** Stops a cluster of its own; what is shared stays. */
  @Override
  public void close() {
    if (this != shared()) {
      if (cluster.isRunning()) {
        cluster.thaw(); // or it would not hear that it is to end
      }
      cluster.close();
    }
  }

  PostgresCluster cluster() {
    return cluster;
  }

  String temporalAddress() {
    return temporal.address();
  }

  /** A database with the standard content. */
  void createDatabase(String name) {
    cluster.execute(
        "postgres",
        "CREATE DATABASE \"%s\" TEMPLATE %s OWNER %s".formatted(name, TEMPLATE, APPLICATION));
  }

  /** Removes all databases whose names begin so, whoever is in them. */
  void dropDatabases(String prefix) {
    for (var name : databases(prefix)) {
      cluster.execute("postgres", "DROP DATABASE \"%s\" WITH (FORCE)".formatted(name));
    }
  }

  /** The names of databases that begin so, sorted. */
  java.util.List<String> databases(String prefix) {
    var names =
        cluster.value(
            "postgres",
            "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database"
                + " WHERE starts_with(datname, '"
                + prefix
                + "')");
    return names == null ? java.util.List.of() : java.util.List.of(names.split(" ", -1));
  }

  private void fill() {
    cluster.execute(
        "postgres",
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(APPLICATION, PASSWORD),
        "CREATE ROLE %s LOGIN CREATEDB PASSWORD '%s'".formatted(ADMIN, PASSWORD),
        "GRANT pg_signal_backend, pg_read_all_data, %s TO %s".formatted(APPLICATION, ADMIN),
        GRANT_MARKERS,
        "CREATE DATABASE %s OWNER %s".formatted(TEMPLATE, APPLICATION));
    cluster.execute(
        TEMPLATE,
        "SET ROLE " + APPLICATION,
        "CREATE TABLE author (id int PRIMARY KEY, name text NOT NULL)",
        "INSERT INTO author SELECT i, 'author ' || i FROM generate_series(1, 100) i",
        "CREATE TABLE book (id bigserial PRIMARY KEY,"
            + " author int NOT NULL REFERENCES author, title text NOT NULL)",
        "INSERT INTO book (author, title)"
            + " SELECT 1 + i % 100, 'title ' || md5(i::text) FROM generate_series(1, 20000) i",
        "CREATE INDEX book_title ON book (title)",
        "CREATE TABLE cover (author int PRIMARY KEY REFERENCES author, image oid NOT NULL)",
        "INSERT INTO cover SELECT 1, lo_from_bytea(0, decode(repeat('c0ffee', 5000), 'hex'))");
  }
}
