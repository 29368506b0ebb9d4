package dev.resurge.worker.faults;

import dev.resurge.activities.check.CheckRunner;
import dev.resurge.activities.component.files.FilesDriver;
import dev.resurge.activities.component.postgres.PostgresDriver;
import dev.resurge.activities.component.postgres.model.Contents;
import dev.resurge.activities.component.postgres.model.ModelPrograms;
import dev.resurge.activities.component.postgres.model.ModelServer;
import dev.resurge.activities.component.postgres.model.ModelTable;
import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.platform.host.HostPlatform;
import dev.resurge.activities.platform.host.HostShell;
import dev.resurge.activities.platform.host.ProgramEnvironment;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.step.AttemptHistory;
import dev.resurge.activities.step.Capturing;
import dev.resurge.activities.step.CuttingOver;
import dev.resurge.activities.step.Drivers;
import dev.resurge.activities.step.Hooking;
import dev.resurge.activities.step.Identifying;
import dev.resurge.activities.step.Locking;
import dev.resurge.activities.step.Preparing;
import dev.resurge.activities.step.Pruning;
import dev.resurge.activities.step.Reporting;
import dev.resurge.activities.step.RunbookFolder;
import dev.resurge.activities.step.Settling;
import dev.resurge.activities.step.Site;
import dev.resurge.activities.step.Staging;
import dev.resurge.activities.step.Storing;
import dev.resurge.activities.step.TemporalHolders;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.workflows.model.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Drivers drivers;
  private final MovableClock clock = new MovableClock();
  private final ModelServer server = new ModelServer(7001, clock);
  private final Shell shell = new ModelPrograms(server, SHELL);

  /** The keys of all worlds: making them takes longer than a run. */
  private record Keys(Path folder, String recipient) {
    static Keys make() {
      try {
        var folder = Files.createTempDirectory(Memory.folder(), "keys-");
        return new Keys(
            folder,
            new KeyMaker(folder.resolve("keys"), InstantSource.system())
                .newInstallation()
                .recipient());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * @param sections of the runbook, besides those that all have
   */
  SmallWorld(String system, String sections) {
    this.system = system;
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

  /** The activities of a worker of this world. */
  Map<Class<?>, Object> activities(Lane lane) {
    var platform = new HostPlatform(shell, application);
    var site =
        new Site(
            installation,
            Ed25519Signer.read(installation.keys().signing()),
            Ed25519TrustRoots.of(installation),
            drivers,
            named -> platform,
            ArtifactStores::open,
            clock,
            "faults");
    var checks = new CheckRunner(shell, drivers::queryable, installation.state());
    var holders = new TemporalHolders(lane.client());
    var all =
        List.of(
            new Preparing(site, new RunbookFolder(installation.runbooks()), holders),
            new Capturing(site),
            new Staging(site, checks, holders),
            new Storing(site, holders),
            new CuttingOver(site, checks, holders),
            new Pruning(site, holders),
            new Settling(site),
            new Hooking(site),
            new Reporting(site, new AttemptHistory(lane.client())),
            new Locking(holders),
            new Identifying(PersonKeys.read(installation.people())));
    var byType = new HashMap<Class<?>, Object>();
    Procedures.ACTIVITIES.forEach(
        type -> byType.put(type, all.stream().filter(type::isInstance).findFirst().orElseThrow()));
    return byType;
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
    Memory.remove(live());
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

  /** The directories beside the live one. */
  private List<Path> beside() {
    try (Stream<Path> all = Files.list(live().getParent())) {
      return all.filter(p -> !p.equals(live()) && !p.equals(bystander())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What must not be, whatever happened.
   *
   * @param told what the run's evidence says besides: of what is left behind it has to
   */
  List<String> wrong(List<String> told) {
    var wrong = new ArrayList<String>();
    if (!files(bystander()).equals(List.of("file /", "file theirs: not ours"))
        || !server.contents("theirs").equals(THEIRS)) {
      wrong.add("what is not ours was touched");
    }
    beside().stream()
        .filter(path -> path.getFileName().toString().startsWith("."))
        .filter(path -> told.stream().noneMatch(note -> note.contains("copy of files could not")))
        .forEach(path -> wrong.add("left behind: " + path.getFileName()));
    server.databases().stream()
        .filter(name -> name.startsWith(system + "_rs"))
        .filter(
            name -> told.stream().noneMatch(note -> note.contains("copy of database could not")))
        .forEach(name -> wrong.add("left behind: " + name));
    server.sessions().forEach(session -> wrong.add("a session is left: " + session));
    var unsettled = new Journal(store(), system, trust()).unsettled();
    if (!unsettled.isEmpty()) {
      wrong.add("unsettled: " + unsettled);
    }
    if (!server.database(system).map(d -> d.allowsConnections()).orElse(true)) {
      wrong.add("nobody can connect to the live database");
    }
    wrong.addAll(brokenSets());
    var held = held();
    application.acknowledged().stream()
        .filter(written -> !held.contains(written))
        .forEach(written -> wrong.add("lost: acknowledged " + written));
    return wrong;
  }

  /** What the application wrote and that is in live data or a copy; else what sets hold of it. */
  private Set<String> held() {
    var held = new HashSet<String>();
    for (var database : server.databases()) {
      server.contents(database).rows("note").forEach(row -> held.add("row " + row.getFirst()));
    }
    var directories = new ArrayList<>(beside());
    directories.add(live());
    for (var directory : directories) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          files.forEach(file -> held.add("file " + file.getFileName()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    if (!held.containsAll(application.acknowledged())) {
      var sets = sets();
      application.acknowledged().stream()
          .filter(written ->
              sets.getOrDefault(written.substring(0, 4), "")
                  .contains(written.substring(written.indexOf(' ') + 1)))
          .forEach(held::add);
    }
    return held;
  }

  /** What committed sets lack. */
  private List<String> brokenSets() {
    var sets = new SetRepository(store(), system);
    return sets.list(trust()).stream()
        .flatMap(entry ->
            entry.summary().stream()
                .flatMap(set ->
                    sets.load(set.set(), trust()).manifest().components().stream()
                        .flatMap(component -> component.artifacts().stream())
                        .map(artifact -> system + "/sets/" + set.set() + "/" + artifact.path())))
        .filter(key -> !store().exists(key))
        .map(key -> "a committed set lacks " + key)
        .toList();
  }

  /** The bytes of all committed sets, decoded: rows of the database's, names of the files'. */
  private Map<String, String> sets() {
    var sets = new SetRepository(store(), system);
    var text = new HashMap<String, String>();
    for (var entry : sets.list(trust())) {
      var stored = sets.load(entry.summary().orElseThrow().set(), trust());
      var reader =
          sets.reader(stored.manifest().set(), stored.manifest(), installation.keys().identities());
      for (var component : stored.manifest().components()) {
        for (var artifact : component.artifacts()) {
          try (var in = reader.open(artifact)) {
            text.merge(
                component.name().equals("database") ? "row " : "file",
                new String(in.readAllBytes(), StandardCharsets.ISO_8859_1),
                String::concat);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
    return text;
  }

  /** What a run's evidence says besides; it lies in the state folder where the store failed. */
  List<String> notes(RunId run) {
    var archive = new EvidenceArchive(store(), system);
    var here = new FilesystemStore(installation.state().resolve("evidence"));
    return (archive.runs().contains(run) ? archive : new EvidenceArchive(here, system))
        .read(run, trust())
        .notes();
  }

  ArtifactStore store() {
    return new FilesystemStore(root.resolve("store"));
  }

  TrustRoots trust() {
    return Ed25519TrustRoots.of(installation);
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
    Memory.remove(root);
  }
}
