package dev.resurge.library;

import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's process. The script {@code library} starts and stops it. */
public final class Library {
  private static final Logger log = LoggerFactory.getLogger(Library.class);

  private Library() {}

  /** {@code run} serves until it is told to end; {@code reindex} counts documents per author. */
  public static void main(String[] arguments) throws IOException, SQLException {
    var command = arguments.length == 1 ? arguments[0] : "";
    if (!command.equals("run") && !command.equals("reindex")) {
      log.error("usage: Library run|reindex");
      System.exit(2);
    }
    var settings = Settings.from(System.getenv());
    if (command.equals("run")) {
      run(settings);
    } else {
      reindex(settings);
    }
  }

  private static void run(Settings settings) throws IOException {
    var catalogue = new Catalogue(new Connections(settings));
    var server = new LibraryServer(settings.port(), catalogue, new Shelf(settings.files()));
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  server.close();
                  log.info("stopped");
                }));
    log.info("listening on 127.0.0.1:{} with {}", server.port(), settings);
  }

  private static void reindex(Settings settings) throws SQLException {
    try (var connections = new Connections(settings)) {
      log.info("documents counted for {} authors", new Catalogue(connections).reindex());
    }
  }
}
