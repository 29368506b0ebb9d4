package dev.resurge.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP on the loopback address. */
final class LibraryServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LibraryServer.class);
  private static final Pattern DOCUMENT = Pattern.compile("/documents/(\\d{1,18})");
  private static final Pattern COVER = Pattern.compile("/documents/(\\d{1,18})/cover");
  private static final int BIGGEST_BODY = 1 << 20;

  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Catalogue catalogue;
  private final Shelf shelf;

  /** Listens at once; port 0 takes any free one. */
  LibraryServer(int port, Catalogue catalogue, Shelf shelf) throws IOException {
    this.catalogue = catalogue;
    this.shelf = shelf;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.setExecutor(requests);
    server.start();
  }

  /** Where it listens. */
  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).send(exchange);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      return switch (exchange.getRequestMethod()) {
        case "GET", "HEAD" -> read(exchange.getRequestURI().getPath());
        case "POST" -> write(exchange);
        default -> Answer.error(405, "GET or POST");
      };
    } catch (SQLException e) {
      log.error("database: {}", e.getMessage());
      return Answer.error(503, "the database does not answer");
    } catch (IOException e) {
      log.error("files: {}", e.toString());
      return Answer.error(503, "the attachments cannot be read");
    }
  }

  private Answer read(String path) throws SQLException, IOException {
    var document = DOCUMENT.matcher(path);
    if (document.matches()) {
      return orNotFound(
          catalogue.find(Long.parseLong(document.group(1))).map(found -> Answer.json(200, found)));
    }
    var cover = COVER.matcher(path);
    if (cover.matches()) {
      return orNotFound(
          catalogue
              .cover(Long.parseLong(cover.group(1)))
              .map(svg -> new Answer.Text(200, "image/svg+xml", svg)));
    }
    if (path.startsWith("/files/")) {
      return orNotFound(shelf.find(path.substring("/files/".length())).map(Answer.File::new));
    }
    return switch (path) {
      case "/" -> Answer.page(Page.of(stats(), catalogue.busiestAuthors(5)));
      case "/health" -> health();
      case "/stats" -> Answer.json(200, stats());
      default -> Answer.error(404, "no such page");
    };
  }

  private static Answer orNotFound(Optional<? extends Answer> found) {
    return found.isPresent() ? found.get() : Answer.error(404, "not found");
  }

  private Answer health() throws SQLException, IOException {
    catalogue.ping();
    shelf.ping();
    return Answer.json(200, Map.of("status", "ok"));
  }

  private Map<String, Long> stats() throws SQLException, IOException {
    var counts = catalogue.counts();
    var content = shelf.content();
    var stats = new LinkedHashMap<String, Long>();
    stats.put("documents", counts.get("document"));
    stats.put("authors", counts.get("author"));
    stats.put("tags", counts.get("tag"));
    stats.put("attachments", counts.get("attachment"));
    stats.put("covers", counts.get("cover"));
    stats.put("rows", counts.values().stream().mapToLong(Long::longValue).sum());
    stats.put("files", content.files());
    stats.put("fileBytes", content.bytes());
    return stats;
  }

  private Answer write(HttpExchange exchange) throws SQLException, IOException {
    if (!exchange.getRequestURI().getPath().equals("/documents")) {
      return Answer.error(404, "documents are posted to /documents");
    }
    var body = exchange.getRequestBody().readNBytes(BIGGEST_BODY);
    try {
      var document = Answer.MAPPER.readValue(body, Catalogue.NewDocument.class);
      if (document.title() == null || document.author() == null || document.summary() == null) {
        return Answer.error(400, "title, author and summary are needed");
      }
      return Answer.json(201, Map.of("id", catalogue.add(document)));
    } catch (JsonProcessingException e) {
      return Answer.error(400, "not the JSON of a document: title, author, summary");
    }
  }

  /** Stops listening; requests under way are ended. */
  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }
}
