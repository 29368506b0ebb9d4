package dev.resurge.worker.faults;

/** The worker's process is gone: nothing that this thread still does has any effect. */
@SuppressWarnings("serial") // it never leaves the process
final class Death extends Error {
  Death() {
    super("the worker died", null, false, false);
  }
}
