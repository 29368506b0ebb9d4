package dev.resurge.starter;

import dev.resurge.starter.command.Answer;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.List;
import java.util.Map;

/** How failures are told: what was tried and came back, what to do next, nothing else. */
final class Errors {
  private Errors() {}

  /** The answer that a failure is. */
  static Answer answer(Throwable thrown) {
    var type = thrown instanceof ResurgeException ours ? ours.type() : ErrorType.INTERNAL;
    var message =
        thrown instanceof ResurgeException
            ? thrown.getMessage()
            : thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    return answer(type, String.valueOf(message), type.remedy());
  }

  /** A failure of the command line itself, such as an option that does not exist. */
  static Answer misuse(String message, String next) {
    return answer(ErrorType.INPUT_INVALID, message, next);
  }

  private static Answer answer(ErrorType type, String message, String next) {
    return new Answer(
        type.exitCode(),
        List.of("error: " + message, "  next: " + next),
        Answer.fields("outcome", "error", "error", error(type, message, next)));
  }

  private static Map<String, Object> error(ErrorType type, String message, String next) {
    return Answer.fields(
        "type", type.id(), "message", message, "remedy", next, "exitCode", type.exitCode());
  }
}
