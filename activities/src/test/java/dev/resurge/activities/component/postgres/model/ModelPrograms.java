package dev.resurge.activities.component.postgres.model;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code pg_dump}, {@code pg_restore} and {@code vacuumdb} over a server in memory, whatever folder
 * they are asked for in; every other program is another shell's. They are known to the server, so
 * that another worker's shell over the same server ends them too.
 */
public final class ModelPrograms implements Shell {
  private static final Map<String, Tool> TOOLS =
      Map.of("pg_dump", new DumpTool(), "pg_restore", new RestoreTool(), "vacuumdb", new Vacuum());

  private final ModelServer server;
  private final Shell others;

  /** Where there are no other programs. */
  public ModelPrograms(ModelServer server) {
    this(server, new NoPrograms());
  }

  /**
   * @param others runs all other programs
   */
  public ModelPrograms(ModelServer server, Shell others) {
    this.server = server;
    this.others = others;
  }

  /** What one of the programs does. */
  interface Tool {
    /** Whether it waits for what it is to read. */
    default boolean reads(ProgramArguments arguments) {
      return false;
    }

    /**
     * Does it all.
     *
     * @throws java.sql.SQLException if the server refused something
     * @throws IOException with its last words, if anything else is wrong
     */
    byte[] run(ProgramArguments arguments, Optional<ModelSession> session, byte[] stdin)
        throws IOException, java.sql.SQLException;
  }

  /** It changes nothing that anybody can see. */
  private static final class Vacuum implements Tool {
    @Override
    public byte[] run(ProgramArguments arguments, Optional<ModelSession> session, byte[] stdin)
        throws java.sql.SQLException {
      return session.orElseThrow().call("ANALYZE", () -> new byte[0]);
    }
  }

  @Override
  public Running start(Attempt attempt, Program program) {
    var tool = tool(program.argv().getFirst());
    if (tool.isEmpty()) {
      return others.start(attempt, program);
    }
    attempt.checkCancelled();
    return ModelProgram.start(server, attempt, program, tool.get());
  }

  @Override
  public Result run(Attempt attempt, Program program) {
    if (tool(program.argv().getFirst()).isEmpty()) {
      return others.run(attempt, program);
    }
    attempt.checkCancelled();
    if (program.argv().contains("--version")) {
      return new Result(
          0, name(program.argv().getFirst()) + " (PostgreSQL) " + ModelServer.VERSION + "\n", "");
    }
    try (var started = start(attempt, program)) {
      started.stdin().close();
      var printed = new String(started.stdout().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(started.awaitExit(), printed, started.stderrTail());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int endTagged(String tagPrefix, String keep) {
    List<ModelProgram> tagged;
    synchronized (server) {
      tagged =
          server.programs().stream()
              .filter(p -> p.tag().startsWith(tagPrefix) && !p.tag().equals(keep))
              .toList();
    }
    tagged.forEach(ModelProgram::kill);
    return tagged.size() + others.endTagged(tagPrefix, keep);
  }

  @Override
  public Optional<Path> which(String program) {
    return tool(program).isPresent()
        ? Optional.of(Path.of("/").resolve(program))
        : others.which(program);
  }

  private static Optional<Tool> tool(String program) {
    return Optional.ofNullable(TOOLS.get(name(program)));
  }

  private static String name(String program) {
    return Path.of(program).getFileName().toString();
  }
}
