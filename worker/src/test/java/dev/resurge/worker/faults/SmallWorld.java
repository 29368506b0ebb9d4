package dev.resurge.worker.faults;

import dev.resurge.activities.check.CheckRunner;
import dev.resurge.activities.component.files.FilesDriver;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.activities.platform.host.HostPlatform;
import dev.resurge.activities.platform.host.HostShell;
import dev.resurge.activities.platform.host.ProgramEnvironment;
import dev.resurge.activities.spi.ComponentDriver;
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
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One small system with everything its own, all of it in memory. */
final class SmallWorld implements AutoCloseable {
  static final String PERSON = "alice";
  private static final HostShell SHELL = new HostShell(ProgramEnvironment.from(System.getenv()));
  private static final Keys KEYS = Keys.make();

  private final Path root;
  private final String system;
  private final Application application;
  private final Installation installation;
  private final Drivers drivers;

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

  SmallWorld(String system) {
    this.system = system;
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
      Files.writeString(root.resolve("runbooks/" + system + ".yaml"), runbook());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    var all = new ArrayList<ComponentDriver<?>>();
    all.add(
        new FilesDriver(
            SHELL, Clock.systemUTC(), () -> "0123456789abcdef", root.resolve("state/scratch")));
    drivers = new Drivers(all);
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
    var platform = new HostPlatform(SHELL, application);
    var site =
        new Site(
            installation,
            Ed25519Signer.read(installation.keys().signing()),
            Ed25519TrustRoots.of(installation),
            drivers,
            named -> platform,
            Clock.systemUTC(),
            "faults");
    var checks = new CheckRunner(SHELL, drivers::queryable, installation.state());
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

  private boolean write(int number) {
    if (number % 25 != 0) {
      return false;
    }
    try {
      Files.writeString(live().resolve("written-" + number), "");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What an accident does. */
  void damage() {
    try {
      Files.delete(live().resolve("first"));
      Files.writeString(live().resolve("shelf/second"), "damaged");
      Files.writeString(live().resolve("ransom"), "pay");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What lies in a directory, but for what the application wrote, one line each. */
  static List<String> content(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      var lines = new ArrayList<String>();
      for (var path : all.sorted().toList()) {
        var name = directory.relativize(path).toString();
        if (!name.startsWith("written-")) {
          lines.add(
              name
                  + (Files.isSymbolicLink(path)
                      ? " -> " + Files.readSymbolicLink(path)
                      : Files.isDirectory(path) ? "/" : ": " + Files.readString(path)));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directories beside the live one. */
  List<Path> beside() {
    try (Stream<Path> all = Files.list(live().getParent())) {
      return all.filter(p -> !p.equals(live()) && !p.equals(bystander())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong whatever happened. */
  List<String> wrong() {
    var wrong = new ArrayList<String>();
    if (!content(bystander()).equals(List.of("/", "theirs: not ours"))) {
      wrong.add("what is not ours was touched: " + content(bystander()));
    }
    beside().stream()
        .filter(path -> path.getFileName().toString().startsWith("."))
        .forEach(path -> wrong.add("left behind: " + path.getFileName()));
    var store = new FilesystemStore(root.resolve("store"));
    var unsettled = new Journal(store, system, Ed25519TrustRoots.of(installation)).unsettled();
    if (!unsettled.isEmpty()) {
      wrong.add("unsettled: " + unsettled);
    }
    if (!application.running()) {
      wrong.add("the application does not run");
    }
    lostWrites().forEach(number -> wrong.add("lost: acknowledged write " + number));
    return wrong;
  }

  private List<Integer> lostWrites() {
    var copies = new ArrayList<>(beside());
    copies.add(live());
    return application.acknowledged().stream()
        .filter(number ->
            copies.stream().noneMatch(copy -> Files.exists(copy.resolve("written-" + number))))
        .toList();
  }

  private String runbook() {
    return """
    apiVersion: resurge.dev/v1
    kind: Runbook
    metadata:
      name: %s
    spec:
      store: {type: filesystem, path: %s}
      encryption: {recipients: [%s]}
      components:
        - {type: files, name: files, path: %s}
      workloads:
        - {type: process, name: application, status: ["true"], start: ["true"], stop: ["true"]}
      approval: {identity: claimed, requesterMayApprove: true}
      restore: {minimumFree: 1MB}
    """
        .formatted(system, root.resolve("store"), KEYS.recipient(), live());
  }

  @Override
  public void close() {
    Memory.remove(root);
  }
}
