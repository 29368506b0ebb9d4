package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The application as its users and its operator meet it. */
public final class LibraryClient {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Path settings;
  private final UnaryOperator<List<String>> inside;

  LibraryClient(int port, Path settings, UnaryOperator<List<String>> inside) {
    this.url = "http://127.0.0.1:" + port;
    this.settings = settings;
    this.inside = inside;
  }

  /** Where it answers. */
  public String url() {
    return url;
  }

  /** Starts it, without Resurge, and waits until it is healthy. */
  void start() {
    try {
      new ProcessBuilder(inside.apply(Programs.library("run", settings)))
          .redirectErrorStream(true)
          .redirectOutput(logFile().toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitHealthy();
  }

  /** Waits until it says that it is well. */
  public void awaitHealthy() {
    if (!Poll.until(SOON, LOOK, this::healthy)) {
      throw new AssertionError("the application is not healthy: " + log());
    }
  }

  /** Whether it says now that it is well. */
  public boolean healthy() {
    try {
      return send("GET", "/health").equals("ok");
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** How many books it sees. */
  public long count() {
    return Long.parseLong(send("GET", "/count"));
  }

  /** Has it write a book; its id, once it is committed. */
  public long add(String title) {
    return Long.parseLong(
        send("POST", "/books?" + URLEncoder.encode(title, StandardCharsets.UTF_8)));
  }

  /** The processes that serve it: one, or none while it is stopped. */
  public List<ProcessHandle> processes() {
    return Processes.naming(" run " + settings);
  }

  private Path logFile() {
    return settings.resolveSibling("library.log");
  }

  private String log() {
    try {
      return Files.exists(logFile()) ? Files.readString(logFile()) : "it was not started";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String send(String method, String path) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(5))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
