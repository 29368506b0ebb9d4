package dev.resurge.scenery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ends everything that a scene started, whatever state it is in; may be repeated. */
public final class Teardown {
  private final Workspace workspace;
  private final Daemons daemons;

  public Teardown(Workspace workspace, Daemons daemons) {
    this.workspace = workspace;
    this.daemons = daemons;
  }

  /** One thing to end. */
  private interface End {
    void now() throws SceneException, IOException, InterruptedException;
  }

  /**
   * Ends the worker first, so that nothing starts an application again; one failure does not keep
   * the others running.
   *
   * @throws SceneException naming what may still run
   */
  public void run() throws SceneException {
    daemons.close();
    var failures = new ArrayList<String>();
    attempt(failures, "the worker", () -> daemons.end("worker"));
    attempt(failures, "the application", this::stopApplications);
    attempt(failures, "PostgreSQL", () -> Postgres.at(workspace.postgres(), 0).stop());
    attempt(failures, "the other processes", daemons::endAll);
    if (!failures.isEmpty()) {
      throw new SceneException("could not end " + String.join("; ", failures));
    }
  }

  private static void attempt(List<String> failures, String what, End end) {
    try {
      end.now();
    } catch (SceneException | IOException e) {
      failures.add(what + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add(what + ": interrupted");
    }
  }

  private void stopApplications() throws SceneException, IOException, InterruptedException {
    for (var premises : workspace.applications()) {
      stop(premises.script());
    }
  }

  private void stop(Path script) throws SceneException, IOException, InterruptedException {
    var log = ProcessBuilder.Redirect.appendTo(daemons.log("library-script").toFile());
    var exit =
        new ProcessBuilder(script.toString(), "stop")
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new SceneException(script + " stop ended with " + exit);
    }
  }
}
