package dev.resurge.starter.stack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the parts stand.
 *
 * @param ui Temporal's pages, if this stack's own Temporal serves them
 * @param console where people read how all systems stand, if the worker works and has such a page
 * @param memory where Temporal keeps what it knows, if it is this stack's own
 */
public record StackState(
    Part temporal,
    Part worker,
    Optional<String> ui,
    Optional<String> console,
    Optional<Path> memory) {
  /** Whether both do their work. */
  public boolean works() {
    return temporal.standing().works() && worker.standing().works();
  }

  /** How one stands. */
  public enum Standing {
    /** Ours, and ready. */
    running(true),
    /** Ready, and not started by {@code up}. */
    elsewhere(true),
    /** Ours, but not ready yet, or not any more. */
    notReady(false),
    /** Not there. */
    stopped(false);

    private final boolean works;

    Standing(boolean works) {
      this.works = works;
    }

    /** Whether it does its work. */
    public boolean works() {
      return works;
    }
  }

  /**
   * One part.
   *
   * @param address where it is reached
   * @param pid its process, if it is ours and lives
   * @param log where that process writes, if there is one
   * @param trouble why it does not work, as far as is known
   */
  public record Part(
      Standing standing,
      String address,
      Optional<Long> pid,
      Optional<Path> log,
      Optional<String> trouble) {}
}
