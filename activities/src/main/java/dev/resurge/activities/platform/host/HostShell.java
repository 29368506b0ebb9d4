package dev.resurge.activities.platform.host;

import dev.resurge.activities.platform.host.ProcessTable.Entry;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Runs programs on the worker's own machine. Each gets a session of its own and two variables:
 * {@value #TAG}, by which later attempts find what earlier ones left, and {@value #PROGRAM}, by
 * which a program's family is found even if a child made itself a session. Nothing else of the
 * worker's environment reaches it but {@link ProgramEnvironment}.
 */
public final class HostShell implements Shell, AutoCloseable {
  /** The variable that holds the attempt's tag. */
  static final String TAG = "RESURGE_TAG";

  /** The variable that holds an id of the one program that was started. */
  static final String PROGRAM = "RESURGE_PROGRAM";

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int COLLECTED = 64 * 1024;

  private final Launcher launcher;
  private final ProcessTable table = new ProcessTable();
  private final ProcessEnder ender;
  private final Set<RunningProgram> running = ConcurrentHashMap.newKeySet();
  private final UnaryOperator<String> discretion;

  /** One whose worker knows no secrets. */
  public HostShell(ProgramEnvironment environment) {
    this(environment, UnaryOperator.identity());
  }

  /**
   * @param discretion leaves out of what programs print the secrets that the worker knows
   */
  public HostShell(ProgramEnvironment environment, UnaryOperator<String> discretion) {
    this(environment, GRACE, discretion);
  }

  /**
   * @param grace how long a program that is to end may take before it is killed
   */
  public HostShell(ProgramEnvironment environment, Duration grace) {
    this(environment, grace, UnaryOperator.identity());
  }

  private HostShell(
      ProgramEnvironment environment, Duration grace, UnaryOperator<String> discretion) {
    this.discretion = discretion;
    launcher = new Launcher(environment);
    ender = new ProcessEnder(table, grace);
  }

  @Override
  public Running start(Attempt attempt, Program program) {
    return launch(attempt, program);
  }

  private RunningProgram launch(Attempt attempt, Program program) {
    attempt.checkCancelled();
    var id = UUID.randomUUID().toString();
    var environment = new HashMap<>(program.environment());
    environment.put(TAG, attempt.tag(program.component()));
    environment.put(PROGRAM, id);
    var process =
        launcher.start(
            launcher.prepare(program.argv(), environment, program.directory()), program.describe());
    var started = new RunningProgram(process, program, attempt, this::discreet);
    running.add(started);
    var registration = attempt.onCancel(started::cancel);
    started.watch(() -> {
      try {
        ender.end(family(process.pid(), id));
      } finally {
        registration.close();
        running.remove(started);
      }
    });
    try {
      attempt.checkCancelled(); // it may have been between the first look and the registration
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  /** A program and what stems from it, whether it stayed in the session or in the environment. */
  private static Predicate<Entry> family(long session, String id) {
    return process ->
        process.session() == session || process.variable(PROGRAM).filter(id::equals).isPresent();
  }

  @Override
  public Result run(Attempt attempt, Program program) {
    try (var started = launch(attempt, program)) {
      closeStdin(started);
      var stdout = new Tail(COLLECTED);
      var reader = Thread.ofVirtual().start(() -> stdout.drain(started.stdout()));
      int code = started.awaitExitInTime("Running " + program.argv().getFirst());
      join(reader);
      var stderr = started.stderrTail();
      return new Result(code, stdout.text(), stderr, discreet(Result.both(stdout.text(), stderr)));
    }
  }

  private static void closeStdin(RunningProgram program) {
    try {
      program.stdin().close();
    } catch (IOException e) {
      // it has ended already, and was to read nothing anyway
    }
  }

  private static void join(Thread reader) {
    try {
      reader.join(RunningProgram.LAST_WORDS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("interrupted while reading a program");
    }
  }

  @Override
  public int endTagged(String tagPrefix, String keep) {
    if (tagPrefix.isBlank()) {
      throw new IllegalArgumentException("an empty prefix would end the programs of every run");
    }
    Predicate<Entry> tagged =
        process ->
            process
                .variable(TAG)
                .filter(tag -> tag.startsWith(tagPrefix) && !tag.equals(keep))
                .isPresent();
    // a session's leader that is tagged was started by a shell like this one; what runs in its
    // session belongs to it, also after its environment was cleared, as sudo does
    return ender.end(process ->
        tagged.test(process) || tagged.test(new Entry(process.session(), process.session())));
  }

  @Override
  public String discreet(String printed) {
    return Shell.super.discreet(discretion.apply(printed));
  }

  @Override
  public Optional<Path> which(String program) {
    return launcher.finder().find(program, Path.of(""));
  }

  /** Ends everything that still runs, and returns when it is gone. */
  @Override
  public void close() {
    var all = List.copyOf(running);
    all.forEach(RunningProgram::cancel); // first all, so that they end side by side
    all.forEach(RunningProgram::close);
  }
}
