package dev.resurge.activities.step;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.Manifest;
import java.util.List;
import java.util.stream.Collectors;

/** Whether everything a manifest names is there in its size; reads no contents. */
final class SetInventory {
  private final ArtifactStore store;

  SetInventory(ArtifactStore store) {
    this.store = store;
  }

  List<String> problems(Manifest manifest) {
    var prefix = manifest.system() + "/sets/" + manifest.set() + "/";
    var sizes =
        store.list(prefix).stream()
            .collect(Collectors.toMap(ArtifactStore.Entry::key, ArtifactStore.Entry::bytes));
    return manifest.components().stream()
        .flatMap(part -> part.artifacts().stream())
        .filter(
            artifact -> !Long.valueOf(artifact.bytes()).equals(sizes.get(prefix + artifact.path())))
        .map(artifact ->
            artifact.path()
                + " should have "
                + artifact.bytes()
                + " bytes and "
                + (sizes.containsKey(prefix + artifact.path())
                    ? "has " + sizes.get(prefix + artifact.path())
                    : "is missing"))
        .toList();
  }
}
