package dev.resurge.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.resurge.scenery.Await;
import dev.resurge.scenery.LibraryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Stands in for {@code ./resurge}, so that the conductor is tested by itself: the same commands,
 * done in the plainest way with pg_dump and cp. {@code STAND_IN=idle} makes its restore claim
 * success without doing anything, {@code STAND_IN=fail} makes it fail, {@code STAND_IN=hang} makes
 * its backup take for ever.
 */
final class StandIn {
  private static final Path CONFIGURATION = Path.of(System.getenv("RESURGE_CONFIG"));
  private static final Path ROOT = CONFIGURATION.getParent();
  private static final String MODE = System.getenv().getOrDefault("STAND_IN", "");

  private StandIn() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "temporal" -> temporal(Integer.parseInt(arguments[2]));
      case "worker" -> worker();
      case "keys" -> keys();
      case "backup" -> backup();
      case "restore" -> restore();
      default -> System.exit(2);
    }
  }

  private static void temporal(int port) throws IOException {
    try (var socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("temporal ready on 127.0.0.1:" + port);
      while (true) {
        socket.accept().close();
      }
    }
  }

  private static void worker() throws IOException {
    Files.writeString(ROOT.resolve("admin"), System.getenv("LIBRARY_ADMIN_PASSWORD"));
    var port = Integer.parseInt(find(Files.readString(CONFIGURATION), "port: (\\d+)"));
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/health", exchange -> exchange.sendResponseHeaders(200, -1));
    server.start();
  }

  private static void keys() throws IOException {
    Files.createDirectories(ROOT.resolve("keys"));
    Files.writeString(
        ROOT.resolve("keys/identity.age"), "# public key: age1" + "q".repeat(58) + "\n");
  }

  private static void backup() throws Exception {
    if (MODE.equals("hang")) {
      Files.createFile(ROOT.resolve("hanging"));
      run("sleep", "600");
    }
    postgres("pg_dump", "-Fc", "-f", dump(), "library");
    run("cp", "-a", files().toString(), ROOT.resolve("store/files").toString());
  }

  private static void restore() throws Exception {
    var requested = Instant.now();
    if (MODE.equals("fail")) {
      System.exit(5);
    }
    if (!MODE.equals("idle")) {
      postgres("createdb", "staged");
      postgres("pg_restore", "-d", "staged", dump());
    }
    var quiesced = Instant.now();
    if (!MODE.equals("idle")) {
      swap();
    }
    evidence(requested, quiesced, Instant.now());
  }

  private static void swap() throws Exception {
    run(library(), "stop");
    postgres("dropdb", "library");
    postgres("psql", "-c", "ALTER DATABASE staged RENAME TO library", "postgres");
    run("rm", "-r", files().toString());
    run("cp", "-a", ROOT.resolve("store/files").toString(), files().toString());
    run(library(), "start");
    var port = find(Files.readString(ROOT.resolve("runbooks/library.yaml")), "1:(\\d+)/health");
    try (var client = new LibraryClient(Integer.parseInt(port))) {
      Await.until("the library is healthy", Duration.ofSeconds(30), client::healthy);
    }
  }

  private static void evidence(Instant requested, Instant quiesced, Instant healthy)
      throws IOException {
    var folder = Files.createDirectories(ROOT.resolve("store/library/evidence"));
    var run = "20261121T031500Z-restore-7f2c";
    var evidence =
        Map.of(
            "run",
            run,
            "verdict",
            "pass",
            "set",
            Map.of("recoveryPoint", requested.minusSeconds(60).toString()),
            "clocks",
            Map.of(
                "requested", requested.toString(),
                "quiesced", quiesced.toString(),
                "healthy", healthy.toString()));
    Files.write(folder.resolve(run + ".json"), new ObjectMapper().writeValueAsBytes(evidence));
    Files.writeString(folder.resolve(run + ".html"), "<!doctype html>");
  }

  private static String dump() {
    return ROOT.resolve("store/dump").toString();
  }

  private static Path files() {
    return ROOT.resolve("library/files");
  }

  private static String library() {
    return ROOT.resolve("library/bin/library").toString();
  }

  private static void postgres(String... command) throws Exception {
    var runbook = Files.readString(ROOT.resolve("runbooks/library.yaml"));
    var complete = new ArrayList<>(List.of(command));
    var connection =
        List.of("-h", "127.0.0.1", "-U", "resurge_admin", "-p", find(runbook, "port: (\\d+)"));
    complete.addAll(1, connection);
    var builder = new ProcessBuilder(complete);
    builder.environment().put("PGPASSWORD", Files.readString(ROOT.resolve("admin")));
    run(builder);
  }

  private static void run(String... command) throws Exception {
    run(new ProcessBuilder(command));
  }

  private static void run(ProcessBuilder builder) throws Exception {
    var exit = builder.inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(builder.command() + " ended with " + exit);
    }
  }

  private static String find(String text, String pattern) {
    var found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in\n" + text);
    }
    return found.group(1);
  }
}
