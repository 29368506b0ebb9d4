package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;

/** The two artifacts that a captured directory consists of. */
final class SetArtifacts {
  static final String ARCHIVE = "files.tar";
  static final String LISTING = "listing.txt";

  private SetArtifacts() {}

  static Artifact archive(ComponentManifest manifest) {
    return artifact(manifest, ARCHIVE);
  }

  static Artifact listing(ComponentManifest manifest) {
    return artifact(manifest, LISTING);
  }

  private static Artifact artifact(ComponentManifest manifest, String name) {
    return manifest.artifacts().stream()
        .filter(artifact -> artifact.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.SET_CORRUPT,
                "the set's component " + manifest.name() + " has no artifact " + name));
  }
}
