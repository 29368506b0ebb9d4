package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;

/**
 * What a file system refuses. Who lacks the right to something will lack it the next time, too; a
 * disk or mount that failed once may answer when it is asked again.
 */
final class FileFailures {
  private FileFailures() {}

  /**
   * @param what was tried and on what, as the beginning of a sentence
   */
  static ResurgeException of(String what, IOException cause) {
    var type =
        cause instanceof AccessDeniedException
            ? ErrorType.RIGHTS_MISSING
            : ErrorType.FILES_UNAVAILABLE;
    return new ResurgeException(type, what + ": " + cause, cause);
  }
}
