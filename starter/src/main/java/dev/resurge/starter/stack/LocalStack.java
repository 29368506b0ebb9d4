package dev.resurge.starter.stack;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.spi.Poll;
import dev.resurge.starter.runs.Connection;
import dev.resurge.starter.runs.Retention;
import dev.resurge.starter.stack.StackState.Part;
import dev.resurge.starter.stack.StackState.Standing;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The stack of this machine's user, as files and processes show it. */
public final class LocalStack implements Stack {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than a worker lets a cut over take (90 s) before it ends anyway. */
  private static final Duration WORKER_DRAINS_WITHIN = Duration.ofMinutes(2);

  private static final Duration COMES_TO_ITSELF_WITHIN = Duration.ofSeconds(15);
  private static final Duration MUTE_ENDS_WITHIN = Duration.ofSeconds(5);
  private static final Duration TEMPORAL_ENDS_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

  /** How long Temporal remembers ended runs: what people look up when a quarter is reported. */
  private static final Duration REMEMBERED = Duration.ofDays(90);

  private final Installation installation;
  private final Launcher launcher;
  private final Map<String, String> environment;
  private final Path folder;
  private final Daemon temporal;
  private final Daemon worker;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build();

  /**
   * @param environment where secrets may be
   */
  public LocalStack(Installation installation, Launcher launcher, Map<String, String> environment) {
    this.installation = installation;
    this.launcher = launcher;
    this.environment = environment;
    folder = installation.state().resolve("stack");
    temporal = new Daemon("temporal", folder);
    worker = new Daemon("worker", folder);
  }

  @Override
  public StackState state() {
    var worker = workerPart();
    return new StackState(temporalPart(), worker, ui(), console(worker), memory());
  }

  private Optional<String> console(Part worker) {
    return installation.worker().console() == Installation.Console.OFF
        ? Optional.empty()
        : Optional.of(address() + "/").filter(page -> worker.standing().works());
  }

  private Optional<String> ui() {
    return temporal.running().map(process -> server().ui());
  }

  private Optional<Path> memory() {
    return Optional.of(memoryFile()).filter(Files::exists);
  }

  private Path memoryFile() {
    return folder.resolve("temporal.db");
  }

  private TemporalServer server() {
    return TemporalServer.of(installation.temporal(), memoryFile());
  }

  private Part temporalPart() {
    return part(temporal, installation.temporal().address(), silence());
  }

  private Part workerPart() {
    return part(worker, address(), unready());
  }

  private static Part part(Daemon daemon, String address, Optional<String> trouble) {
    var process = daemon.running();
    var standing =
        process.isPresent()
            ? trouble.isEmpty() ? Standing.running : Standing.notReady
            : trouble.isEmpty() ? Standing.elsewhere : Standing.stopped;
    return new Part(
        standing,
        address,
        process.map(ProcessHandle::pid),
        Optional.of(daemon.log()).filter(Files::exists),
        trouble);
  }

  /** Why Temporal does not answer; empty if it does. */
  private Optional<ResurgeException> unreachable() {
    try {
      Connection.require(installation.temporal(), environment);
      return Optional.empty();
    } catch (ResurgeException e) {
      return Optional.of(e);
    }
  }

  private Optional<String> silence() {
    return unreachable().map(Throwable::getMessage);
  }

  private String address() {
    var listens = installation.worker();
    var host = listens.host().equals("0.0.0.0") ? "127.0.0.1" : listens.host();
    return "http://" + host + ":" + listens.port();
  }

  /** Why the worker is not ready; empty if it says that it is. */
  private Optional<String> unready() {
    var page = address() + "/health/readiness";
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(page)).timeout(ANSWERS_WITHIN).build(),
              BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.empty()
          : Optional.of(page + " answered " + answer.statusCode() + " " + answer.body());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(page + " does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while asking " + page);
    }
  }

  @Override
  public StackState up(Consumer<String> progress) {
    if (installation.worker().port() == 0) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "worker.port is 0, any free one; what goes on running needs one that is known");
    }
    return alone(() -> {
      startTemporal(progress);
      startWorker(progress);
      return state();
    });
  }

  /** One that runs may be past helping itself: its memory answers it no more until it is new. */
  private void endIfMute(Consumer<String> progress) {
    if (temporal.running().isPresent()
        && !Poll.until(
            COMES_TO_ITSELF_WITHIN,
            LOOK,
            () -> unreachable().isEmpty() || temporal.running().isEmpty())) {
      progress.accept("Temporal runs but does not answer: ending it, to start it again …");
      end(temporal, MUTE_ENDS_WITHIN, progress);
    }
  }

  private void startTemporal(Consumer<String> progress) {
    endIfMute(progress);
    var trouble =
        temporal.running().isPresent() ? Optional.<ResurgeException>empty() : unreachable();
    if (trouble.isPresent()) {
      if (!TemporalServer.isForHere(installation.temporal())) {
        throw trouble.get();
      }
      var server = server();
      requireFree(server.host(), server.port(), "temporal.address");
      requireFree(server.host(), server.uiPort(), "temporal.address and 1000 more, for its pages,");
      var program = launcher.temporalProgram();
      progress.accept("starting Temporal …");
      temporal.start(server.argv(program), folder);
    }
    await(temporal, this::silence, ErrorType.TEMPORAL_UNAVAILABLE);
    if (temporal.running().isPresent()) {
      Retention.atLeast(installation.temporal(), environment, REMEMBERED).ifPresent(progress);
    }
  }

  private void startWorker(Consumer<String> progress) {
    if (worker.running().isEmpty() && unready().isPresent()) {
      requireFree(installation.worker().host(), installation.worker().port(), "worker.port");
      progress.accept("starting a worker …");
      worker.start(launcher.worker(), launcher.workingFolder());
    }
    await(worker, this::unready, ErrorType.WORKER_MISSING);
  }

  private static void requireFree(String host, int port, String setting) {
    try {
      new ServerSocket(port, 1, InetAddress.getByName(host)).close();
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "listening on %s:%d, as %s says: %s".formatted(host, port, setting, e.getMessage()),
          e);
    }
  }

  private static void await(Daemon daemon, Supplier<Optional<String>> trouble, ErrorType type) {
    Poll.until(PATIENCE, LOOK, () -> trouble.get().isEmpty() || daemon.running().isEmpty());
    trouble
        .get()
        .ifPresent(why -> {
          throw new ResurgeException(
              type,
              "%s did not become ready: %s; the last lines of %s:%n%s"
                  .formatted(daemon.name(), why, daemon.log(), daemon.lastWords()));
        });
  }

  @Override
  public StackState down(Consumer<String> progress) {
    return alone(() -> {
      if (worker.running().isPresent()) {
        progress.accept("ending the worker: what must not be left half-way comes to its end …");
        end(worker, WORKER_DRAINS_WITHIN, progress);
      }
      if (temporal.running().isPresent()) {
        progress.accept("ending Temporal …");
        end(temporal, TEMPORAL_ENDS_WITHIN, progress);
      }
      return state();
    });
  }

  private static void end(Daemon daemon, Duration patience, Consumer<String> progress) {
    if (!daemon.end(patience)) {
      progress.accept(
          daemon.name()
              + " did not end within "
              + Durations.human(patience)
              + " and was killed; what it was doing goes on after ./resurge up");
    }
  }

  /** Two commands at once: the second waits. */
  private <T> T alone(Supplier<T> action) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (var channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock(); // until the channel is closed
        return action.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("locking " + folder + ": " + e, e);
    }
  }
}
