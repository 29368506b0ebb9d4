package dev.resurge.activities.spi;

import dev.resurge.workflows.model.Artifact;
import java.io.InputStream;

/** Where a driver gets back what was captured: fetched, checked, decoded while it streams. */
public interface ArtifactReader {
  /**
   * Opens an artifact, decoded. Reading its end checks that every stored byte was what the manifest
   * says, and closing it reads the rest.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetCorrupt} at the end or at the
   *     first byte that does not decode; {@code KeyWrong} if no identity opens it
   */
  InputStream open(Artifact artifact);
}
