package dev.resurge.scenery;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Sees the library as its readers do: over HTTP. */
public final class LibraryClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI root;

  /** Of a library that listens on that port of the loopback address. */
  public LibraryClient(int port) {
    this.root = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * What the application counts.
   *
   * @param documents rows of the one table people speak of
   * @param rows rows of all tables
   * @param files attachments in the folder
   */
  public record Counts(long documents, long rows, long files) {}

  /** Where a browser finds it. */
  public URI address() {
    return root;
  }

  /** Whether it answers that all is well. */
  public boolean healthy() throws InterruptedException {
    try {
      return get("/health").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks the library to count. */
  public Counts counts() throws SceneException, IOException, InterruptedException {
    var answer = asked("/stats");
    if (answer.statusCode() != 200) {
      throw new SceneException(
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
  public long add(String title, String author, String summary)
      throws SceneException, IOException, InterruptedException {
    var document =
        MAPPER.writeValueAsString(Map.of("title", title, "author", author, "summary", summary));
    var request =
        HttpRequest.newBuilder(root.resolve("/documents"))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(document))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new SceneException(
          "posted a document to %s; it answered %d: %s"
              .formatted(root, answer.statusCode(), answer.body()));
    }
    return MAPPER.readTree(answer.body()).required("id").longValue();
  }

  private HttpResponse<String> asked(String path) throws SceneException, InterruptedException {
    try {
      return get(path);
    } catch (IOException e) {
      throw new SceneException("asked the library at " + root + path + "; it gave " + e, e);
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
