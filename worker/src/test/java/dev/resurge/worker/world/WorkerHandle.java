package dev.resurge.worker.world;

import dev.resurge.activities.installation.Installation;
import dev.resurge.worker.Main;
import dev.resurge.worker.Surroundings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A world's worker: in this JVM, which is quick, or a process that can be killed. */
sealed interface WorkerHandle {
  void start();

  void stop();

  /** Without a word to what it is doing. */
  void kill9();

  /** Where its pages, its metrics and its health are served. */
  URI address();

  /** In this JVM. */
  final class Here implements WorkerHandle {
    private final Installation installation;
    private final Surroundings surroundings;
    private Optional<ApplicationContext> context = Optional.empty();

    Here(Installation installation, Surroundings surroundings) {
      this.installation = installation;
      this.surroundings = surroundings;
    }

    @Override
    public void start() {
      context = Optional.of(Main.start(installation, Optional.empty(), surroundings));
    }

    @Override
    public void stop() {
      context.ifPresent(ApplicationContext::close);
      context = Optional.empty();
    }

    @Override
    public void kill9() {
      throw new IllegalStateException("a worker in this JVM cannot be killed; ask for a process");
    }

    @Override
    public URI address() {
      return context.orElseThrow().getBean(EmbeddedServer.class).getURI();
    }
  }

  /** A process like {@code ./resurge worker}. */
  final class Apart implements WorkerHandle {
    private final List<String> command;
    private final Path log;
    private Optional<Process> process = Optional.empty();

    Apart(List<String> command, Path log) {
      this.command = command;
      this.log = log;
    }

    @Override
    public void start() {
      try {
        process =
            Optional.of(
                new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {
      end(Process::destroy);
    }

    @Override
    public void kill9() {
      end(Process::destroyForcibly);
    }

    @Override
    public URI address() {
      throw new IllegalStateException("a process took any free port; ask for a worker in this JVM");
    }

    private void end(java.util.function.Consumer<Process> how) {
      process.ifPresent(worker -> {
        how.accept(worker);
        worker.onExit().orTimeout(100, java.util.concurrent.TimeUnit.SECONDS).join();
      });
      process = Optional.empty();
    }
  }
}
