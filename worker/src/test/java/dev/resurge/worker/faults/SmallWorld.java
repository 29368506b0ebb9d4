package dev.resurge.worker.faults;

import dev.resurge.activities.check.CheckRunner;
import dev.resurge.activities.component.files.FilesDriver;
import dev.resurge.activities.component.postgres.PostgresDriver;
import dev.resurge.activities.component.postgres.model.Contents;
import dev.resurge.activities.component.postgres.model.ModelPrograms;
import dev.resurge.activities.component.postgres.model.ModelServer;
import dev.resurge.activities.component.postgres.model.ModelTable;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.notice.AnswerPages;
import dev.resurge.activities.notice.Notifier;
import dev.resurge.activities.platform.host.HostPlatform;
import dev.resurge.activities.platform.host.HostShell;
import dev.resurge.activities.platform.host.ProgramEnvironment;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.step.Drivers;
import dev.resurge.activities.step.Site;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.worker.Activities;
import dev.resurge.worker.world.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One small system with everything its own, all of it in memory. */
final class SmallWorld implements AutoCloseable {
  static final String PERSON = "alice";
  static final Set<String> COMPONENTS = Set.of("database", "files");
  private static final HostShell SHELL = new HostShell(ProgramEnvironment.from(System.getenv()));
  private static final Keys KEYS = Keys.make();
  private static final Contents THEIRS = Contents.of(ModelTable.of("secret", "text").with("x"));
  private static final String WRITTEN = "written-";

  private final Path root;
  private final String system;
  private final Application application;
  private final Installation installation;
  private final CheckRunner checks; // one for all workers: each has a client with threads
  private final Drivers drivers;
  private final MovableClock clock;
  private final ModelServer server;
  private final Shell shell;

  /** The keys of all worlds: making them takes longer than a run, reading them a tenth of one. */
  private record Keys(Path folder, String recipient, Ed25519Signer signer, TrustRoots trust) {
    static Keys make() {
      try {
        var folder = Files.createTempDirectory(Memory.folder(), "keys-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Trees.remove(folder)));
        var recipient =
            new KeyMaker(folder.resolve("keys"), InstantSource.system())
                .newInstallation()
                .recipient();
        var signer = Ed25519Signer.read(folder.resolve("keys/signing.pem"));
        return new Keys(
            folder, recipient, signer, Ed25519TrustRoots.read(List.of(), Optional.of(signer)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * @param sections of the runbook, besides those that all have
   * @param time Temporal's
   */
  SmallWorld(String system, String sections, InstantSource time) {
    this.system = system;
    clock = new MovableClock(time);
    server = new ModelServer(7001, clock);
    shell = new ModelPrograms(server, SHELL);
    server.createDatabase(
        system,
        ModelServer.SUPERUSER,
        Contents.of(ModelTable.of("note", "text").with("good").with("good as well")));
    server.createDatabase("theirs", ModelServer.SUPERUSER, THEIRS);
    try {
      root = Files.createTempDirectory(Memory.folder(), system + "-");
      Files.createDirectories(live().resolve("shelf"));
      Files.writeString(live().resolve("first"), "good");
      Files.writeString(live().resolve("shelf/second"), "good as well");
      Files.createSymbolicLink(live().resolve("link"), Path.of("shelf/second"));
      Files.createDirectories(root.resolve("runbooks"));
      Files.createDirectories(root.resolve("store"));
      Files.createDirectories(bystander());
      Files.writeString(bystander().resolve("theirs"), "not ours");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    runbook(sections);
    application = new Application(this::write);
    var keys = KEYS.folder().resolve("keys");
    installation =
        new Installation(
            "faults",
            new Installation.Temporal("nowhere:0", "default", "faults"),
            root.resolve("runbooks"),
            root.resolve("state"),
            new Installation.Keys(
                keys.resolve("signing.pem"), List.of(keys.resolve("identity.age")), List.of()),
            Map.of(),
            new Installation.Worker("127.0.0.1", 0),
            Optional.empty());
    drivers =
        new Drivers(
            List.of(
                new PostgresDriver(shell, secret -> "", clock, server.connector()),
                new FilesDriver(
                    shell, clock, () -> "0123456789abcdef", root.resolve("state/scratch"))));
    checks = new CheckRunner(shell, drivers::queryable, installation.state());
  }

  String system() {
    return system;
  }

  Application application() {
    return application;
  }

  Path live() {
    return root.resolve("data/files");
  }

  private Path bystander() {
    return root.resolve("data/files.resurge-of-somebody-else");
  }

  /** Whether what is somebody else's is as it was. */
  boolean leftOthersAlone() {
    return files(bystander()).equals(List.of("file /", "file theirs: not ours"))
        && server.contents("theirs").equals(THEIRS);
  }

  ModelServer server() {
    return server;
  }

  Installation installation() {
    return installation;
  }

  /** The activities of a worker of this world. */
  Map<Class<?>, Object> activities(Lane lane) {
    var platform = new HostPlatform(shell, application);
    var site =
        new Site(
            installation,
            KEYS.signer(),
            KEYS.trust(),
            drivers,
            named -> platform,
            ArtifactStores::open,
            clock,
            "faults");
    var all = Activities.of(installation, site, checks, notifier(), lane.client()).all();
    var byType = new HashMap<Class<?>, Object>();
    Lane.ACTIVITIES.forEach(
        type -> byType.put(type, all.stream().filter(type::isInstance).findFirst().orElseThrow()));
    return byType;
  }

  /** Nobody is told anything here: runs go on as if everybody were. */
  private Notifier notifier() {
    return new Notifier(installation, secret -> "", AnswerPages.NONE, clock);
  }

  /** A row each time, and now and then a file as well. */
  private List<String> write(int number) {
    var taken = new ArrayList<String>();
    var what = WRITTEN + number + ".";
    try {
      server.write(system, ModelServer.SUPERUSER, "note", what);
      taken.add("row " + what);
      if (number % 25 == 0) {
        Files.writeString(live().resolve(what), "");
        taken.add("file " + what);
      }
    } catch (SQLException | IOException e) {
      // refused: not acknowledged
    }
    return taken;
  }

  /** So much time goes by. */
  void later(Duration time) {
    clock.advance(time);
  }

  /** What an accident does. */
  void damage() {
    server.change(
        system,
        contents -> contents.change("note", SmallWorld::damaged).withRow("note", "damaged"));
    try {
      Files.delete(live().resolve("first"));
      Files.writeString(live().resolve("shelf/second"), "damaged");
      Files.writeString(live().resolve("ransom"), "pay");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelTable damaged(ModelTable notes) {
    return notes.withRows(
        notes.rows().stream().filter(row -> !row.equals(List.of("good as well"))).toList());
  }

  /** The machine is lost: another one has a server and nothing else. */
  void lose() {
    application.gone();
    Trees.remove(live());
    try {
      server.execute("DROP DATABASE \"" + system + "\"");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is live, but for what the application wrote meanwhile, one line each. */
  List<String> content() {
    var lines = new ArrayList<>(rows(system));
    lines.addAll(files(live()));
    return lines;
  }

  private List<String> rows(String database) {
    if (server.database(database).isEmpty()) {
      return List.of("no database");
    }
    return server.contents(database).rows("note").stream()
        .map(row -> "row " + row.getFirst())
        .filter(row -> !row.startsWith("row " + WRITTEN))
        .toList();
  }

  private static List<String> files(Path directory) {
    if (!Files.exists(directory)) {
      return List.of("no directory");
    }
    try (Stream<Path> all = Files.walk(directory)) {
      var lines = new ArrayList<String>();
      for (var path : all.sorted().toList()) {
        var name = directory.relativize(path).toString();
        if (!name.startsWith(WRITTEN)) {
          lines.add("file " + name + described(path));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String described(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return " -> " + Files.readSymbolicLink(path);
    }
    return Files.isDirectory(path) ? "/" : ": " + Files.readString(path);
  }

  /** The directories beside the live one, but for somebody else's. */
  List<Path> beside() {
    try (Stream<Path> all = Files.list(live().getParent())) {
      return all.filter(p -> !p.equals(live()) && !p.equals(bystander())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ArtifactStore store() {
    return new FilesystemStore(root.resolve("store"));
  }

  TrustRoots trust() {
    return KEYS.trust();
  }

  /** Replaces what the runbook says besides what all say. */
  void runbook(String sections) {
    try {
      Files.writeString(root.resolve("runbooks/" + system + ".yaml"), text(sections));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String sections) {
    return """
    apiVersion: resurge.dev/v1
    kind: Runbook
    metadata:
      name: %s
    spec:
      store: {type: filesystem, path: %s}
      encryption: {recipients: [%s]}
      components:
        - type: postgres
          name: database
          port: 5432
          database: %s
          admin: {user: postgres}
        - {type: files, name: files, path: %s}
      checks:
        - {type: tables, name: notes-are-there, component: database, present: [note]}
      workloads:
        - {type: process, name: application, status: ["true"], start: ["true"], stop: ["true"]}
      approval: {identity: claimed, requesterMayApprove: true}
    """
            .formatted(system, root.resolve("store"), KEYS.recipient(), system, live())
        + sections.indent(2);
  }

  @Override
  public void close() {
    Trees.remove(root);
  }
}
