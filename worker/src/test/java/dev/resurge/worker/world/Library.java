package dev.resurge.worker.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The application that writes: a process of its own with one session of the database. {@code
 * run|status|stop FILE} with its settings, and {@code pass GATE}, which waits at a gate (see {@link
 * Gate}). Needs the JDK and the JDBC driver only.
 */
public final class Library {
  private static final int NOT_RUNNING = 3;
  private static final long STOPS_WITHIN_SECONDS = 10;

  private final String url;
  private final Path files;
  private Optional<Connection> session = Optional.empty();

  private Library(String url, Path files) {
    this.url = url;
    this.files = files;
  }

  public static void main(String[] arguments) throws IOException {
    var file = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "run" -> run(file);
      case "status" -> System.exit(running(file).isPresent() ? 0 : NOT_RUNNING);
      case "stop" -> stop(file);
      case "pass" -> Gate.pass(file);
      default -> throw new IllegalArgumentException("run, status, stop or pass");
    }
  }

  /** The port is bound first: of two that are started, the second fails and leaves no trace. */
  private static void run(Path settingsFile) throws IOException {
    var settings = settings(settingsFile);
    Gate.pass(Path.of(settings.getProperty("startGate")));
    var library = new Library(settings.getProperty("url"), Path.of(settings.getProperty("files")));
    var address =
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(settings.getProperty("port")));
    var server = HttpServer.create(address, 0);
    server.createContext("/", library::handle);
    server.setExecutor(Executors.newFixedThreadPool(4));
    var self = ProcessHandle.current();
    var written = settingsFile.resolveSibling("library.pid.new");
    Files.writeString(written, self.pid() + " " + startTicks(self.pid()).orElseThrow());
    Files.move(written, pidFile(settingsFile), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    server.start();
  }

  private static void stop(Path settingsFile) throws IOException {
    Gate.pass(Path.of(settings(settingsFile).getProperty("stopGate")));
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOPS_WITHIN_SECONDS);
    for (var it = running(settingsFile); it.isPresent(); it = running(settingsFile)) {
      it.get().destroy();
      if (System.nanoTime() > deadline) {
        throw new IOException("process " + it.get().pid() + " does not end");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** The process of the pid file, if it lives and its number was not given to another. */
  static Optional<ProcessHandle> running(Path settingsFile) throws IOException {
    var file = pidFile(settingsFile);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var words = Files.readString(file).split(" ", -1);
    var pid = Long.parseLong(words[0]);
    return startTicks(pid).filter(words[1]::equals).flatMap(ticks -> ProcessHandle.of(pid));
  }

  /** When a process began, by the kernel; empty if it has ended, reaped or not. */
  private static Optional<String> startTicks(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[19]);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path pidFile(Path settingsFile) {
    return settingsFile.resolveSibling("library.pid");
  }

  static Properties settings(Path file) throws IOException {
    var settings = new Properties();
    try (var in = Files.newInputStream(file)) {
      settings.load(in);
    }
    return settings;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var answer =
          switch (exchange.getRequestMethod() + " " + uri.getPath()) {
            case "GET /health" -> health();
            case "GET /count" -> ask("SELECT count(*) FROM book");
            case "POST /books" -> ask(insert(uri.getQuery()));
            default -> new Answer(404, "no such page");
          };
      var bytes = answer.text().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer health() {
    return Files.isDirectory(files) ? ask("SELECT 'ok'") : new Answer(503, "no files");
  }

  private static String insert(String title) {
    return "INSERT INTO book (author, title) VALUES (1, '"
        + title.replace("'", "''")
        + "') RETURNING id";
  }

  /** One session for all, as an application with a pool of one; made anew when it was ended. */
  private synchronized Answer ask(String sql) {
    try {
      if (session.isEmpty()) {
        session = Optional.of(DriverManager.getConnection(url));
      }
      try (var statement = session.get().createStatement();
          var rows = statement.executeQuery(sql)) {
        rows.next();
        return new Answer(200, rows.getString(1));
      }
    } catch (SQLException e) {
      session = Optional.empty();
      return new Answer(503, e.getMessage());
    }
  }

  private record Answer(int status, String text) {}
}
