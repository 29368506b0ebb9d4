package dev.resurge.activities.spi;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs programs next to the data, with streamed input and output. Never through a shell. */
public interface Shell {
  /**
   * Starts a program. It and its children are killed when it is closed, when {@code attempt} is
   * cancelled, and when its timeout passes; all carry the attempt's tag in their environment.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ProgramMissing} if there is no such
   *     program
   */
  Running start(Attempt attempt, Program program);

  /**
   * Runs a program to its end and collects what it prints; only for little output (64 KiB are
   * kept).
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ProgramMissing}; {@code
   *     ProgramFailed} if it did not end in time. A non-zero exit code is the caller's to judge.
   */
  Result run(Attempt attempt, Program program);

  /**
   * Ends every program whose tag begins with {@code tagPrefix}, except those of {@code keep}, and
   * returns once none is left.
   *
   * @return how many were ended
   */
  int endTagged(String tagPrefix, String keep);

  /** Where a program lies, searching the PATH. */
  Optional<Path> which(String program);

  /**
   * A program to run.
   *
   * @param argv program and arguments, as they are; never a secret among them
   * @param environment added to the worker's own; secrets may be here
   * @param timeout after which it is killed
   */
  record Program(
      List<String> argv,
      Map<String, String> environment,
      Optional<Path> directory,
      Duration timeout) {
    public Program {
      argv = List.copyOf(argv);
      environment = Map.copyOf(environment);
    }

    /** A program with nothing special, given an hour. */
    public static Program of(List<String> argv) {
      return new Program(argv, Map.of(), Optional.empty(), Duration.ofHours(1));
    }

    /** The same, ended after {@code limit}. */
    public Program within(Duration limit) {
      return new Program(argv, environment, directory, limit);
    }

    /** The same, with more in its environment. */
    public Program with(Map<String, String> more) {
      var all = new java.util.HashMap<>(environment);
      all.putAll(more);
      return new Program(argv, all, directory, timeout);
    }

    /** What people see: the program's name and arguments, without its environment. */
    public String describe() {
      return String.join(" ", argv);
    }
  }

  /** What a finished program left. */
  record Result(int exitCode, String stdout, String stderr) {}

  /** A program that runs. */
  interface Running extends AutoCloseable {
    /** What it reads; close it so that the program sees the end. */
    OutputStream stdin();

    /** What it prints. Read to its end, or it may block for ever. */
    InputStream stdout();

    /** Waits for its end; its exit code. 128 + signal if it was killed. */
    int awaitExit();

    /** The last lines of its standard error (at most 8 KiB), as far as they have come. */
    String stderrTail();

    /**
     * Waits for its end and throws {@code ProgramFailed} with its last lines unless it exits 0.
     *
     * @param doing for the message: what was tried, on what
     */
    void awaitSuccess(String doing);

    /** Kills it and its children if it still runs. */
    @Override
    void close();
  }
}
