package dev.resurge.worker.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code docs/fault-matrix.md}.
 *
 * @param lines one for each trial, sorted: their order in a run is chance
 */
record Table(List<String> lines) {
  static final boolean REGENERATE = System.getProperty("regenerate") != null;
  static final String COMMAND = "./resurge test --matrix";

  private static final Path PAGE = Path.of("../docs/fault-matrix.md");
  private static final String HEAD =
      "| procedure | fault | when | what the user is told | it ends |";

  private static final String INTRODUCTION =
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

      """;

  Table {
    lines = lines.stream().sorted().toList();
  }

  /** The table as it is committed. */
  static Table committed() {
    try {
      return new Table(
          Files.readAllLines(PAGE).stream()
              .filter(line -> line.startsWith("| ") && !line.equals(HEAD))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write() {
    var text =
        INTRODUCTION
            + lines.size()
            + " runs.\n\n"
            + HEAD
            + "\n|---|---|---|---|---|\n"
            + String.join("\n", lines)
            + "\n";
    try {
      Files.writeString(PAGE, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
