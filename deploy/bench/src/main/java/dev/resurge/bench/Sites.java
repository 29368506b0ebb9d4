package dev.resurge.bench;

import dev.resurge.library.Settings;
import dev.resurge.library.Stock;
import dev.resurge.scenery.Daemons;
import dev.resurge.scenery.Ports;
import dev.resurge.scenery.Postgres;
import dev.resurge.scenery.SceneException;
import dev.resurge.scenery.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/** Two equal libraries on one PostgreSQL server of their own. */
final class Sites {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A document with what belongs to it is about as big, and so are the files for it. */
  private static final long BYTES_PER_DOCUMENT = 1024;

  private final Workspace workspace;
  private final Daemons daemons;
  private final String password = HexFormat.of().formatHex(SecureRandom.getSeed(16));
  private final int port = Ports.free();
  private final Postgres postgres;
  private final Site guide;
  private final Site resurge;

  /** Chooses ports and a password; starts nothing. */
  Sites(Workspace workspace, Daemons daemons) throws SceneException {
    this.workspace = workspace;
    this.daemons = daemons;
    this.postgres = Postgres.at(workspace.postgres(), port);
    this.guide = site("guide");
    this.resurge = site("resurge");
  }

  private Site site(String name) throws SceneException {
    return new Site(
        name + "_library",
        workspace.premises(name),
        Ports.free(),
        workspace.logs().resolve(name + "-library-script.log"));
  }

  /** The library that the guides keep. */
  Site guide() {
    return guide;
  }

  /** The library that Resurge keeps. */
  Site resurge() {
    return resurge;
  }

  /** The administrator's password. */
  String password() {
    return password;
  }

  int port() {
    return port;
  }

  /** What programs of PostgreSQL are told by their environment. */
  Map<String, String> environment() {
    return Map.of(
        "PGHOST",
        "127.0.0.1",
        "PGPORT",
        Integer.toString(port),
        "PGUSER",
        Postgres.ADMIN,
        "PGPASSWORD",
        password,
        "PATH",
        postgres.bin() + File.pathSeparator + System.getenv("PATH"));
  }

  /**
   * Starts the server and fills the libraries; their applications run when it returns.
   *
   * @param alone only the one that Resurge keeps
   */
  void open(int documents, boolean alone)
      throws SceneException, IOException, InterruptedException, SQLException {
    postgres.create(password);
    daemons.start("postgres", new ProcessBuilder(postgres.server()).directory(new File("/")));
    daemons.await("postgres", "PostgreSQL answers", PATIENCE, () -> postgres.answers(password));
    install(resurge);
    var url = postgres.url() + resurge.database();
    Stock.createDatabase(postgres.url(), Postgres.ADMIN, password, password, resurge.database());
    execute(resurge.database(), "SET ROLE library_owner; " + Resources.text("grown.sql"));
    new Rows(documents).put(url, Postgres.ADMIN, password, Resources.text("indexes.sql"));
    settleRows(resurge);
    if (!alone) {
      install(guide);
      // a copy of its files: both databases are the same to the last page
      execute(
          "postgres",
          "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy OWNER library_owner"
              .formatted(guide.database(), resurge.database()));
      begin(guide, documents);
    }
    begin(resurge, documents);
  }

  private void begin(Site site, int documents)
      throws SceneException, IOException, InterruptedException {
    new Tree(documents * BYTES_PER_DOCUMENT).put(site.premises().files());
    site.start();
  }

  private void install(Site site) throws IOException {
    site.premises()
        .install(
            new Settings(
                site.port(),
                postgres.url() + site.database(),
                "library_app",
                password,
                site.premises().files()),
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"));
  }

  /**
   * Brings a database to rest after it was filled: its rows are known to be visible, so that the
   * next reader need not note that in every page; nothing is left for autovacuum.
   */
  void settleRows(Site site) throws SQLException {
    execute(site.database(), "VACUUM (ANALYZE)");
  }

  /**
   * The same state of the machine for every measurement: nothing waits to be written, and a site's
   * data is in the page cache.
   */
  void settle(Site site) throws SQLException, IOException, InterruptedException {
    execute("postgres", "CHECKPOINT");
    new ProcessBuilder("sync").inheritIO().start().waitFor();
    Sizes.read(postgres.folderOf(number(site, "SELECT oid FROM pg_database WHERE datname = ")));
    Sizes.read(site.premises().files());
  }

  /** Bytes of a site's tables without their indexes, and of these. */
  record DatabaseSize(long tables, long indexes) {}

  DatabaseSize size(Site site) throws SQLException {
    var of =
        "SELECT sum(%s(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace ="
            + " 'public'::regnamespace AND current_database() = ";
    return new DatabaseSize(
        number(site, of.formatted("pg_table_size")), number(site, of.formatted("pg_indexes_size")));
  }

  private long number(Site site, String queryOfDatabase) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                postgres.url() + site.database(), Postgres.ADMIN, password);
        var query = connection.prepareStatement(queryOfDatabase + "?")) {
      query.setString(1, site.database());
      var row = query.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  /** Runs statements as the administrator. */
  void execute(String database, String statements) throws SQLException {
    try (var connection =
            DriverManager.getConnection(postgres.url() + database, Postgres.ADMIN, password);
        var all = connection.createStatement()) {
      all.execute(statements);
    }
  }
}
