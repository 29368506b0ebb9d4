package dev.resurge.activities.component.postgres;

import dev.resurge.activities.platform.host.HostShell;
import dev.resurge.activities.platform.host.ProgramEnvironment;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.testing.PostgresCluster;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.SecretRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A database on a real cluster, the driver, a set in a folder: what each test begins with. */
final class PostgresWorld implements AutoCloseable {
  static final String MANIFEST = "0123456789abcdef";

  /** What every reference refers to, until they are lost. */
  static final String SECRET = "one secret for all";

  private static final Duration SHORT = Duration.ofSeconds(2);

  final PostgresCluster cluster;
  final String database;
  final DirectorySet set;
  final HostShell shell = new HostShell(ProgramEnvironment.from(System.getenv()));
  final PostgresDriver driver;
  final TestAttempt attempt = new TestAttempt();
  final Component.Postgres component;
  private boolean secretsAreThere = true;

  PostgresWorld(Path folder) {
    this(PostgresCluster.shared(), folder, "app_" + UUID.randomUUID().toString().substring(0, 8));
  }

  PostgresWorld(PostgresCluster cluster, Path folder, String database) {
    this.cluster = cluster;
    this.database = database;
    this.set = new DirectorySet(folder);
    this.driver =
        new PostgresDriver(
            shell,
            this::secret,
            Clock.systemUTC(),
            Connector.REAL,
            new PostgresDriver.Patience(SHORT, SHORT, SHORT));
    this.component = component(PostgresCluster.SUPERUSER, "127.0.0.1");
    cluster.execute("postgres", "CREATE DATABASE " + Quoting.identifier(database));
  }

  /** The same database, reached otherwise. */
  Component.Postgres component(String user, String host) {
    return new Component.Postgres(
        "database",
        host,
        cluster.port(),
        database,
        new Component.Credentials(user, Optional.empty()),
        "postgres",
        Optional.empty(),
        Optional.of(3));
  }

  /** The same database, whose runbook says where a role's password is. */
  Component.Postgres withRole(String role, String variable) {
    var password = new SecretRef(Optional.of(variable), Optional.empty());
    var admin = new SecretRef(Optional.of("ADMIN"), Optional.empty());
    return new Component.Postgres(
        "database",
        "127.0.0.1",
        cluster.port(),
        database,
        new Component.Credentials(PostgresCluster.SUPERUSER, Optional.of(admin)),
        "postgres",
        Optional.empty(),
        Optional.of(3),
        List.of(new Component.Login(role, password)));
  }

  /** From now on only the admin's password is there. */
  void loseSecrets() {
    secretsAreThere = false;
  }

  private String secret(SecretRef reference) {
    if (secretsAreThere || reference.env().equals(Optional.of("ADMIN"))) {
      return SECRET;
    }
    throw new ResurgeException(ErrorType.SECRET_MISSING, reference.describe() + " is not set");
  }

  /** Another attempt of the same run. */
  Attempt laterAttempt() {
    return new TestAttempt(attempt.run());
  }

  /** Runs a script of the test resources in the database. */
  void load(String script) {
    try {
      cluster.script(
          database, Path.of(PostgresWorld.class.getResource("/postgres/" + script).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String... statements) {
    cluster.execute(database, statements);
  }

  String value(String sql) {
    return cluster.value(database, sql);
  }

  ComponentManifest capture() {
    return driver.capture(attempt, component, set);
  }

  StagedCopy stage(ComponentManifest manifest) {
    return driver.stage(attempt, component, manifest, MANIFEST, set);
  }

  /** A staged copy of the database as it is now, and the swap that would bring it in. */
  Swap stagedSwap() {
    var manifest = capture();
    return swapFor(manifest.target(), stage(manifest));
  }

  /** The swap that brings a copy in where {@code live} bears the name now. */
  Swap swapFor(TargetIdentity live, StagedCopy copy) {
    return driver.swapFor(attempt, component, Optional.of(live), live, copy);
  }

  boolean exists(String name) {
    return cluster
        .value(
            "postgres", "SELECT count(*) FROM pg_database WHERE datname = " + Quoting.literal(name))
        .equals("1");
  }

  /** Databases whose names begin with the protected one's, sorted. */
  String databases() {
    return databases(" ");
  }

  private String databases(String separator) {
    return cluster.value(
        "postgres",
        "SELECT coalesce(string_agg(datname, '%s' ORDER BY datname), '') FROM pg_database"
                .formatted(separator)
            + " WHERE starts_with(datname, "
            + Quoting.literal(database)
            + ")");
  }

  /** A plain dump without what differs from run to run. */
  String dump(String name, String... options) {
    var arguments = new ArrayList<>(List.of(options));
    arguments.add("--dbname=" + Quoting.connectionString(name));
    return cluster
        .client("pg_dump", arguments.toArray(String[]::new))
        .replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }

  /** Ends what runs and drops its databases: one has hundreds of files. */
  @Override
  public void close() {
    shell.close();
    if (cluster.isRunning()) {
      for (var name : databases("\n").lines().toList()) {
        cluster.execute("postgres", "DROP DATABASE " + Quoting.identifier(name) + " WITH (FORCE)");
      }
    }
  }

  static Path newFolder(Path parent) {
    try {
      return Files.createTempDirectory(parent, "set");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
