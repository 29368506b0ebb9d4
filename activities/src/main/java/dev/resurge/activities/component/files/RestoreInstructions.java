package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import java.util.ArrayList;
import java.util.List;

/**
 * The section of RESTORE.md: shell commands that need age, zstd and GNU tar, and three variables:
 * {@code RESURGE_SET}, the folder of the set; {@code RESURGE_IDENTITY}, the file of the age
 * identity; {@code RESURGE_TARGET}, the directory to fill.
 */
final class RestoreInstructions {
  String of(ComponentManifest manifest) {
    var archive = SetArtifacts.archive(manifest);
    var listing = SetArtifacts.listing(manifest);
    var facts = ArchiveFacts.of(manifest);
    var counts = manifest.fingerprint().counts();
    return """
    ## %1$s: the directory %2$s

    %3$s entries, %4$s files, %5$s bytes, as they were at %6$s. Run this as root, so that owners
    are restored, and into a new directory, not over data that is still there:

    ```sh
    set -eu
    cd "$RESURGE_SET"
    sha256sum --check --strict <<'SUMS'
    %7$s  %8$s
    %9$s  %10$s
    SUMS
    mkdir -p -- "$RESURGE_TARGET"
    %11$s \\
      | LC_ALL=C tar %12$s --directory="$RESURGE_TARGET"
    ```

    What was captured stands in the listing, one line an entry (type, mode, user, group, time,
    size, sha256, attributes, path, link target):

    ```sh
    cd "$RESURGE_SET"
    %13$s
    ```
    """
        .formatted(
            manifest.name(),
            "`" + facts.path() + "`",
            counts.get("entries"),
            counts.get("files"),
            counts.get("bytes"),
            manifest.recoveryPoint(),
            archive.sha256(),
            archive.path(),
            listing.sha256(),
            listing.path(),
            decode(archive),
            String.join(" ", quoted(TarProgram.extractOptions())),
            decode(listing));
  }

  /** The pipeline that gives an artifact's content. */
  private static String decode(Artifact artifact) {
    var steps = new ArrayList<String>();
    steps.add("cat -- '" + artifact.path() + "'");
    for (var encoding : artifact.encodings().reversed()) {
      steps.add(
          switch (encoding) {
            case "age" -> "age --decrypt --identity \"$RESURGE_IDENTITY\"";
            case "zstd" -> "zstd --decompress --stdout";
            default -> throw new IllegalArgumentException("no tool is known for " + encoding);
          });
    }
    return String.join(" | ", steps);
  }

  private static List<String> quoted(List<String> options) {
    return options.stream().map(o -> o.contains("*") ? "'" + o + "'" : o).toList();
  }
}
