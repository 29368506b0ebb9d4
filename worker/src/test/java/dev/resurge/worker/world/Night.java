package dev.resurge.worker.world;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.schedule.KeptSchedule;
import dev.resurge.activities.schedule.TemporalSchedules;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.PostgresCluster;
import dev.resurge.workflows.procedure.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many small systems on one worker: a database of some hundred rows each on one server, a runbook
 * with a nightly backup, Temporal's schedules, and the worker as {@code ./resurge worker} starts
 * it. All begin together.
 */
public final class Night implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final TestTemporal temporal = TestTemporal.start();
  private final PostgresCluster cluster = PostgresCluster.trusting();
  private final Path folder;
  private final List<String> systems;
  private final Installation installation;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final TemporalSchedules schedules;
  private Optional<Process> worker = Optional.empty();

  /** With so many systems; nothing runs yet but the servers. */
  public Night(int count) {
    folder = newFolder();
    systems = IntStream.range(0, count).mapToObj("system-%03d"::formatted).toList();
    Trees.folder(folder.resolve("store"));
    var recipient =
        new KeyMaker(folder.resolve("state/keys"), InstantSource.system())
            .newInstallation()
            .recipient();
    makeDatabases();
    systems.forEach(system ->
        Trees.write(folder.resolve("runbooks/" + system + ".yaml"), runbook(system, recipient)));
    Trees.write(
        configuration(),
        """
        installation: night
        temporal: {address: "%s"}
        state: state
        worker: {port: 0}
        """
            .formatted(temporal.address()));
    installation =
        new InstallationLoader(Map.of(), folder, folder, folder, () -> "night")
            .load(Optional.of(configuration()));
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(temporal.address()).build());
    client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.dataConverter()).build());
    schedules = new TemporalSchedules(client, installation);
  }

  private void makeDatabases() {
    cluster.execute("postgres", "CREATE DATABASE small");
    cluster.execute(
        "small",
        "CREATE TABLE note (id int PRIMARY KEY, words text NOT NULL)",
        "INSERT INTO note SELECT i, md5(i::text) FROM generate_series(1, 100) i");
    cluster.execute(
        "postgres",
        systems.stream()
            .map(s -> "CREATE DATABASE \"%s\" TEMPLATE small STRATEGY file_copy".formatted(s))
            .toArray(String[]::new));
  }

  private String runbook(String system, String recipient) {
    var sections = new LinkedHashMap<String, String>();
    sections.put("store", "type: filesystem\npath: " + folder.resolve("store"));
    sections.put("encryption", "recipients: [" + recipient + "]");
    sections.put(
        "components",
        """
        - type: postgres
          name: database
          port: %d
          database: %s
          admin: {user: postgres}
        """
            .formatted(cluster.port(), system));
    sections.put("writers", "none");
    sections.put("consistency", "live");
    sections.put("restore", "minimumFree: 1MB");
    sections.put(
        "schedules", "- {name: nightly, procedure: backup, cron: \"0 2 * * *\", jitter: 10m}");
    return new RunbookText(system, sections).yaml();
  }

  private Path configuration() {
    return folder.resolve("resurge.yaml");
  }

  /** The systems' names. */
  public List<String> systems() {
    return systems;
  }

  /** {@code ./resurge schedules apply}, again where a busy machine did not answer in time. */
  public void applySchedules() {
    var prompt = Prompt.in(folder, Trees.text(configuration()));
    var said = new StringBuilder();
    var done =
        Poll.until(
            Duration.ofMinutes(5),
            LOOK,
            () -> {
              var command = prompt.type("schedules", "apply");
              var exit = command.exitCode();
              said.append(command.said());
              return exit == 0;
            });
    if (!done) {
      throw new AssertionError("schedules apply: " + said);
    }
  }

  /** Starts the worker with the memory that {@code ./resurge worker} gives it. */
  public void startWorker() {
    var argv =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xms32m",
            "-Xmx256m",
            "-XX:TrimNativeHeapInterval=10000",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.resurge.worker.Main",
            "--config",
            configuration().toString());
    var builder =
        new ProcessBuilder(argv)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("worker.log").toFile());
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    try {
      worker = Optional.of(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(Duration.ofMinutes(2), "a worker", () -> log().contains("polling task queue"));
  }

  /** What the worker has said. */
  public String log() {
    return Trees.text(folder.resolve("worker.log"));
  }

  /** The worker's resident memory at its most, in MiB. */
  public long peakMebibytes() {
    var status = Trees.text(Path.of("/proc/" + worker.orElseThrow().pid() + "/status"));
    var found = PEAK.matcher(status);
    if (!found.find()) {
      throw new AssertionError("no VmHWM: " + status);
    }
    return Long.parseLong(found.group(1)) / 1024;
  }

  /** Two o'clock: Temporal begins all of them. */
  public void fall() {
    var calls = Executors.newFixedThreadPool(8);
    try {
      var pending = new ArrayList<java.util.concurrent.Future<?>>();
      systems.forEach(
          system -> pending.add(calls.submit(() -> schedules.trigger(system + "/nightly"))));
      for (var each : pending) {
        each.get(2, TimeUnit.MINUTES);
      }
    } catch (InterruptedException
        | java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("in vain was a schedule triggered", e);
    } finally {
      calls.shutdownNow();
    }
  }

  /** Waits until there are as many reports as systems. */
  public void awaitMorning(Duration limit) {
    await(limit, "a report of each", () -> reports() >= systems.size());
  }

  /** How many runs have ended. */
  public long reports() {
    return systems.stream()
        .map(system -> folder.resolve("store").resolve(system).resolve("evidence"))
        .filter(Files::isDirectory)
        .flatMap(reports -> Trees.names(reports).stream()) // what is being written may vanish
        .filter(name -> name.endsWith(".json"))
        .count();
  }

  /** What lies in the store of a system. */
  public Archive archive(String system) {
    return new Archive(folder.resolve("store"), system, installation);
  }

  /** The schedules as Temporal has them now. */
  public List<KeptSchedule> schedules() {
    return schedules.kept();
  }

  /** The sizes of all histories in bytes. */
  public List<Long> historySizes() {
    try (Stream<io.temporal.client.WorkflowExecutionMetadata> all = client.listExecutions("")) {
      return all.map(found -> found.getWorkflowExecutionInfo().getHistorySizeBytes())
          .filter(size -> size > 0)
          .toList();
    }
  }

  private void await(Duration limit, String what, BooleanSupplier condition) {
    if (!Poll.until(limit, LOOK, condition)) {
      var log = log();
      throw new AssertionError(
          "waited in vain for " + what + ": " + log.substring(Math.max(0, log.length() - 4000)));
    }
  }

  @Override
  public void close() {
    worker.ifPresent(
        process -> process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join());
    stubs.shutdownNow();
    temporal.close();
    cluster.close();
    Trees.remove(folder);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("night-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
