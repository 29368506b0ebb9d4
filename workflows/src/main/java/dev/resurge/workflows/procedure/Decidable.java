package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Status;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;

/**
 * What people may ask of and say to a run. Each answer comes as an Update (answers at once, needs a
 * living worker) and as an equal Signal (outlasts an absent worker; for Temporal's UI). A refusal
 * by policy is an accepted Update that answers {@code refused}, so that evidence shows the attempt;
 * validators refuse malformed input only.
 */
public interface Decidable {
  /** Temporal's UI shows it where a person picks what to send. */
  String RIGHT =
      "{\"kind\":\"approve\",\"code\":\"<the code in the details>\",\"by\":\"<your name>\"};"
          + " kind is approve, reject or decide, which needs \"choice\"";

  /** How the run stands. */
  @QueryMethod(name = "status")
  Status status();

  /** Approves, rejects or decides, by the decision's kind. */
  @UpdateMethod(name = "answer", description = RIGHT)
  DecisionAnswer answer(Decision decision);

  /** Refuses what is malformed. */
  @UpdateValidatorMethod(updateName = "answer")
  void validateAnswer(Decision decision);

  /** The same as a signal. */
  @SignalMethod(name = "answer", description = RIGHT)
  void answerBySignal(Decision decision);
}
