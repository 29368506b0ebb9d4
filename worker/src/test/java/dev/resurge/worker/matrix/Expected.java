package dev.resurge.worker.matrix;

import dev.resurge.worker.world.LiveData;
import java.util.Optional;

/**
 * What must be live afterwards.
 *
 * @param before what was live when the run began; empty where nothing was
 * @param right what is live once it has ended well
 */
record Expected(Optional<LiveData> before, LiveData right) {
  static Expected change(LiveData before, LiveData right) {
    return new Expected(Optional.of(before), right);
  }

  /** Of runs that read. */
  static Expected unchanged(LiveData live) {
    return change(live, live);
  }
}
