package dev.resurge.worker.watch;

/** In what a system may fall short. Several may hold at once. */
public enum Shortfall {
  /** There is no set that a restore would take. */
  NO_GOOD_SET("there is no backup that a restore could take"),
  /** The newest good set's data is older than the recovery point objective allows. */
  RECOVERY_POINT("its newest backup is older than its objective allows"),
  /** The last proof took longer than the recovery time objective allows. */
  RECOVERY_TIME("bringing it back took longer than its objective allows"),
  /** A test of restoring is overdue, or there was never one. */
  TEST_DUE("a test of bringing it back is due"),
  /** It could not be looked at: its store is away, or its runbook is broken. */
  UNSEEN("it cannot be looked at");

  private final String words;

  Shortfall(String words) {
    this.words = words;
  }

  /** What is wrong with the system, in half a sentence. */
  public String words() {
    return words;
  }
}
