package dev.resurge.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Ends everything that a demo started, whatever state it is in; may be repeated. */
final class Teardown {
  private final Workspace workspace;
  private final Daemons daemons;

  Teardown(Workspace workspace, Daemons daemons) {
    this.workspace = workspace;
    this.daemons = daemons;
  }

  /** One thing to end. */
  private interface End {
    void now() throws DemoException, IOException, InterruptedException;
  }

  /**
   * Ends the worker first, so that nothing starts the library again; one failure does not keep the
   * others running.
   *
   * @throws DemoException naming what may still run
   */
  void run() throws DemoException {
    daemons.close();
    var failures = new ArrayList<String>();
    attempt(failures, "the worker", () -> daemons.end("worker"));
    attempt(failures, "the library", this::stopLibrary);
    attempt(failures, "PostgreSQL", () -> Postgres.at(workspace.postgres(), 0).stop());
    attempt(failures, "the other processes", daemons::endAll);
    if (!failures.isEmpty()) {
      throw new DemoException("could not end " + String.join("; ", failures));
    }
  }

  private static void attempt(List<String> failures, String what, End end) {
    try {
      end.now();
    } catch (DemoException | IOException e) {
      failures.add(what + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add(what + ": interrupted");
    }
  }

  private void stopLibrary() throws DemoException, IOException, InterruptedException {
    var script = workspace.library().script();
    if (!Files.exists(script)) {
      return;
    }
    var log = ProcessBuilder.Redirect.appendTo(daemons.log("library-script").toFile());
    var exit =
        new ProcessBuilder(script.toString(), "stop")
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new DemoException(script + " stop ended with " + exit);
    }
  }
}
