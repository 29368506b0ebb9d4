package dev.resurge.workflows.retention;

import dev.resurge.workflows.model.RunId;
import java.time.Instant;

/** What keeps a set whatever the rules say. */
public sealed interface Hold {
  /** For people. */
  String describe();

  /** Whether it keeps the set at that time. */
  default boolean holdsAt(Instant now) {
    return true;
  }

  /** A run reads it, or is believed to until then. */
  record Claimed(RunId run, Instant until) implements Hold {
    @Override
    public String describe() {
      return "claimed by run " + run + " until " + until;
    }

    @Override
    public boolean holdsAt(Instant now) {
      return until.isAfter(now);
    }
  }

  /** Something lies where its claims are that cannot be read: it may be a claim. */
  record Unclear(String problem) implements Hold {
    @Override
    public String describe() {
      return "perhaps claimed: " + problem;
    }
  }

  /** Made by a run of the data that it is about to replace. */
  record Safety(RunId run, Unfinished how) implements Hold {
    @Override
    public String describe() {
      return "safety set of run " + run + ", " + how.words;
    }
  }

  /** What a run restores that has not ended. */
  record Restored(RunId run, Unfinished how) implements Hold {
    @Override
    public String describe() {
      return "restored by run " + run + ", " + how.words;
    }
  }

  /** How a restore is not over. */
  enum Unfinished {
    /** Its journal does not say how its cut over ended. */
    UNSETTLED("whose cut over is not settled"),
    /** Temporal says that it goes on. */
    RUNNING("which has not ended");

    private final String words;

    Unfinished(String words) {
      this.words = words;
    }
  }
}
