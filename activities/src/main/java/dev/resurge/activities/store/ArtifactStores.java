package dev.resurge.activities.store;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.workflows.runbook.Store;
import java.nio.file.Path;

/** Opens the store that a runbook names. */
public final class ArtifactStores {
  private ArtifactStores() {}

  /**
   * Opens a store. Nothing is asked of the place yet: the first operation says whether it answers.
   */
  public static ArtifactStore open(Store store) {
    return switch (store) {
      case Store.Filesystem filesystem -> new FilesystemStore(Path.of(filesystem.path()));
    };
  }
}
