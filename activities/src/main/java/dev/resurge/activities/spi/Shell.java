package dev.resurge.activities.spi;

import dev.resurge.workflows.runbook.SecretScan;
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
   * cancelled, and when its timeout passes; children that outlive it end with it. All carry the
   * attempt's tag in their environment.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ProgramMissing} if there is no such
   *     program; {@code ProgramFailed} if it cannot be started
   * @throws java.util.concurrent.CancellationException if the attempt was cancelled
   */
  Running start(Attempt attempt, Program program);

  /**
   * Runs a program with nothing to read to its end and collects what it prints; only for little
   * output (the last 64 KiB are kept).
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ProgramMissing}; {@code
   *     ProgramFailed} if it did not end in time. A non-zero exit code is the caller's to judge.
   * @throws java.util.concurrent.CancellationException if the attempt was cancelled
   */
  Result run(Attempt attempt, Program program);

  /**
   * Ends every program whose tag begins with {@code tagPrefix}, except those whose tag is {@code
   * keep}, and returns once none is left: whoever started them, and also if that worker is dead.
   *
   * @return how many processes were ended
   * @throws dev.resurge.workflows.model.ResurgeException {@code ProgramFailed} if one does not even
   *     end when killed
   */
  int endTagged(String tagPrefix, String keep);

  /**
   * Ends what earlier attempts of the run, and of the runs that it continues, left running for the
   * component, and returns once nothing is left.
   */
  default void endEarlier(Attempt attempt, String component) {
    for (var run : attempt.run().owned()) {
      endTagged(Attempt.tagPrefix(run, component), attempt.tag(component));
    }
  }

  /**
   * What a program printed, fit for messages, histories and reports: secrets that the worker has
   * read, and what looks like one, are left out.
   */
  default String discreet(String printed) {
    return SecretScan.masked(printed);
  }

  /** Where a program lies, searching the PATH. */
  Optional<Path> which(String program);

  /**
   * A program to run.
   *
   * @param component whose tag it bears: a component's name, or what no component is called, such
   *     as {@code hook.reindex}
   * @param argv program and arguments, as they are; never a secret among them
   * @param environment added to what the platform gives every program, which holds no secrets of
   *     the worker; secrets may be here
   * @param directory where it runs; the worker's own by default
   * @param timeout after which it is killed
   */
  record Program(
      String component,
      List<String> argv,
      Map<String, String> environment,
      Optional<Path> directory,
      Duration timeout) {
    public Program {
      argv = List.copyOf(argv);
      environment = Map.copyOf(environment);
    }

    /** A program with nothing special, given an hour. */
    public static Program of(String component, List<String> argv) {
      return new Program(component, argv, Map.of(), Optional.empty(), Duration.ofHours(1));
    }

    /** The same, ended after {@code limit}. */
    public Program within(Duration limit) {
      return new Program(component, argv, environment, directory, limit);
    }

    /** The same, with more in its environment. */
    public Program with(Map<String, String> more) {
      var all = new java.util.HashMap<>(environment);
      all.putAll(more);
      return new Program(component, argv, all, directory, timeout);
    }

    /** What people see: the program's name and arguments, without its environment. */
    public String describe() {
      return String.join(" ", argv);
    }
  }

  /**
   * What a finished program left.
   *
   * @param stdout as it came, to be parsed
   * @param said both streams for people, standard error last, without secrets
   */
  record Result(int exitCode, String stdout, String stderr, String said) {
    private static final int LINES = 20;
    private static final int CHARACTERS = 2000;

    /** Of a program that knows no secret. */
    public Result(int exitCode, String stdout, String stderr) {
      this(exitCode, stdout, stderr, both(stdout, stderr));
    }

    /** Both streams one after the other. */
    public static String both(String stdout, String stderr) {
      return (stdout.strip() + "\n" + stderr.strip()).strip();
    }

    /** For messages: the last lines it printed, standard error last, at most 2000 characters. */
    public String lastLines() {
      var lines = said.lines().toList();
      var last = String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
      return last.length() <= CHARACTERS ? last : last.substring(last.length() - CHARACTERS);
    }
  }

  /** A program that runs. */
  interface Running extends AutoCloseable {
    /** What it reads; close it so that the program sees the end. */
    OutputStream stdin();

    /** What it prints. Read to its end, or it may block for ever. */
    InputStream stdout();

    /**
     * Waits until it and its children have ended; its exit code. 128 + signal if it was killed,
     * also by its timeout.
     *
     * @throws java.util.concurrent.CancellationException if the attempt was cancelled
     */
    int awaitExit();

    /** The last lines of its standard error (at most 8 KiB), {@link Shell#discreet discreet}. */
    String stderrTail();

    /**
     * Waits for its end and throws {@code ProgramFailed} with its last lines unless it exits 0.
     * What was read from a program is whole only after this: a killed one's output just ends.
     *
     * @param doing for the message: what was tried, on what
     * @throws java.util.concurrent.CancellationException if the attempt was cancelled
     */
    void awaitSuccess(String doing);

    /** Kills it and its children if it still runs, and returns when they are gone. */
    @Override
    void close();
  }
}
