package dev.resurge.activities.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A real PostgreSQL cluster in a folder of its own, on a free port of the loopback interface and on
 * a Unix socket. Its superuser is {@code postgres}. As root it runs as the user {@code postgres},
 * else {@code nobody}, because initdb and postgres refuse root.
 */
public final class PostgresCluster implements AutoCloseable {
  /** The superuser's name. */
  public static final String SUPERUSER = "postgres";

  private static final Duration READY = Duration.ofSeconds(60);

  private final Path folder;
  private final Path binaries;
  private final int port;
  private final Optional<String> password;
  private final Optional<Housing> housing;
  private Process server;

  /** Where a cluster's programs run and its data lies, if not simply on this machine. */
  public interface Housing {
    /** The command line that runs a program there. */
    List<String> enter(List<String> argv);

    /** Makes room for the data at that path there; where it is seen from here. */
    Path houseData(Path folder);
  }

  private PostgresCluster(Optional<String> password) {
    this(password, FreePort.next(), Optional.empty());
  }

  private PostgresCluster(Optional<String> password, int port, Optional<Housing> housing) {
    this.password = password;
    this.housing = housing;
    this.binaries = PostgresBinaries.folder();
    this.folder = newFolder();
    this.port = port;
    initialise();
    start();
  }

  /** A cluster that trusts whoever connects. */
  public static PostgresCluster trusting() {
    return new PostgresCluster(Optional.empty());
  }

  /** A cluster that asks everybody for a password (SCRAM); this is the superuser's. */
  public static PostgresCluster withPassword(String password) {
    return new PostgresCluster(Optional.of(password));
  }

  /** The same on a port that must be free, such as that of a cluster that is closed. */
  public static PostgresCluster withPassword(String password, int port) {
    return new PostgresCluster(Optional.of(password), port, Optional.empty());
  }

  /** The same, whose data (but not its write-ahead log) lies elsewhere. */
  public static PostgresCluster withPassword(String password, Housing housing) {
    return new PostgresCluster(Optional.of(password), FreePort.next(), Optional.of(housing));
  }

  /** One trusting cluster for all tests of this JVM, which must not stop it. */
  public static PostgresCluster shared() {
    return Shared.CLUSTER;
  }

  /** Made when it is first asked for, stopped with the JVM. */
  private static final class Shared {
    static final PostgresCluster CLUSTER = trusting();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(CLUSTER::close));
    }
  }

  /** Its port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The folder of its Unix socket. */
  public Path socketFolder() {
    return folder;
  }

  /** The folder of its programs, such as pg_dump. */
  public Path binaries() {
    return binaries;
  }

  /** Starts it again after {@link #stop} or {@link #kill9}; returns when it accepts connections. */
  public void start() {
    if (server != null && server.isAlive()) {
      return;
    }
    var argv =
        List.of(
            binaries.resolve("postgres").toString(),
            "-D",
            data().toString(),
            "-p",
            "" + port,
            "-k",
            folder.toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=off",
            "-c",
            "wal_level=logical",
            "-c",
            "max_prepared_transactions=4",
            "-c",
            "max_connections=100",
            "-c",
            "shared_buffers=64MB");
    try {
      server =
          new ProcessBuilder(asServer(argv))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  /** Whether it was not stopped or killed. */
  public boolean isRunning() {
    return server.isAlive();
  }

  /** Stops it; sessions are ended. */
  public void stop() {
    stop("fast");
  }

  private void stop(String mode) {
    run(binaries.resolve("pg_ctl").toString(), "-D", data().toString(), "-m", mode, "-w", "stop");
    await("the server to stop", () -> !server.isAlive());
  }

  private List<String> asServer(List<String> argv) {
    var command = ServerUser.command(argv);
    return housing.map(house -> house.enter(command)).orElse(command);
  }

  private List<ProcessHandle> processes() {
    var all = new ArrayList<>(List.of(server.toHandle())); // first, so that it starts no others
    all.addAll(server.descendants().toList());
    return all;
  }

  /** It neither works nor answers until {@link #thaw}, with all its sessions; none is closed. */
  public void freeze() {
    signal("STOP");
  }

  /** It goes on where it was. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    // one that has ended meanwhile is no failure
    var each = "for each; do kill -" + name + " $each 2>/dev/null; done; true";
    var argv = new ArrayList<>(List.of("sh", "-c", each, "kill"));
    processes().forEach(process -> argv.add("" + process.pid()));
    output(argv);
  }

  /** Kills it with all its sessions at once, as when the machine loses power. */
  public void kill9() {
    var all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    await("the server to be gone", () -> all.stream().allMatch(PostgresCluster::isGone));
  }

  /**
   * Where nobody reaps orphans, a killed session stays as a zombie, which holds nothing any more.
   */
  private static boolean isGone(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException e) {
      return !process.isAlive();
    }
  }

  /** Stops it and removes its folder. */
  @Override
  public void close() {
    if (server.isAlive()) {
      stop("immediate");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A session of the superuser. */
  public Connection connect(String database) throws SQLException {
    return connect(database, SUPERUSER);
  }

  /** A session of that user, with the superuser's password if there is one. */
  public Connection connect(String database, String user) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    password.ifPresent(p -> properties.setProperty("password", p));
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:"
            + port
            + "/"
            + URLEncoder.encode(database, StandardCharsets.UTF_8),
        properties);
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String database, String... statements) {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of the first row as text. */
  public String value(String database, String sql) {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no row came of " + sql);
      }
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a script as psql does. */
  public void script(String database, Path file) {
    client("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file.toString(), "-d", database);
  }

  /** Runs one of its client programs as the superuser; what it prints. */
  public String client(String program, String... arguments) {
    var argv = new ArrayList<>(List.of(binaries.resolve(program).toString()));
    argv.addAll(List.of(arguments));
    return output(argv);
  }

  private void initialise() {
    var argv =
        new ArrayList<>(
            List.of(
                binaries.resolve("initdb").toString(),
                "-D",
                data().toString(),
                "-U",
                SUPERUSER,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync"));
    try {
      var secret = folder.resolve("password");
      Files.writeString(secret, password.orElse("unused"));
      argv.add("--pwfile=" + secret);
      argv.add("--auth=" + (password.isPresent() ? "scram-sha-256" : "trust"));
      if (housing.isPresent()) {
        Files.createDirectory(data());
        argv.add("--waldir=" + folder.resolve("wal"));
      }
      ServerUser.give(folder);
      if (housing.isPresent()) {
        ServerUser.give(housing.get().houseData(data()));
      }
      run(argv.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    await(
        "the server to accept connections; its log: " + log(),
        () -> {
          if (!server.isAlive()) {
            throw new IllegalStateException("PostgreSQL did not start: " + readLog());
          }
          try (var connection = connect("postgres")) {
            return connection.isValid(5);
          } catch (SQLException e) {
            return false;
          }
        });
  }

  private String readLog() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of its data. */
  public Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String run(String... argv) {
    return output(asServer(List.of(argv)));
  }

  private String output(List<String> argv) {
    try {
      var builder = new ProcessBuilder(argv).redirectErrorStream(true);
      builder.environment().put("PGHOST", "127.0.0.1");
      builder.environment().put("PGPORT", Integer.toString(port));
      builder.environment().put("PGUSER", SUPERUSER);
      password.ifPresent(p -> builder.environment().put("PGPASSWORD", p));
      var process = builder.start();
      process.getOutputStream().close();
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(argv + " failed: " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("pg-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + READY.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }
}
