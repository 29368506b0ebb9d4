package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.Position;

/**
 * Every state that a swap passes through, by what bears the four names: live, staged, retained,
 * rejected. {@code O} is the old data, {@code N} the restored copy, {@code -} nothing.
 */
enum SwapState {
  BEFORE("ON--", Position.BEFORE),
  /** Forward, after the exchange of live and staged. */
  EXCHANGED("NO--", Position.BETWEEN),
  /** Forward without exchange: the old data is put aside, nothing is live. */
  LIVE_AWAY("-NO-", Position.BETWEEN),
  AFTER("N-O-", Position.AFTER),
  /** Back, after the exchange of live and retained. */
  EXCHANGED_BACK("O-N-", Position.BETWEEN),
  /** Back without exchange: the copy is put aside, nothing is live. */
  COPY_AWAY("--ON", Position.BETWEEN),
  BACK("O--N", Position.BACK),
  /** There was no old data: the copy is to stand where nothing is. */
  UNPLACED("-N--", Position.BEFORE),
  PLACED("N---", Position.AFTER),
  TAKEN_BACK("---N", Position.BACK),
  /** There was no old data, and the copy that was rejected was removed. */
  REMOVED("----", Position.BACK),
  CHANGED("", Position.CHANGED);

  private final String bearers;
  private final Position position;

  SwapState(String bearers, Position position) {
    this.bearers = bearers;
    this.position = position;
  }

  Position position() {
    return position;
  }

  /**
   * @param replaces whether there is old data; without it no state that lacks it is a loss
   */
  static SwapState of(String bearers, boolean replaces) {
    for (var state : values()) {
      if (state.bearers.equals(bearers) && state.bearers.contains("O") == replaces) {
        return state;
      }
    }
    return CHANGED;
  }
}
