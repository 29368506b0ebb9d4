package dev.resurge.worker.watch;

import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import java.time.Instant;
import java.util.List;

/**
 * What Temporal said last.
 *
 * @param answers whether it said anything
 * @param waiting the runs of the folder's systems that wait for a person
 */
public record TemporalState(Instant lookedAt, boolean answers, List<Waiting> waiting) {
  public TemporalState {
    waiting = List.copyOf(waiting);
  }

  /**
   * A run that waits.
   *
   * @param kind for what: an approval, a decision how to go on
   * @param since when it began to wait
   */
  public record Waiting(String system, Procedure procedure, Question.Kind kind, Instant since) {}
}
