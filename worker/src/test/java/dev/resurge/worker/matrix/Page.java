package dev.resurge.worker.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A committed page with a table of what became of runs. */
enum Page {
  FAULTS(
      "fault-matrix.md",
      "./resurge test --matrix",
      """
      # The fault matrix

      Every line is a run of a procedure on real parts (PostgreSQL, a directory, an application, a store, Temporal, a worker)
      in which something went wrong. `./resurge test --matrix` runs all of them again and writes this page; the test fails if it
      finds anything else. What each fault means for you is in [failure-modes.md](failure-modes.md).

      After each run it was proved, through SQL, the file system, the application and the store: exactly the data that is
      to be live is live in all components; what had been acknowledged is there, live or in what was kept; one process of the
      application runs; nothing staged is left; no cut over is unsettled; the signed evidence verifies and says how it ended;
      another backup works.

      - *before*, *in*, *after* a step: before it has done anything; in the middle; after its effect, before Temporal knows
        of it. `(2)` is the second step of that name. The steps are found by a run without faults, so that a new one is met
        by itself. The last word is the workflow.
      - *killed* is SIGKILL. A worker's programs outlive it, and the next worker comes at once.
      - *PostgreSQL hangs* is SIGSTOP of all its processes.
      - *full* and *read-only* are small file systems (tmpfs) in a mount namespace. *Slow* is the one fault that is not the
        system's own: a test's wrapper around the store, by which every operation and every block takes 40 ms longer.
      - To be quick, a dead worker is noticed after 3 s instead of 5 or 10, and pauses between tries are a tenth. Lines that
        say *30 s* keep production's own. *For a while* is 4 s.
      - *nothing*: the run asks nobody, and is only slower.

      """),
  CRASHES(
      "crash-matrix.md",
      "./resurge test --lab temporal --matrix",
      """
      # The crash matrix

      Every line is a run of a Backup or a Restore on a real Temporal server, in which the worker or Temporal itself was killed, or
      Temporal, PostgreSQL or the store was away. `./resurge test --lab temporal --matrix` runs all of them again and writes this
      page; the test fails if it finds anything else. What was proved after each run, and what the words mean, is said in the
      [fault matrix](fault-matrix.md), which does the same to every procedure on Temporal's in-memory server.

      - *Temporal killed* is SIGKILL of the server; it is started again at once, with the memory that is in its file.
      - *Temporal away for 30 s*: killed, and started again half a minute later.

      """);

  private static final String HEAD =
      "| procedure | fault | when | what the user is told | it ends |";

  private final Path file;
  private final String command;
  private final String introduction;

  Page(String name, String command, String introduction) {
    this.file = Path.of("../docs").resolve(name);
    this.command = command;
    this.introduction = introduction;
  }

  /** What makes it anew. */
  String command() {
    return command;
  }

  /** Its lines as they are committed; none if there is no such page yet. */
  List<String> committed() {
    try {
      return Files.notExists(file)
          ? List.of()
          : Files.readAllLines(file).stream()
              .filter(line -> line.startsWith("| ") && !line.equals(HEAD))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it anew. */
  void write(List<String> lines) {
    var text =
        introduction
            + lines.size()
            + " runs.\n\n"
            + HEAD
            + "\n|---|---|---|---|---|\n"
            + String.join("\n", lines)
            + "\n";
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
