package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A shell whose worker dies when it comes to run a certain program, perhaps in the middle of it.
 */
record DyingShell(Shell real, String program, List<String> halfOfIt) implements Shell {
  /** What nobody catches. */
  @SuppressWarnings("serial")
  static final class Died extends Error {
    Died() {
      super("the worker died");
    }
  }

  @Override
  public Running start(Attempt attempt, Program what) {
    dieAt(attempt, what);
    return real.start(attempt, what);
  }

  @Override
  public Result run(Attempt attempt, Program what) {
    dieAt(attempt, what);
    return real.run(attempt, what);
  }

  private void dieAt(Attempt attempt, Program what) {
    if (what.argv().getFirst().equals(program)) {
      if (!halfOfIt.isEmpty()) {
        real.run(attempt, Program.of(what.component(), halfOfIt));
      }
      throw new Died();
    }
  }

  @Override
  public int endTagged(String tagPrefix, String keep) {
    return real.endTagged(tagPrefix, keep);
  }

  @Override
  public Optional<Path> which(String name) {
    return real.which(name);
  }
}
