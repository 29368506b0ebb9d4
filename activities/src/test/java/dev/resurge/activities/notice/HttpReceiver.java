package dev.resurge.activities.notice;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A service on this machine that keeps what it is sent and answers as it is told, else 200. */
public final class HttpReceiver implements AutoCloseable {
  /** What came in. */
  public record Request(String path, Headers headers, String body) {
    /** A header's value, or nothing. */
    public String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }

  private record Reply(int status, String body, String location) {}

  private final HttpServer server;
  private final String scheme;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean silent;

  public HttpReceiver() {
    this(make(false), "http");
  }

  HttpReceiver(SSLContext tls) {
    this(secured(tls), "https");
  }

  private HttpReceiver(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer make(boolean secure) {
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return secure ? HttpsServer.create(here, 0) : HttpServer.create(here, 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer secured(SSLContext tls) {
    var server = (HttpsServer) make(true);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(
          new Request(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
      if (silent) {
        closed.await();
        return;
      }
      var reply = replies.poll();
      var answer = reply == null ? new Reply(200, "ok", "") : reply;
      if (!answer.location().isEmpty()) {
        exchange.getResponseHeaders().set("Location", answer.location());
      }
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next request is answered so; queued. */
  public HttpReceiver next(int status, String body) {
    replies.add(new Reply(status, body, ""));
    return this;
  }

  HttpReceiver redirect(URI to) {
    replies.add(new Reply(307, "", to.toString()));
    return this;
  }

  /** From now on it never answers. */
  HttpReceiver silent() {
    silent = true;
    return this;
  }

  /** Where it is. */
  public URI uri() {
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort());
  }

  public List<Request> requests() {
    return requests;
  }

  Request only() {
    if (requests.size() != 1) {
      throw new AssertionError("expected one request: " + requests);
    }
    return requests.getFirst();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
