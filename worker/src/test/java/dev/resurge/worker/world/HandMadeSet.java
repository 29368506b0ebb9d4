package dev.resurge.worker.world;

import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.SetId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A set whose directory archive was made by somebody who means harm and has the installation's own
 * signing key, so that only the archive itself can give it away. Its database is a good one.
 * Closing removes it.
 */
public final class HandMadeSet implements AutoCloseable {
  private static final String TOKEN = "byhand";

  private final World world;
  private final Manifest good;
  private final SetRepository repository;
  private final SetId set = SetId.of(Instant.now(), "xx");

  /** Begins with what a good set has. */
  public HandMadeSet(World world, SetId good) {
    this.world = world;
    this.good = world.archive().manifest(good);
    this.repository = repository(world);
  }

  private static SetRepository repository(World world) {
    return new SetRepository(new FilesystemStore(world.store()), world.system());
  }

  /** Commits it with that archive; its id. */
  public SetId commit(ArtifactWriter.Body archive) {
    var sets = world.store().resolve(world.system()).resolve("sets");
    var files = good.component("files").orElseThrow();
    for (var artifact : good.component("database").orElseThrow().artifacts()) {
      copy(
          sets.resolve(good.set().value()).resolve(artifact.path()),
          sets.resolve(set.value()).resolve(artifact.path()));
    }
    var writer = repository.writer(set, "files", TOKEN, good.recipients());
    var artifacts =
        List.of(
            writer.put("files.tar", archive),
            writer.put("listing.txt", out -> out.write("".getBytes(StandardCharsets.UTF_8))));
    var evil =
        new ComponentManifest(
            files.name(),
            files.type(),
            files.target(),
            files.recoveryPoint(),
            files.facts(),
            files.fingerprint(),
            artifacts,
            List.of());
    var documents = Map.of("RESTORE.md", new byte[] {'#'});
    return repository.commit(manifest(evil), documents, signer()).set();
  }

  private Ed25519Signer signer() {
    return Ed25519Signer.read(world.configuration().resolveSibling("state/keys/signing.pem"));
  }

  private Manifest manifest(ComponentManifest files) {
    return new Manifest(
        good.formatVersion(),
        set,
        good.system(),
        good.platform(),
        good.kind(),
        good.labels(),
        good.requester(),
        good.run(),
        good.installation(),
        good.resurgeVersion(),
        good.runbookDigest(),
        good.captureStarted(),
        good.captureEnded(),
        good.recoveryPoint(),
        List.of(good.component("database").orElseThrow(), files),
        List.of(),
        good.recipients(),
        good.secrets(),
        good.signer());
  }

  @Override
  public void close() {
    Trees.remove(world.store().resolve(world.system()).resolve("sets").resolve(set.value()));
  }

  /** An archive with a file beside the directory it is for. */
  public static ArtifactWriter.Body namingTheParent(String name) {
    return tar(
        """
        echo evil > file
        tar --format=pax --pax-option=delete=atime,delete=ctime \
          -P --transform="s,.*,../$1,S" -cf "$2" file
        """,
        name);
  }

  /** An archive with a link to a place outside, and a file below that link. */
  public static ArtifactWriter.Body writingThroughLink(Path outside) {
    return tar(
        """
        mkdir a b b/link
        ln -s "$1" a/link
        echo evil > b/link/evil
        tar --format=pax --pax-option=delete=atime,delete=ctime -C a -cf "$2" ./link
        tar --format=pax --pax-option=delete=atime,delete=ctime -C b -rf "$2" ./link/evil
        """,
        outside.toString());
  }

  private static ArtifactWriter.Body tar(String script, String argument) {
    return out -> {
      var folder = Files.createTempDirectory("evil-");
      try {
        var archive = folder.resolve("archive.tar");
        var made =
            new ProcessBuilder("bash", "-euc", script, "bash", argument, archive.toString())
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .onExit()
                .join();
        if (made.exitValue() != 0) {
          throw new AssertionError("tar did not make the archive; GNU tar is needed");
        }
        Files.copy(archive, out);
      } finally {
        Trees.remove(folder);
      }
    };
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
