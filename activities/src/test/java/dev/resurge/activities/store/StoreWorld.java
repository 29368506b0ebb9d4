package dev.resurge.activities.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.CapturedComponent;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.TargetIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A store on a real directory with keys, and sets made in one line. */
public final class StoreWorld {
  /** Whose store it is. */
  public static final String SYSTEM = "paperless";

  static final RunId RUN = new RunId("20261121T020000Z-backup-7f2c");

  /** The recovery point of its sets. */
  public static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  /** Where it lies. */
  public final Path root;

  /** The store. */
  public final FilesystemStore store;

  final KeyMaker.InstallationKeys keys;

  /** Who signs. */
  public final Ed25519Signer signer;

  /** Who is believed. */
  public final Ed25519TrustRoots trust;

  final SetRepository sets;

  /** In a folder of its own. */
  public StoreWorld(Path folder) {
    try {
      root = Files.createDirectory(folder.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store = new FilesystemStore(root);
    keys = newKeys(folder.resolve("keys"));
    signer = Ed25519Signer.read(keys.signing());
    trust = Ed25519TrustRoots.read(List.of(), Optional.of(signer));
    sets = new SetRepository(store, SYSTEM, InstantSource.fixed(NOW));
  }

  static KeyMaker.InstallationKeys newKeys(Path folder) {
    return new KeyMaker(folder, InstantSource.fixed(NOW)).newInstallation();
  }

  /** Stores one artifact, encrypted to this world's recipient. */
  Artifact artifact(SetId set, byte[] content) {
    return sets.writer(set, "database", "aaaa1111", List.of(keys.recipient()))
        .put("schema.dump", out -> out.write(content));
  }

  CapturedComponent captured(SetId set, Artifact... artifacts) {
    return sets.saveComponent(set, component(artifacts), "aaaa1111");
  }

  static ComponentManifest component(Artifact... artifacts) {
    return component("database", artifacts);
  }

  private static ComponentManifest component(String name, Artifact... artifacts) {
    return new ComponentManifest(
        name,
        "postgres",
        new TargetIdentity("postgres-7449812231-16401"),
        NOW,
        JsonNodeFactory.instance.objectNode().put("serverVersion", "15.8"),
        new Fingerprint(Map.of("rows public.document", "200000")),
        List.of(artifacts),
        List.of());
  }

  Manifest manifest(SetId set, SetKind kind, Artifact... artifacts) {
    return manifest(set, kind, List.of(component(artifacts)));
  }

  private Manifest manifest(SetId set, SetKind kind, List<ComponentManifest> components) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        set,
        SYSTEM,
        "host",
        kind,
        new TreeMap<>(Map.of("reason", "nightly")),
        new Person("alice", "cli", false),
        RUN,
        "host1",
        "0.1.0",
        "0".repeat(64),
        NOW,
        NOW.plusSeconds(5),
        NOW,
        components,
        List.of(),
        List.of(keys.recipient()),
        List.of("environment variable DB_PASSWORD"),
        "");
  }

  /** Makes a committed set of one artifact. */
  public SetSummary commit(String id, SetKind kind) {
    var set = new SetId(id);
    return sets.commit(
        manifest(set, kind, artifact(set, bytes("data of " + id))), documents(), signer);
  }

  /** Makes a committed set of these components, which share an artifact. */
  public SetSummary commit(String id, SetKind kind, String... components) {
    var set = new SetId(id);
    var artifact = artifact(set, bytes("data of " + id));
    var parts = Stream.of(components).map(name -> component(name, artifact)).toList();
    return sets.commit(manifest(set, kind, parts), documents(), signer);
  }

  static Map<String, byte[]> documents() {
    return Map.of("runbook.yaml", bytes("kind: Runbook\n"), "RESTORE.md", bytes("# Restore\n"));
  }

  /** Where an object lies. */
  public Path file(String key) {
    return root.resolve(key);
  }

  Path inSet(String set, String path) {
    return root.resolve(SYSTEM + "/sets/" + set + "/" + path);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What {@code action} must fail with. */
  static ResurgeException failure(ErrorType type, ThrowingCallable action) {
    var thrown = Assertions.catchThrowableOfType(ResurgeException.class, action);
    Assertions.assertThat(thrown).as("a " + type.id()).isNotNull();
    Assertions.assertThat(thrown.type()).as(thrown.getMessage()).isEqualTo(type);
    return thrown;
  }
}
