package dev.resurge.worker.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Somebody with a browser, or a program, at the worker's pages. Follows no redirects by itself. */
public final class Visitor {
  /** How a world's configuration says that people reach the pages. */
  public static final String PUBLIC_URL = "https://resurge.example.org";

  /** The proxy that a world's worker trusts. */
  public static final String PROXY = "127.0.0.2";

  /** An address of this machine that it does not trust. */
  public static final String ELSEWHERE = "127.0.0.1";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;
  private final HttpClient client;
  private final Map<String, String> headers = new TreeMap<>();

  /** Somebody at that address of this machine, at a worker's port. */
  public Visitor(int port, String address) {
    this.port = port;
    this.client = HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build();
  }

  /** From now on with that header. */
  public Visitor with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** From now on without that header. */
  public Visitor without(String header) {
    headers.remove(header);
    return this;
  }

  /** Reads a page. */
  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  /** Reads a file as it is. */
  public HttpResponse<byte[]> download(String path) {
    return send(request(path).GET(), BodyHandlers.ofByteArray());
  }

  /** Asks whether there is a page. */
  public HttpResponse<String> head(String path) {
    return send(request(path).HEAD());
  }

  /** Sends a form. */
  public HttpResponse<String> post(String path, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(f -> encoded(f.getKey()) + "=" + encoded(f.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Sends JSON. */
  public HttpResponse<String> postJson(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    var builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    headers.forEach(builder::header);
    return builder;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
