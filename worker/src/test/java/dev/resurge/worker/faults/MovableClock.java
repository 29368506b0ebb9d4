package dev.resurge.worker.faults;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of a world: its Temporal's, or later. */
final class MovableClock extends Clock {
  private final InstantSource temporal;
  private volatile Duration ahead = Duration.ZERO;

  MovableClock(InstantSource temporal) {
    this.temporal = temporal;
  }

  /** From now on it is so much later. */
  void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return temporal.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("this clock knows UTC only");
  }
}
