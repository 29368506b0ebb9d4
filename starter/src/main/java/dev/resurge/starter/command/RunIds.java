package dev.resurge.starter.command;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;

/** Run ids as they are typed. */
final class RunIds {
  private RunIds() {}

  /**
   * Reads one.
   *
   * @throws ResurgeException {@code InputInvalid} with what one looks like
   */
  static RunId typed(String text) {
    try {
      return new RunId(text);
    } catch (IllegalArgumentException e) {
      throw new ResurgeException(ErrorType.INPUT_INVALID, e.getMessage(), e);
    }
  }
}
