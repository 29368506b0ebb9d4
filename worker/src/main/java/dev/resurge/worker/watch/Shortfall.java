package dev.resurge.worker.watch;

/** In what a system may fall short. Several may hold at once. */
public enum Shortfall {
  /** There is no set that a restore would take. */
  NO_GOOD_SET,
  /** The newest good set's data is older than the recovery point objective allows. */
  RECOVERY_POINT,
  /** The last proof took longer than the recovery time objective allows. */
  RECOVERY_TIME,
  /** A test of restoring is overdue, or there was never one. */
  TEST_DUE,
  /** It could not be looked at: its store is away, or its runbook is broken. */
  UNSEEN
}
