package dev.resurge.scenery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server of the scene's own, on the loopback address, with passwords. PostgreSQL
 * refuses to run as root: then it runs as the user {@code postgres}, or {@code nobody}.
 */
public final class Postgres {
  /** The superuser. */
  public static final String ADMIN = "resurge_admin";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path bin;
  private final Path data;
  private final int port;
  private final Optional<String> user;

  private Postgres(Path bin, Path data, int port, Optional<String> user) {
    this.bin = bin;
    this.data = data;
    this.port = port;
    this.user = user;
  }

  /**
   * A server whose data lies, or will lie, in {@code folder}.
   *
   * @throws SceneException if there are no programs of PostgreSQL or no user to run them
   */
  public static Postgres at(Path folder, int port) throws SceneException {
    return new Postgres(programs(), folder.resolve("data"), port, serverUser());
  }

  /** A JDBC URL ending with a slash. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/";
  }

  /** Where its programs lie. */
  public Path bin() {
    return bin;
  }

  /** Where the server keeps the files of the database with that OID. */
  public Path folderOf(long database) {
    return data.resolve("base/" + database);
  }

  /** Makes the cluster's files with {@link #ADMIN} as its superuser. */
  public void create(String adminPassword)
      throws SceneException, IOException, InterruptedException {
    var folder = Files.createDirectories(data.getParent());
    giveToServer(folder);
    var secret = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var password = Files.createFile(folder.resolve("password"), secret);
    try {
      Files.writeString(password, adminPassword + "\n");
      giveToServer(password);
      var log = folder.resolve("initdb.log").toFile();
      var initdb = new ArrayList<>(asServer("initdb", "--pgdata", data.toString()));
      initdb.addAll(List.of("--username", ADMIN, "--pwfile", password.toString()));
      initdb.addAll(
          List.of("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"));
      var exit = process(initdb).redirectOutput(log).start().waitFor();
      if (exit != 0) {
        throw new SceneException(
            "initdb in %s ended with %d: %s"
                .formatted(folder, exit, Files.readString(log.toPath())));
      }
    } finally {
      Files.deleteIfExists(password);
    }
  }

  /** What runs the server in the foreground. No socket file: its path could be too long. */
  public List<String> server() {
    return asServer(
        "postgres",
        "-D",
        data.toString(),
        "-p",
        Integer.toString(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=",
        "-c",
        "max_wal_size=2GB",
        "-c",
        "shared_buffers=256MB");
  }

  /** Whether the server answers to the administrator. */
  public boolean answers(String adminPassword) {
    try (var connection = DriverManager.getConnection(url() + "postgres", ADMIN, adminPassword)) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Ends the server if it runs, and its sessions with it; returns when it has ended. */
  public void stop() throws SceneException, IOException, InterruptedException {
    if (!runs()) {
      return;
    }
    var stop = asServer("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "30");
    var exit = process(stop).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    if (exit != 0 && runs()) {
      process(asServer("pg_ctl", "stop", "-D", data.toString(), "-m", "immediate"))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
    Await.until("PostgreSQL in " + data + " has stopped", PATIENCE, () -> !runs());
  }

  /** The file outlives a server that was killed; its first line is the process. */
  private boolean runs() throws IOException {
    var file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return false;
    }
    var pid = Files.readString(file).lines().findFirst().orElse("").strip();
    return pid.matches("\\d+") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  private ProcessBuilder process(List<String> command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // the server's user may not enter the folder we are in
    builder.directory(Path.of("/").toFile());
    return builder;
  }

  private List<String> asServer(String program, String... arguments) {
    var command = new ArrayList<String>();
    user.ifPresent(name ->
        command.addAll(
            List.of("setpriv", "--reuid", name, "--regid", groupOf(name), "--init-groups")));
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static String groupOf(String user) {
    return user.equals("nobody") ? "nogroup" : user;
  }

  private void giveToServer(Path path) throws IOException {
    if (user.isPresent()) {
      var lookup = path.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(path, lookup.lookupPrincipalByName(user.get()));
    }
  }

  /** Another user than ourselves, where we are root. */
  private static Optional<String> serverUser() throws SceneException {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.empty();
    }
    var lookup = Path.of("/").getFileSystem().getUserPrincipalLookupService();
    for (var name : List.of("postgres", "nobody")) {
      try {
        lookup.lookupPrincipalByName(name);
        return Optional.of(name);
      } catch (IOException e) {
        // there is no such user: the next one
      }
    }
    throw new SceneException(
        "PostgreSQL refuses to run as root, and neither postgres nor nobody is a user here");
  }

  /** The launcher names the folder; otherwise the newest that packages put there. */
  private static Path programs() throws SceneException {
    var named = System.getenv("RESURGE_POSTGRES_BIN");
    if (named != null) {
      return Path.of(named);
    }
    var root = Path.of("/usr/lib/postgresql");
    try (var versions = Files.list(root)) {
      return versions
          .filter(folder -> Files.isExecutable(folder.resolve("bin/initdb")))
          .max(Comparator.comparing(folder -> Integer.valueOf(folder.getFileName().toString())))
          .orElseThrow(() -> new IOException("none of its folders has bin/initdb"))
          .resolve("bin");
    } catch (IOException e) {
      throw new SceneException(
          "no PostgreSQL server in %s (%s); install one or set RESURGE_POSTGRES_BIN to the folder of initdb"
              .formatted(root, e.getMessage()),
          e);
    }
  }
}
