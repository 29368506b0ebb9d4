package dev.resurge.worker.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.FreePort;
import dev.resurge.activities.testing.PostgresCluster;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A library that runs and is protected: {@code try (var world = World.start()) {…}}. Its database
 * (20,000 books, a foreign key, an index, a large object) lies in a cluster that worlds share; its
 * 200 files, application, store, keys, runbook, worker and task queue are its own. Closing ends and
 * removes all of it, whatever happened.
 */
public final class World implements AutoCloseable {
  /** The password of the application's role, and of all others. */
  public static final String PASSWORD = Machine.PASSWORD;

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Setting setting;
  private final Optional<Enclosure> enclosure;
  private final Machine machine;
  private final String system;
  private final WorldFiles files;
  private final WorldFiles seen;
  private final RunbookText standardRunbook;
  private final Installation installation;
  private final Path bobsKey;
  private final Runs runs;
  private final LibraryClient library;
  private final Archive archive;

  private WorkerHandle worker;
  private Optional<TestTemporal> ownTemporal;

  private boolean machineLost;

  private World(Setting setting) {
    this.setting = setting;
    ownTemporal = setting.itsOwnTemporal() ? Optional.of(TestTemporal.start()) : Optional.empty();
    enclosure = setting.small().isEmpty() ? Optional.empty() : Optional.of(Enclosure.open());
    machine = machine();
    system = "library-" + UUID.randomUUID().toString().substring(0, 6);
    files = new WorldFiles(newFolder(system), system);
    seen = new WorldFiles(see(files.root()), system);
    machine.createDatabase(system);
    Trees.folder(files.store());
    Trees.folder(files.data());
    mountSmall();
    Trees.fill(seen.liveFiles());
    var keys = new KeyMaker(files.keys(), InstantSource.system());
    var recipient = keys.newInstallation().recipient();
    bobsKey = keys.newPerson("bob").privateKey();
    int port = FreePort.next();
    library = new LibraryClient(port, files.librarySettings(), this::inside);
    standardRunbook = WorldRunbook.of(files, machine.cluster().port(), port, recipient);
    Trees.write(files.adminPassword(), Machine.PASSWORD);
    Trees.write(files.applicationPassword(), Machine.PASSWORD);
    Trees.write(files.librarySettings(), librarySettings(port));
    Trees.folder(files.gate("any").getParent());
    Trees.write(files.configuration(), configurationText());
    runbook(standard -> standard);
    installation = configured();
    archive = new Archive(seen.store(), system, installation);
    runs = new Runs(system, temporalAddress(), system);
    worker = worker(setting.workerApart(), setting.oddities());
  }

  private Machine machine() {
    if (setting.small().contains(Setting.Small.SERVER)) {
      return Machine.withClusterIn(enclosure.orElseThrow());
    }
    return setting.itsOwnServer() ? Machine.withClusterOfItsOwn() : Machine.shared();
  }

  private void mountSmall() {
    if (setting.small().contains(Setting.Small.STORE)) {
      enclosure.orElseThrow().mountSmall(files.store(), 32);
    }
    if (setting.small().contains(Setting.Small.FILES)) {
      enclosure.orElseThrow().mountSmall(files.data(), 8);
    }
  }

  private Installation configured() {
    return new InstallationLoader(Map.of(), files.root(), files.root(), files.root(), () -> system)
        .load(Optional.of(files.configuration()));
  }

  /** With the configuration as its file has it by now. */
  private WorkerHandle worker(boolean apart, Oddities oddities) {
    if (!apart) {
      return new WorkerHandle.Here(configured(), oddities.surroundings(files.watch()));
    }
    var command =
        oddities.equals(Oddities.NONE)
            ? Programs.worker(files.configuration())
            : Programs.worker(files.configuration(), files.watch(), oddities);
    return new WorkerHandle.Apart(inside(command), files.workerLog());
  }

  /** The command line that runs a program where it sees what this world's programs must see. */
  private List<String> inside(List<String> argv) {
    return enclosure.map(within -> within.enter(argv)).orElse(argv);
  }

  /** Where a path of this world's programs is seen from this JVM. */
  private Path see(Path path) {
    return enclosure.map(within -> within.see(path)).orElse(path);
  }

  /** A world whose worker lives in this JVM. */
  public static World start() {
    return start(Setting.STANDARD);
  }

  /** A world whose worker is a process that can be killed. */
  public static World startWithWorkerApart() {
    return start(Setting.STANDARD.withWorkerApart());
  }

  /** A world with a Temporal of its own, which can lose its memory. */
  public static World startWithItsOwnTemporal() {
    return start(Setting.STANDARD.withItsOwnTemporal());
  }

  /** A world whose machine is its own, so that it can be lost. */
  public static World startOnItsOwnMachine() {
    return start(Setting.STANDARD.withItsOwnServer());
  }

  /**
   * The machine is gone with all that ran and lay on it. Another one takes its place, with
   * PostgreSQL, the application's program and the passwords; the store and the keys were elsewhere.
   */
  public BlankMachine loseMachine() {
    runs.close();
    worker.stop();
    machineLost = true;
    Processes.endAllNaming(system);
    machine.replace();
    Trees.remove(files.liveFiles());
    Trees.remove(files.runbooks());
    Trees.remove(files.pidFile());
    Trees.remove(files.configuration());
    return new BlankMachine(files);
  }

  /** Makes the workers that are processes start quickly, from now on in this JVM. */
  public static void quickenWorkers() {
    Programs.quicken(QuickStart.prepare());
    try (var world = start(Setting.STANDARD.withWorkerApart().with(Oddities.HURRIED))) {
      world.backup();
    }
  }

  /** A world like that. */
  public static World start(Setting setting) {
    return started(new World(setting));
  }

  private String temporalAddress() {
    return ownTemporal.map(TestTemporal::address).orElseGet(machine::temporalAddress);
  }

  /** The Temporal of its own. */
  public TestTemporal temporal() {
    return ownTemporal.orElseThrow();
  }

  /** Temporal is gone with all it knew, and its worker with it; an empty one takes its place. */
  public void loseTemporal() {
    worker.stop();
    ownTemporal.orElseThrow().lose();
    worker.start();
  }

  private static World started(World world) {
    try {
      world.worker.start();
      world.library.start();
      return world;
    } catch (RuntimeException | Error e) {
      world.close();
      throw e;
    }
  }

  /** The system's name, which is its database's too. */
  public String system() {
    return system;
  }

  /** Starts runs. */
  public Runs runs() {
    return runs;
  }

  /** The installation, as its configuration says. */
  public Installation installation() {
    return installation;
  }

  /** The private key of bob, whose decisions the worker can authenticate. */
  public Path bobsKey() {
    return bobsKey;
  }

  /** Somebody who comes to the worker's pages from that address. */
  public Visitor visitor(String address) {
    return new Visitor(worker.address().getPort(), address);
  }

  /** The application. */
  public LibraryClient library() {
    return library;
  }

  /** What lies in the store. */
  public Archive archive() {
    return archive;
  }

  /** The cluster that the database lies in. */
  public PostgresCluster cluster() {
    return machine.cluster();
  }

  /** The protected directory. */
  public Path liveFiles() {
    return seen.liveFiles();
  }

  /** The store's folder. */
  public Path store() {
    return seen.store();
  }

  /** The installation's configuration file. */
  public Path configuration() {
    return files.configuration();
  }

  /** The folder of runbooks. */
  public Path runbooks() {
    return files.runbooks();
  }

  /** A session of the application's role in the live database. */
  public Connection connect() throws SQLException {
    return cluster().connect(system, Machine.APPLICATION);
  }

  /**
   * A place where a run can be held; open until it is shut. The application itself passes {@code
   * start} before it runs and {@code stop} before it is told to end.
   */
  public Gate gate(String name) {
    return new Gate(files.gate(name));
  }

  /** Keeps everybody from renaming beside the protected directory. */
  public Hold holdRenames() {
    return Hold.ofDirectory(seen.data());
  }

  /** Keeps a capture of the database from coming to its end. */
  public Hold holdCapture() {
    return Hold.ofSequence(cluster(), system);
  }

  /** Waits for the database that a restore builds, and keeps it from using its table of books. */
  public Hold holdStagedBooks() {
    await("a staged database", () -> !stagedDatabases().isEmpty());
    return Hold.ofBooks(cluster(), stagedDatabases().getFirst());
  }

  /** Replaces the runbook's file by a change of the standard one. */
  public void runbook(UnaryOperator<RunbookText> change) {
    Trees.write(files.runbooks().resolve(system + ".yaml"), change.apply(standardRunbook).yaml());
  }

  /** Kills the worker's process at once. */
  public void killWorker() {
    worker.kill9();
  }

  /** Lets the worker end in good order and starts another one. */
  public void changeWorker(boolean apart, Oddities oddities) {
    worker.stop();
    worker = worker(apart, oddities);
    worker.start();
  }

  /** Starts another worker than the one that was killed. */
  public void startWorker(boolean apart, Oddities oddities) {
    worker = worker(apart, oddities);
    worker.start();
  }

  /** Looks on between the steps of runs, if the worker is watched. */
  public Watch watch() {
    return new Watch(files.watch());
  }

  /** The small file systems. */
  public Enclosure enclosure() {
    return enclosure.orElseThrow();
  }

  /** Where the store's folder is for this world's programs. */
  public Path storeInside() {
    return files.store();
  }

  /** Where the protected directory's parent is for this world's programs. */
  public Path dataInside() {
    return files.data();
  }

  /** Where the worker in this JVM serves its pages. */
  public URI workerPages() {
    return worker.address();
  }

  /** What the worker in this JVM serves at a path of its port. */
  public String ask(String path) {
    try (var answer = workerPages().resolve(path).toURL().openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the worker again. */
  public void startWorker() {
    worker.start();
  }

  /** Makes a set of the data as it is. */
  public SetId backup() {
    return expect(Verdict.PASS, runs.backup()).set().orElseThrow().set();
  }

  /** What an accident does: rows deleted and changed, files deleted, changed and added. */
  public void damage() {
    cluster()
        .execute(
            system,
            "DELETE FROM book WHERE id % 3 = 0",
            "UPDATE book SET title = 'damaged' WHERE id % 7 = 0",
            "SELECT lo_unlink(image) FROM cover",
            "DELETE FROM cover");
    Trees.remove(liveFiles().resolve("shelf-3"));
    Trees.write(liveFiles().resolve("shelf-4/book-4.txt"), "damaged");
    Trees.write(liveFiles().resolve("ransom.txt"), "pay");
  }

  /** The machine burned down: database, directory and application are gone. */
  public void loseTarget() {
    Processes.endAllNaming(" run " + files.librarySettings());
    machine.dropDatabases(system);
    Trees.remove(liveFiles());
  }

  /** Nothing bears the live names, nothing runs, and nothing staged is left. */
  public void assertNothingThere() {
    assertThat(machine.databases(system)).isEmpty();
    assertThat(Trees.names(seen.data())).isEmpty();
    assertThat(library.processes()).isEmpty();
    assertThat(archive.unsettled()).isEmpty();
    assertThat(programsLeft()).isEmpty();
  }

  /** The live data. */
  public LiveData live() {
    return data(system, liveFiles());
  }

  /** The data of any copy that the system's owner may enter. */
  public LiveData data(String database, Path directory) {
    return new LiveData(
        Long.parseLong(cluster().value(database, "SELECT count(*) FROM book")),
        cluster()
            .value(
                database,
                """
                SELECT md5(concat(
                  (SELECT string_agg(b::text, ' ' ORDER BY id) FROM book b),
                  (SELECT string_agg(a::text, ' ' ORDER BY id) FROM author a),
                  (SELECT string_agg(author || md5(lo_get(image)), ' ') FROM cover),
                  (SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes
                   WHERE schemaname = 'public'),
                  (SELECT string_agg(conname, ' ' ORDER BY conname) FROM pg_constraint
                   WHERE connamespace = 'public'::regnamespace)))
                """),
        Trees.digest(directory));
  }

  /** The data that a run kept beside the live data. */
  public LiveData kept(List<Retained> copies) {
    var names = copies.stream().collect(Collectors.toMap(Retained::component, Retained::name));
    return data(names.get("database"), see(Path.of(names.get("files"))));
  }

  /** The names of databases that restores build. */
  public List<String> stagedDatabases() {
    return machine.databases(system + "_rs");
  }

  /** What tells a database from another of its name. */
  public String identityOf(String database) {
    return cluster()
        .value("postgres", "SELECT oid FROM pg_database WHERE datname = '" + database + "'");
  }

  /** The names of this system's databases besides the live one. */
  public List<String> otherDatabases() {
    return machine.databases(system).stream().filter(name -> !name.equals(system)).toList();
  }

  /** What lies beside the protected directory. */
  public List<String> otherDirectories() {
    return Trees.names(seen.data()).stream().filter(name -> !name.equals("files")).toList();
  }

  /** Waits for a run's end; its report, verified, must say this. */
  public Evidence expect(Verdict verdict, RunHandle run) {
    var result = run.result();
    assertThat(result.verdict()).as(result.toString()).contains(verdict);
    var evidence = archive.evidence(result.run().orElseThrow());
    assertThat(evidence.verdict()).isEqualTo(verdict);
    return evidence;
  }

  /**
   * What holds after every run: exactly this data is live in all components, seen through SQL, the
   * file system and the application, of which one process runs; nothing staged is left, and no cut
   * over is unsettled.
   */
  public void assertSettled(LiveData expected) {
    assertThat(live()).isEqualTo(expected);
    library.awaitHealthy();
    assertThat(library.count()).isEqualTo(expected.books());
    assertThat(library.processes()).hasSize(1);
    assertThat(stagedDatabases()).isEmpty();
    assertThat(otherDirectories()).noneMatch(name -> name.startsWith("."));
    assertThat(archive.unsettled()).isEmpty();
    assertThat(programsLeft()).isEmpty();
  }

  /** Command lines of programs that runs of this world started and that still run. */
  public List<String> programsLeft() {
    return Processes.naming(system).stream()
        .map(Processes::commandLine)
        .filter(line -> !line.contains(" run ") && !line.contains(".worker.Main "))
        .filter(line -> !line.contains(OddWorker.class.getName()))
        .toList();
  }

  /** The processes of workers that belong to this world. */
  public List<Long> workersLeft() {
    return Processes.naming(system).stream()
        .filter(p -> Processes.commandLine(p).contains(".worker.Main "))
        .map(ProcessHandle::pid)
        .toList();
  }

  /** The processes of a program that runs of this world started. */
  public List<Long> pidsOf(String program) {
    return Processes.naming(system).stream()
        .filter(p -> Processes.commandLine(p).contains("/" + program + " "))
        .map(ProcessHandle::pid)
        .toList();
  }

  /** How many sessions runs of this world have in its databases. */
  public long sessionsOfRuns() {
    return sessionsOfRuns("true");
  }

  /** Waits until a run's session waits for what a {@link Hold} holds. */
  public void awaitHeldSession() {
    await("a session that is held", () -> sessionsOfRuns("wait_event_type = 'Lock'") > 0);
  }

  private long sessionsOfRuns(String condition) {
    return Long.parseLong(
        cluster()
            .value(
                "postgres",
                "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'resurge/%'"
                    + " AND starts_with(datname, '%s') AND %s".formatted(system, condition)));
  }

  /** Waits for a condition of this world. */
  public void await(String what, java.util.function.BooleanSupplier condition) {
    if (!Poll.until(SOON, LOOK, condition)) {
      throw new AssertionError("waited in vain for " + what);
    }
  }

  @Override
  public void close() {
    try {
      Trees.remove(files.root().resolve("gates")); // whoever waits at a gate goes on
      if (!machineLost) {
        runs.close();
      }
    } finally {
      try {
        worker.stop();
        ownTemporal.ifPresent(TestTemporal::close);
      } finally {
        Processes.endAllNaming(system);
        if (machine == Machine.shared()) {
          machine.dropDatabases(system);
        }
        machine.close();
        enclosure.ifPresent(Enclosure::close);
        Trees.remove(files.root());
      }
    }
  }

  private String configurationText() {
    return """
    installation: %s-site
    temporal: {address: "%s", taskQueue: %s}
    state: %s
    worker:
      port: 0
      watchEvery: %s
      publicUrl: %s
      login: {header: X-Forwarded-User, proxies: [%s]}
    """
        .formatted(
            system,
            temporalAddress(),
            system,
            files.state(),
            setting.watchful() ? "1s" : "1m",
            Visitor.PUBLIC_URL,
            Visitor.PROXY);
  }

  private String librarySettings(int port) {
    return """
    port=%d
    url=jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s&ApplicationName=library
    files=%s
    startGate=%s
    stopGate=%s
    """
        .formatted(
            port,
            machine.cluster().port(),
            system,
            Machine.APPLICATION,
            URLEncoder.encode(Machine.PASSWORD, StandardCharsets.UTF_8),
            files.liveFiles(),
            files.gate("start"),
            files.gate("stop"));
  }

  /** All that a world starts names this folder or its database, and so its system. */
  private static Path newFolder(String system) {
    try {
      return Files.createTempDirectory(system + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
