package dev.resurge.activities.spi;

import dev.resurge.workflows.model.Artifact;
import java.io.IOException;
import java.io.OutputStream;

/** Where a driver puts what it captures: encoded, hashed and stored while it streams. */
public interface ArtifactWriter {
  /**
   * Stores what {@code body} writes as one artifact. It appears whole or not at all; several may be
   * written at once from several threads.
   *
   * @param name the file's name without the encodings' endings, such as {@code schema.dump}
   * @throws dev.resurge.workflows.model.ResurgeException {@code StoreUnavailable}
   */
  Artifact put(String name, Body body);

  /** Writes an artifact's bytes. */
  @FunctionalInterface
  interface Body {
    /** Writes everything; does not close. */
    void writeTo(OutputStream out) throws IOException;
  }
}
