package dev.resurge.workflows.model;

import java.util.List;

/**
 * One stored object of a set.
 *
 * @param path below the set's folder, such as {@code database/k3f9/schema.dump.zst.age}
 * @param bytes as stored
 * @param rawBytes before encoding
 * @param sha256 of the bytes as stored, in hex
 * @param encodings from the inside out: {@code zstd}, {@code age}
 */
public record Artifact(
    String path, long bytes, long rawBytes, String sha256, List<String> encodings) {
  public Artifact {
    encodings = List.copyOf(encodings);
  }

  /** The last part of the path without the encodings' endings: {@code schema.dump}. */
  public String name() {
    var file = path.substring(path.lastIndexOf('/') + 1);
    return file.replaceFirst("(\\.zst)?(\\.age)?$", "");
  }
}
