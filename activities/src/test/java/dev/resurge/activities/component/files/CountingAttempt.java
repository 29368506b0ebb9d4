package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.TransferProgress;
import java.util.concurrent.atomic.AtomicLong;

/** An attempt that counts what is said instead of keeping it: for many files. */
record CountingAttempt(Attempt real, AtomicLong said) implements Attempt {
  CountingAttempt(Attempt real) {
    this(real, new AtomicLong());
  }

  @Override
  public Run run() {
    return real.run();
  }

  @Override
  public String token() {
    return real.token();
  }

  @Override
  public String tag(String component) {
    return real.tag(component);
  }

  @Override
  public void progress(TransferProgress progress) {
    said.incrementAndGet();
  }

  @Override
  public void checkCancelled() {
    real.checkCancelled();
  }

  @Override
  public boolean wanted() {
    return real.wanted();
  }

  @Override
  public Registration onCancel(Runnable action) {
    return real.onCancel(action);
  }
}
