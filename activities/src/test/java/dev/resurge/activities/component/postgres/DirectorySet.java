package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.workflows.model.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;

/** A set in a folder: files as they are, nothing encoded or checked. */
final class DirectorySet implements ArtifactWriter, ArtifactReader {
  private final Path folder;
  private volatile UnaryOperator<InputStream> reading = in -> in;

  DirectorySet(Path folder) {
    this.folder = folder;
  }

  /** Has every artifact read through {@code filter} from now on. */
  void readThrough(UnaryOperator<InputStream> filter) {
    reading = filter;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public Artifact put(String name, Body body) {
    try {
      var draft = Files.createTempFile(folder, name, ".draft");
      try (var out = Files.newOutputStream(draft)) {
        body.writeTo(out);
      }
      Files.move(draft, file(name), StandardCopyOption.REPLACE_EXISTING);
      var bytes = Files.size(file(name));
      return new Artifact("database/" + name, bytes, bytes, "", List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(Artifact artifact) {
    try {
      return reading.apply(Files.newInputStream(file(artifact.name())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
