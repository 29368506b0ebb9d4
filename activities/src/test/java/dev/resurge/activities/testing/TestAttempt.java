package dev.resurge.activities.testing;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.TransferProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/** An attempt for tests: of a run of its own that no other test has, cancelled by hand. */
public final class TestAttempt implements Attempt {
  private final Run run;
  private final String token;
  private final List<TransferProgress> progress = new CopyOnWriteArrayList<>();
  private final List<Runnable> onCancel = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;
  private volatile boolean wanted = true;

  /** The first attempt of a new run. */
  public TestAttempt() {
    this(newRun("library"));
  }

  /** Another attempt of that run. */
  public TestAttempt(Run run) {
    this(run, random(8));
  }

  public TestAttempt(Run run, String token) {
    this.run = run;
    this.token = token;
  }

  /** A restore of that system begun just now. */
  public static Run newRun(String system) {
    var now = Instant.now();
    return new Run(
        RunId.of(now, Procedure.RESTORE, random(2)),
        Procedure.RESTORE,
        system,
        "",
        "",
        new Person("alice", "cli", false),
        Optional.empty(),
        now,
        Optional.empty(),
        Scope.WHOLE);
  }

  private static String random(int length) {
    return UUID.randomUUID().toString().replace("-", "").substring(0, length);
  }

  /** Cancels it, as a heartbeat that is told so does: the first time only. */
  public void cancel() {
    if (!cancelled) {
      cancelled = true;
      onCancel.forEach(Runnable::run);
    }
  }

  /** Temporal gives it up, which it has not heard yet. */
  public void giveUp() {
    wanted = false;
  }

  /** What was said so far, in order. */
  public List<TransferProgress> progress() {
    return List.copyOf(progress);
  }

  @Override
  public Run run() {
    return run;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public String tag(String component) {
    return tagPrefix(component) + token;
  }

  @Override
  public void progress(TransferProgress said) {
    progress.add(said);
    checkCancelled();
  }

  @Override
  public void checkCancelled() {
    if (cancelled) {
      throw new CancellationException("the test cancelled the attempt");
    }
  }

  @Override
  public boolean wanted() {
    return wanted;
  }

  @Override
  public Registration onCancel(Runnable action) {
    onCancel.add(action);
    return () -> onCancel.remove(action);
  }
}
