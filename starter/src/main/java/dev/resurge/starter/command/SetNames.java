package dev.resurge.starter.command;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetId;

/** What {@code --set} takes. */
final class SetNames {
  private SetNames() {}

  static void check(String set) {
    if (!set.equals(RestoreInput.LATEST) && !SetId.isValid(set)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "'" + set + "' is no set; write latest or an id such as 20261121T020000Z-k3f9");
    }
  }
}
