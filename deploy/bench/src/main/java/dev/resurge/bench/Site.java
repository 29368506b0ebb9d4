package dev.resurge.bench;

import dev.resurge.library.Premises;
import dev.resurge.scenery.Await;
import dev.resurge.scenery.LibraryClient;
import dev.resurge.scenery.SceneException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One of the libraries: a database, a folder of files and the application that uses both.
 *
 * @param database its name
 * @param port where the application listens
 */
record Site(String database, Premises premises, int port, Path log) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Where the application says whether it is well. */
  String health() {
    return "http://127.0.0.1:" + port + "/health";
  }

  /** Starts the application; returns when it is healthy. */
  void start() throws SceneException, IOException, InterruptedException {
    script("start");
    try (var client = new LibraryClient(port)) {
      Await.until("the library of " + database + " is healthy", PATIENCE, client::healthy);
    }
  }

  /** Stops the application; returns when it has ended. */
  void stop() throws SceneException, IOException, InterruptedException {
    script("stop");
  }

  private void script(String command) throws SceneException, IOException, InterruptedException {
    var exit =
        new ProcessBuilder(premises.script().toString(), command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()
            .waitFor();
    if (exit != 0) {
      throw new SceneException(
          "%s %s ended with %d, see %s".formatted(premises.script(), command, exit, log));
    }
  }
}
