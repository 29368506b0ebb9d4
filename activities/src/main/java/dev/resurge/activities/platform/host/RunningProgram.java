package dev.resurge.activities.platform.host;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A program in a session of its own. Whatever ends it first (itself, its timeout, the attempt's
 * cancellation, {@code close}), its whole family is ended with it.
 */
final class RunningProgram implements Shell.Running {
  private static final int STDERR_KEPT = 8 * 1024;

  /**
   * Once the family is gone its pipes are at their end, unless a process that escaped from session
   * and environment alike (a daemon begun by sudo) holds them open: that is not waited for.
   */
  static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(1);

  private enum End {
    BY_ITSELF,
    TIMED_OUT,
    CANCELLED,
    CLOSED
  }

  private final Process process;
  private final Shell.Program program;
  private final Attempt attempt;
  private final UnaryOperator<String> discretion;
  private final Tail stderr = new Tail(STDERR_KEPT);
  private final Thread stderrReader;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  /**
   * @param discretion leaves secrets out of what it printed
   */
  RunningProgram(
      Process process, Shell.Program program, Attempt attempt, UnaryOperator<String> discretion) {
    this.discretion = discretion;
    this.process = process;
    this.program = program;
    this.attempt = attempt;
    stderrReader = Thread.ofVirtual().unstarted(() -> stderr.drain(process.getErrorStream()));
  }

  /**
   * Begins to watch it.
   *
   * @param endFamily run once, at whatever end: ends the process and all that stem from it, and
   *     returns when they are gone
   */
  void watch(Runnable endFamily) {
    stderrReader.start();
    end.completeOnTimeout(End.TIMED_OUT, program.timeout().toNanos(), TimeUnit.NANOSECONDS);
    Thread.ofVirtual().start(this::awaitEndByItself);
    Thread.ofVirtual().start(() -> endFamilyAtEnd(endFamily));
  }

  private void awaitEndByItself() {
    try {
      process.waitFor();
      end.complete(End.BY_ITSELF);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody has this thread to interrupt it", e);
    }
  }

  private void endFamilyAtEnd(Runnable endFamily) {
    end.join();
    try {
      endFamily.run();
      gone.complete(null);
    } catch (RuntimeException e) {
      gone.completeExceptionally(e);
    }
  }

  /** Begins to end it, because nobody wants it any more; does not wait. */
  void cancel() {
    end.complete(End.CANCELLED);
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  @Override
  public InputStream stdout() {
    return process.getInputStream();
  }

  @Override
  public int awaitExit() {
    try {
      gone.get();
      int code = process.waitFor();
      stderrReader.join(LAST_WORDS_WITHIN);
      if (end.join() == End.CANCELLED) {
        attempt.checkCancelled();
        throw new CancellationException("cancelled: " + program.describe());
      }
      return code;
    } catch (ExecutionException e) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED, program.describe() + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      end.complete(End.CANCELLED);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for " + program.describe());
    }
  }

  @Override
  public String stderrTail() {
    return discretion.apply(stderr.text());
  }

  /** Waits for its end as {@link #awaitExit} does; not in time is an error. */
  int awaitExitInTime(String doing) {
    int code = awaitExit();
    if (end.join() == End.TIMED_OUT) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED,
          doing
              + ": "
              + program.describe()
              + " did not end within "
              + Durations.human(program.timeout())
              + " and was killed"
              + lastWords());
    }
    return code;
  }

  @Override
  public void awaitSuccess(String doing) {
    int code = awaitExitInTime(doing);
    if (code != 0) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED,
          doing + ": " + program.describe() + " ended with exit code " + code + lastWords());
    }
  }

  private String lastWords() {
    var text = new Shell.Result(0, "", stderrTail()).lastLines();
    return text.isEmpty() ? "" : "; its last lines:\n" + text;
  }

  @Override
  public void close() {
    end.complete(End.CLOSED);
    try {
      gone.join();
    } catch (CompletionException e) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED, program.describe() + ": " + e.getCause().getMessage(), e);
    } finally {
      closeQuietly(process.getOutputStream());
      closeQuietly(process.getInputStream());
    }
  }

  /** What it did not read, and what was not read of it, is of no use to anybody now. */
  private static void closeQuietly(Closeable stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // a pipe whose other end is gone
    }
  }
}
