package dev.resurge.activities.spi;

import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.TransferProgress;

/** An attempt that undoes what it did, whether or not anybody still waits for it. */
record UndoingAttempt(Attempt of) implements Attempt {
  @Override
  public Run run() {
    return of.run();
  }

  @Override
  public String token() {
    return of.token();
  }

  @Override
  public String tag(String component) {
    return of.tag(component);
  }

  @Override
  public void progress(TransferProgress progress) {}

  @Override
  public void checkCancelled() {}

  @Override
  public boolean wanted() {
    return true;
  }

  @Override
  public Registration onCancel(Runnable action) {
    return () -> {};
  }
}
