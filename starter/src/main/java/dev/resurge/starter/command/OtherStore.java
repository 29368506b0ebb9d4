package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archive;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Store;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a system's sets are, if its runbook is not at hand or says otherwise, as a mixin. */
final class OtherStore {
  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "Where its sets are: filesystem:/mnt/backups. Needed where its runbook is not at hand.")
  private String url;

  /** As it was typed. */
  Optional<String> given() {
    return Optional.ofNullable(url);
  }

  /**
   * What the system has there, else where its runbook says.
   *
   * @throws ResurgeException {@code InputInvalid} if it is no store; {@code RunbookUnknown} if none
   *     was given and the runbook is not here
   */
  Archive archive(World world, String system) {
    return given()
        .map(text -> world.archiveIn(parse(text), system))
        .orElseGet(() -> world.archive(system));
  }

  /**
   * The option, for a command that people are to type; with the runbook's store if none was given.
   */
  String spelled(World world, String system) {
    return "--store "
        + given().orElseGet(() -> world.runbooks().load(system).spec().store().typed());
  }

  private static Store parse(String text) {
    try {
      return Store.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ResurgeException(ErrorType.INPUT_INVALID, e.getMessage(), e);
    }
  }
}
