package dev.resurge.activities.spi;

import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.TransferProgress;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * One attempt of one activity. An earlier attempt may still be alive while its worker is thought
 * dead; so everything an attempt makes carries its token, and it ends first what others left.
 */
public interface Attempt {
  /** Which run it belongs to. */
  Run run();

  /** Eight characters {@code [a-z0-9]} that no other attempt has: part of staging names. */
  String token();

  /**
   * {@code <runId>/<component>/<token>}: in the environment and application_name of what it starts.
   */
  String tag(String component);

  /** {@code <runId>/<component>/}: what all attempts of this run for the component begin with. */
  default String tagPrefix(String component) {
    return tagPrefix(run().id(), component);
  }

  /** What all attempts of that run for the component begin with. */
  static String tagPrefix(RunId run, String component) {
    return run.value() + "/" + component + "/";
  }

  /**
   * Says how far it is; goes out with the next heartbeat. Cheap: call it for every buffer.
   *
   * @throws CancellationException if the attempt was cancelled
   */
  void progress(TransferProgress progress);

  /**
   * Throws if the attempt was cancelled, or if Temporal no longer knows it.
   *
   * @throws CancellationException then
   */
  void checkCancelled();

  /**
   * Whether Temporal still waits for this very attempt: asked, not remembered, for whoever stood
   * still for an hour has not heard yet that he was given up. Where Temporal does not answer, it
   * waits.
   */
  boolean wanted();

  /** The same attempt for undoing what it did: nobody cancels that. */
  default Attempt undoing() {
    return new UndoingAttempt(this);
  }

  /**
   * Before a copy is marked complete, and another attempt may take it: undoes it if nobody waits
   * for this attempt any more.
   *
   * @param remove removes the copy, which no other attempt has taken yet
   * @throws CancellationException then
   */
  default void requireWanted(String copy, Consumer<Attempt> remove) {
    if (!wanted()) {
      remove.accept(undoing());
      throw new CancellationException(
          "another attempt took over from this one, whose copy " + copy + " was removed");
    }
  }

  /** Runs {@code action} when the attempt is cancelled; closing the answer forgets it. */
  Registration onCancel(Runnable action);

  /** Forgets an {@link #onCancel}. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
