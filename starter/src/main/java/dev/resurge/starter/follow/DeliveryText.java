package dev.resurge.starter.follow;

import dev.resurge.starter.runs.Delivery;

/** What a person hears after answering. */
public final class DeliveryText {
  private DeliveryText() {}

  /** One line. */
  public static String of(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Answered(var answer) -> (answer.accepted() ? "✓ " : "✗ ") + answer.answer();
      case Delivery.Accepted() ->
          "✓ accepted; the run has not said yet what it makes of it: ./resurge show SYSTEM";
      case Delivery.Recorded() ->
          "✓ recorded; no worker answers, and one will take it when one is back"
              + " (./resurge worker)";
    };
  }

  /** Whether the run refused it. */
  public static boolean refused(Delivery delivery) {
    return delivery instanceof Delivery.Answered(var answer) && !answer.accepted();
  }
}
