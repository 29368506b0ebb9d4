package dev.resurge.starter.command;

import dev.resurge.starter.follow.DeliveryText;
import dev.resurge.starter.runs.Delivery;
import dev.resurge.starter.runs.RunState;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.ErrorType;
import java.util.List;
import java.util.Optional;

/** What answering a run came to. */
final class Sent {
  private Sent() {}

  /** As an answer of the command line; a refusal has the exit code of {@code ApprovalRefused}. */
  static Answer answer(RunState state, Decision decision, Delivery delivery) {
    var refused = DeliveryText.refused(delivery);
    return new Answer(
        refused ? ErrorType.APPROVAL_REFUSED.exitCode() : 0,
        List.of(DeliveryText.of(delivery).replace("SYSTEM", state.ref().system())),
        Answer.fields(
            "outcome", outcome(delivery),
            "kind", decision.kind(),
            "procedure", state.ref().procedure().id(),
            "system", state.ref().system(),
            "run", state.status().map(s -> s.run()),
            "code", decision.code(),
            "choice", decision.choice(),
            "by", decision.by(),
            "signed", decision.signature().isPresent(),
            "answer", said(delivery)));
  }

  private static String outcome(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Answered(var answer) -> answer.accepted() ? "accepted" : "refused";
      case Delivery.Accepted() -> "accepted";
      case Delivery.Recorded() -> "recorded";
    };
  }

  private static Optional<String> said(Delivery delivery) {
    return delivery instanceof Delivery.Answered(var answer)
        ? Optional.of(answer).map(DecisionAnswer::answer)
        : Optional.empty();
  }
}
