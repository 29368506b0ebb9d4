package dev.resurge.activities.component.postgres.model;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import java.util.Optional;

/** A place without programs. */
final class NoPrograms implements Shell {
  @Override
  public Running start(Attempt attempt, Program program) {
    throw missing(program);
  }

  @Override
  public Result run(Attempt attempt, Program program) {
    throw missing(program);
  }

  @Override
  public int endTagged(String tagPrefix, String keep) {
    return 0;
  }

  @Override
  public Optional<Path> which(String program) {
    return Optional.empty();
  }

  private static ResurgeException missing(Program program) {
    return new ResurgeException(
        ErrorType.PROGRAM_MISSING, "starting " + program.argv().getFirst() + ": there is none");
  }
}
