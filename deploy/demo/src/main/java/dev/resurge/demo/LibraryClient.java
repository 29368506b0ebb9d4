package dev.resurge.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Sees the library as its readers do: over HTTP. */
final class LibraryClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI root;

  LibraryClient(int port) {
    this.root = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * What the application counts.
   *
   * @param documents rows of the one table people speak of
   * @param rows rows of all tables
   * @param files attachments in the folder
   */
  record Counts(long documents, long rows, long files) {}

  /** Where a browser finds it. */
  URI address() {
    return root;
  }

  /** Whether it answers that all is well. */
  boolean healthy() throws InterruptedException {
    try {
      return get("/health").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  Counts counts() throws DemoException, IOException, InterruptedException {
    var answer = asked("/stats");
    if (answer.statusCode() != 200) {
      throw new DemoException(
          "asked the library at %s/stats to count; it answered %d: %s"
              .formatted(root, answer.statusCode(), answer.body()));
    }
    var stats = MAPPER.readTree(answer.body());
    return new Counts(
        stats.required("documents").longValue(),
        stats.required("rows").longValue(),
        stats.required("files").longValue());
  }

  /** Adds a document; answers its id. */
  long add(String title, String author, String summary)
      throws DemoException, IOException, InterruptedException {
    var document =
        MAPPER.writeValueAsString(Map.of("title", title, "author", author, "summary", summary));
    var request =
        HttpRequest.newBuilder(root.resolve("/documents"))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(document))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new DemoException(
          "posted a document to %s; it answered %d: %s"
              .formatted(root, answer.statusCode(), answer.body()));
    }
    return MAPPER.readTree(answer.body()).required("id").longValue();
  }

  private HttpResponse<String> asked(String path) throws DemoException, InterruptedException {
    try {
      return get(path);
    } catch (IOException e) {
      throw new DemoException("asked the library at " + root + path + "; it gave " + e, e);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
