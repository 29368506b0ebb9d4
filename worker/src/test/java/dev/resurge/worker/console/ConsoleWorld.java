package dev.resurge.worker.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.evidence.EvidenceSamples;
import dev.resurge.activities.evidence.ReportVerifier;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.worker.Main;
import dev.resurge.worker.Surroundings;
import dev.resurge.worker.world.Visitor;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Store;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A worker that serves its pages, and stores with a past: sets and evidence that are signed, as
 * runs leave them. Temporal is away; nothing is run.
 */
final class ConsoleWorld implements AutoCloseable {
  /** When the stories are told. */
  final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final Path root;
  private final Path runbooks;
  private final Ed25519Signer signer;
  private final Random random = new Random(7);
  private UnaryOperator<ArtifactStore> seenAs = store -> store;
  private Optional<ApplicationContext> worker = Optional.empty();
  private int runs;

  ConsoleWorld(Path folder) {
    try {
      root = Files.createDirectories(folder);
      runbooks = Files.createDirectories(root.resolve("runbooks"));
      Files.createDirectories(root.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var keys = new KeyMaker(root.resolve("state/keys"), InstantSource.system());
    signer = Ed25519Signer.read(keys.newInstallation().signing());
  }

  Path store() {
    return root.resolve("store");
  }

  /** What the worker takes the store for. */
  void storeSeenAs(UnaryOperator<ArtifactStore> seen) {
    seenAs = seen;
  }

  /** Protects a system with a database and files. */
  void runbook(String system, String description, String... objectives) {
    write(
        runbooks.resolve(system + ".yaml"),
        read(Path.of("../runbooks/library.yaml"))
            .replaceFirst("name: library", "name: " + system)
            .replaceFirst("description: .*", "description: \"" + description + "\"")
            .replace("path: /var/backups/resurge", "path: " + store())
            .replaceFirst(
                "rto: 5m\n +rpo: 24h\n +downtime: 10s", String.join("\n    ", objectives)));
  }

  /** A backup that began then and took so long. */
  SetSummary backup(String system, Instant at, int bytes, Duration took, String reason) {
    var set = SetId.of(at, twoCharacters());
    var sets = new SetRepository(new FilesystemStore(store()), system);
    var components = new ArrayList<ComponentManifest>();
    for (var name : List.of("database", "files")) {
      var content = new byte[bytes / 2];
      random.nextBytes(content);
      var artifact =
          sets.writer(set, name, "aaaa1111", List.of()).put("data", out -> out.write(content));
      components.add(
          new ComponentManifest(
              name,
              name.equals("files") ? "files" : "postgres",
              new TargetIdentity(name + "-1"),
              at,
              JsonNodeFactory.instance.objectNode(),
              new Fingerprint(Map.of("digest", "1")),
              List.of(artifact),
              List.of()));
    }
    var run = run(at, Procedure.BACKUP);
    var labels = new TreeMap<String, String>();
    if (!reason.isEmpty()) {
      labels.put("reason", reason);
    }
    var summary =
        sets.commit(
            new Manifest(
                Manifest.FORMAT_VERSION,
                set,
                system,
                "host",
                SetKind.SCHEDULED,
                labels,
                new Person("nightly", "schedule", true),
                run,
                "host1",
                "0.1.0",
                "0".repeat(64),
                at,
                at.plus(took),
                at,
                components,
                List.of(),
                List.of(),
                List.of(),
                ""),
            Map.of(),
            signer);
    write(EvidenceSamples.backup(), system, run, at, at.plus(took).plusSeconds(2), summary);
    return summary;
  }

  /** A drill of that set that took so long. */
  Evidence drill(String system, Instant at, Duration took, SetSummary set) {
    var run = run(at, Procedure.DRILL);
    var fields = fields(EvidenceSamples.drill(), system, run, at, at.plus(took), set);
    ((ObjectNode) fields.get("trial")).set("verified", Json.mapper().valueToTree(took));
    return write(fields, system);
  }

  /** One of the samples as a run of this system. */
  Evidence write(
      Evidence sample, String system, RunId run, Instant began, Instant ended, SetSummary set) {
    return write(fields(sample, system, run, began, ended, set), system);
  }

  private static ObjectNode fields(
      Evidence sample, String system, RunId run, Instant began, Instant ended, SetSummary set) {
    ObjectNode fields = Json.mapper().valueToTree(sample);
    fields.put("system", system);
    fields.put("run", run.value());
    fields.set("set", Json.mapper().valueToTree(set));
    fields.set("ended", Json.mapper().valueToTree(ended));
    ((ObjectNode) fields.get("clocks")).set("requested", Json.mapper().valueToTree(began));
    fields.put(
        "summary",
        sample
            .summary()
            .replace("library", system)
            .replaceAll("20261121T0[0-9]+Z-[a-z0-9]{4}", set.set().value()));
    return fields;
  }

  private Evidence write(ObjectNode fields, String system) {
    var evidence = Json.mapper().convertValue(fields, Evidence.class);
    new EvidenceArchive(new FilesystemStore(store()), system).write(evidence, signer);
    return evidence;
  }

  RunId run(Instant at, Procedure procedure) {
    return RunId.of(at, procedure, twoCharacters());
  }

  private String twoCharacters() {
    runs++;
    return "" + Character.forDigit(runs / 36 % 36, 36) + Character.forDigit(runs % 36, 36);
  }

  /**
   * Starts the worker.
   *
   * @param settings more lines of the section {@code worker}
   */
  ConsoleWorld start(String... settings) {
    var configuration = root.resolve("resurge.yaml");
    write(
        configuration,
        """
        installation: dms-host-1
        temporal: {address: "127.0.0.1:1"}
        state: state
        worker:
          port: 0
          watchEvery: 1s
        """
            + "  "
            + String.join("\n  ", settings)
            + "\n");
    var installation =
        new InstallationLoader(Map.of(), root, root, root, () -> "host1")
            .load(Optional.of(configuration));
    var real = Surroundings.real();
    var surroundings =
        new Surroundings(
            Clock.systemUTC(),
            (Store named) -> seenAs.apply(real.stores().apply(named)),
            List.of(),
            "test");
    worker = Optional.of(Main.start(installation, Optional.empty(), surroundings));
    return this;
  }

  /** What an auditor finds who trusts this world's key. */
  ReportVerifier.Verified verified(Path report) {
    return new ReportVerifier(Ed25519TrustRoots.read(List.of(), Optional.of(signer)))
        .verify(report);
  }

  int port() {
    return worker.orElseThrow().getBean(EmbeddedServer.class).getPort();
  }

  Visitor visitor() {
    return new Visitor(port(), Visitor.ELSEWHERE);
  }

  Visitor proxied(String person) {
    return new Visitor(port(), Visitor.PROXY).with("X-Forwarded-User", person);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    worker.ifPresent(ApplicationContext::close);
  }
}
