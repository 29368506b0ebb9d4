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

  static SwapState of(String bearers) {
    for (var state : values()) {
      if (state.bearers.equals(bearers)) {
        return state;
      }
    }
    return CHANGED;
  }
}
