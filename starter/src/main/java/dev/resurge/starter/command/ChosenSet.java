package dev.resurge.starter.command;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetId;
import picocli.CommandLine.Option;

/** Which set a run is about, as a mixin. */
final class ChosenSet {
  @Option(
      names = "--set",
      paramLabel = "SET",
      defaultValue = RestoreInput.LATEST,
      description = "A set's id, or latest (default): the newest good one.")
  private String set;

  /**
   * What was typed.
   *
   * @throws ResurgeException {@code InputInvalid} if it is neither latest nor a set's id
   */
  String name() {
    if (!isLatest() && !SetId.isValid(set)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "'" + set + "' is no set; write latest or an id such as 20261121T020000Z-k3f9");
    }
    return set;
  }

  boolean isLatest() {
    return set.equals(RestoreInput.LATEST);
  }
}
