package dev.resurge.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the server answers to one request. */
sealed interface Answer {
  /** The HTTP status. */
  int status();

  /** The media type of the body. */
  String type();

  /** Sends it; closing the exchange is the caller's. */
  void send(HttpExchange exchange) throws IOException;

  /** A body held in memory, sent as UTF-8. */
  record Text(int status, String type, String body) implements Answer {
    @Override
    public void send(HttpExchange exchange) throws IOException {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      var head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  /** A file, streamed. */
  record File(Path path) implements Answer {
    @Override
    public int status() {
      return 200;
    }

    @Override
    public String type() {
      return "application/octet-stream";
    }

    @Override
    public void send(HttpExchange exchange) throws IOException {
      try (InputStream content = Files.newInputStream(path)) {
        exchange.getResponseHeaders().set("Content-Type", type());
        exchange.sendResponseHeaders(status(), 0);
        content.transferTo(exchange.getResponseBody());
      }
    }
  }

  /** Writes and reads the application's JSON. */
  ObjectMapper MAPPER = new ObjectMapper();

  static Answer json(int status, Object body) {
    try {
      return new Text(status, "application/json", MAPPER.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + body.getClass() + " as JSON", e);
    }
  }

  static Answer page(String html) {
    return new Text(200, "text/html; charset=utf-8", html);
  }

  static Answer error(int status, String message) {
    return json(status, Map.of("error", message));
  }
}
