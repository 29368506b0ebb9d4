package dev.resurge.activities.component.postgres.model;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A program that has begun: connected, and known by its tag. Its work is done in one go by whoever
 * closes its input, or, if it reads none, by who reads its output or waits for its end. Its session
 * is one of the server's like any other, and its work fails half-way where that is ended.
 */
final class ModelProgram implements Shell.Running {
  private static final int KILLED = 137;

  private final ModelServer server;
  private final Attempt attempt;
  private final Shell.Program program;
  private final ProgramArguments arguments;
  private final ModelPrograms.Tool tool;
  private final Attempt.Registration registration;
  private final Input input = new Input();
  private final Output output = new Output();
  private Optional<ModelSession> session = Optional.empty();
  private boolean working;
  private volatile int exit = -1;
  private volatile byte[] printed = new byte[0];
  private volatile String complaint = "";

  private ModelProgram(
      ModelServer server, Attempt attempt, Shell.Program program, ModelPrograms.Tool tool) {
    this.server = server;
    this.attempt = attempt;
    this.program = program;
    this.tool = tool;
    var argv = program.argv();
    this.arguments =
        new ProgramArguments(
            Path.of(argv.getFirst()).getFileName().toString(),
            argv.subList(1, argv.size()),
            program.environment());
    this.registration = attempt.onCancel(this::kill);
  }

  static ModelProgram start(
      ModelServer server, Attempt attempt, Shell.Program program, ModelPrograms.Tool tool) {
    var started = new ModelProgram(server, attempt, program, tool);
    synchronized (server) {
      server.programs().add(started);
    }
    started.connect();
    try {
      attempt.checkCancelled(); // it may have been before the registration
    } catch (RuntimeException e) {
      started.kill();
      throw e;
    }
    return started;
  }

  private void connect() {
    try {
      arguments.requireKnown();
      if (arguments.database().isPresent()) {
        session = Optional.of(session(arguments.database().get()));
      }
    } catch (SQLException e) {
      end(1, arguments.program() + ": error: connection to server failed: " + e.getMessage());
    } catch (IOException e) {
      end(1, e.getMessage());
    } catch (RuntimeException | Error e) {
      kill();
      throw e;
    }
  }

  private ModelSession session(String database) throws SQLException {
    var environment = arguments.environment();
    return server.connect(
        database,
        environment.getOrDefault("PGUSER", ""),
        environment.getOrDefault("PGAPPNAME", ""),
        environment.getOrDefault("PGOPTIONS", ""));
  }

  String tag() {
    return attempt.tag(program.component());
  }

  /** Ends it at once, whatever it does. */
  void kill() {
    end(KILLED, "");
  }

  private void end(int code, String lastWords) {
    synchronized (server) {
      if (exit < 0) {
        exit = code;
        complaint = lastWords;
        session.ifPresent(ModelSession::close);
        server.programs().remove(this);
        server.notifyAll();
      }
    }
    registration.close();
  }

  private boolean reads() {
    return tool.reads(arguments);
  }

  /** Does its work, once; who comes while another does it waits for its end. */
  private void work() {
    synchronized (server) {
      if (working || exit >= 0) {
        return;
      }
      working = true;
    }
    try {
      printed = tool.run(arguments, session, input.read());
      end(0, "");
    } catch (SQLException e) {
      end(1, arguments.program() + ": error: " + e.getMessage());
    } catch (IOException e) {
      end(1, e.getMessage());
    } catch (RuntimeException | Error e) {
      end(1, arguments.program() + ": error: " + e);
      throw e;
    }
  }

  private void awaitEnd() {
    if (!reads()) {
      work();
    }
    synchronized (server) {
      while (exit < 0) {
        try {
          server.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancellationException("interrupted while waiting for " + program.describe());
        }
      }
    }
  }

  @Override
  public OutputStream stdin() {
    return input;
  }

  @Override
  public InputStream stdout() {
    return output;
  }

  @Override
  public int awaitExit() {
    awaitEnd();
    attempt.checkCancelled();
    return exit;
  }

  @Override
  public String stderrTail() {
    return complaint;
  }

  @Override
  public void awaitSuccess(String doing) {
    int code = awaitExit();
    if (code != 0) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED,
          doing
              + ": "
              + program.describe()
              + " ended with exit code "
              + code
              + (complaint.isEmpty() ? "" : "; its last lines:\n" + complaint));
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** What it is given; broken when it has ended. */
  private final class Input extends OutputStream {
    private final ByteArrayOutputStream given = new ByteArrayOutputStream();
    private boolean closed;

    byte[] read() {
      return given.toByteArray();
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (exit >= 0) {
        throw new IOException("Broken pipe");
      }
      given.write(bytes, from, length);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        work();
      }
    }
  }

  /** What it prints, once it has ended. */
  private final class Output extends InputStream {
    private Optional<InputStream> read = Optional.empty();

    private InputStream whole() {
      if (read.isEmpty()) {
        awaitEnd();
        read = Optional.of(new ByteArrayInputStream(printed));
      }
      return read.get();
    }

    @Override
    public int read() throws IOException {
      return whole().read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return whole().read(bytes, from, length);
    }
  }
}
