package dev.resurge.worker.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.SetId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A set as somebody can change it who writes to the store's disk. Closing makes it good again. */
public final class StoredSet implements AutoCloseable {
  private final World world;
  private final Path folder;
  private final Path good;
  private final Manifest manifest;

  /** Keeps a copy of the set as it is. */
  public StoredSet(World world, SetId set) {
    this.world = world;
    this.manifest = world.archive().manifest(set);
    this.folder = world.store().resolve(world.system()).resolve("sets").resolve(set.value());
    this.good = world.configuration().resolveSibling("good-" + set);
    copy(folder, good);
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** What it was before it was changed. */
  public Manifest manifest() {
    return manifest;
  }

  /** An artifact, such as {@code artifact("files", "files.tar")}. */
  public Artifact artifact(String component, String name) {
    return manifest.component(component).orElseThrow().artifacts().stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Its file. */
  public Path file(Artifact artifact) {
    return folder.resolve(artifact.path());
  }

  /** Turns over one bit in the middle. */
  public void flipBit(Artifact artifact) {
    try (var file = new RandomAccessFile(file(artifact).toFile(), "rw")) {
      file.seek(artifact.bytes() / 2);
      int before = file.read();
      file.seek(artifact.bytes() / 2);
      file.write(before ^ 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts an artifact's last byte off. */
  public void truncate(Artifact artifact) {
    try (var file = new RandomAccessFile(file(artifact).toFile(), "rw")) {
      file.setLength(artifact.bytes() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes an artifact away. */
  public void remove(Artifact artifact) {
    try {
      Files.delete(file(artifact));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the manifest and leaves the signature as it is. */
  public StoredSet edit(Consumer<ObjectNode> change) {
    try {
      var file = folder.resolve("manifest.json");
      var json = (ObjectNode) Json.mapper().readTree(file.toFile());
      change.accept(json);
      Files.write(file, Json.pretty(json));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Signs the manifest with the installation's own key, as only its owner can. */
  public void signAsOwner() {
    sign(Ed25519Signer.read(world.configuration().resolveSibling("state/keys/signing.pem")));
  }

  /** Signs it with a key that nobody here trusts, and lets it say so. */
  public void signAsStranger() {
    var keys = world.configuration().resolveSibling("stranger-" + manifest.set());
    new KeyMaker(keys, InstantSource.system()).newInstallation();
    var signer = Ed25519Signer.read(keys.resolve("signing.pem"));
    edit(json -> json.put("signer", signer.keyId()));
    sign(signer);
  }

  private void sign(Ed25519Signer signer) {
    try {
      var bytes = Files.readAllBytes(folder.resolve("manifest.json"));
      Files.write(folder.resolve("manifest.sig"), signer.sign(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Trees.remove(folder);
    copy(good, folder);
    Trees.remove(good);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (var path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
