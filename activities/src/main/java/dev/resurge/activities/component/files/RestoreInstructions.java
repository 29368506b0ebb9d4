package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import java.util.ArrayList;
import java.util.List;

/**
 * The section of RESTORE.md: shell commands that need age, zstd and GNU tar, and three variables:
 * {@code RESURGE_SET}, the folder of the set; {@code RESURGE_IDENTITY}, the file of the age
 * identity; {@code RESURGE_TARGET}, a new directory, in which each component gets one of its own.
 */
final class RestoreInstructions {
  String of(ComponentManifest manifest) {
    var archive = SetArtifacts.archive(manifest);
    var listing = SetArtifacts.listing(manifest);
    var facts = ArchiveFacts.of(manifest);
    var counts = manifest.fingerprint().counts();
    return """
    ## `%1$s`: the directory `%2$s`

    %3$s entries, %4$s files, %5$s bytes, as they were at %6$s. Run this as root, so that owners
    are restored. Set first:

    - `RESURGE_TARGET`: a new directory, not over data that is still there; this one is unpacked
      into `$RESURGE_TARGET/%1$s`

    ```sh
    set -euo pipefail
    mkdir -p -- "${RESURGE_TARGET:?set it to a new directory to unpack into}"
    mkdir -- "$RESURGE_TARGET/%1$s"
    cd "$RESURGE_SET"
    %7$s \\
      | LC_ALL=C tar %8$s --directory="$RESURGE_TARGET/%1$s"
    ```

    What was captured stands in the listing, one line an entry (type, mode, user, group, time,
    size, sha256, attributes, path, link target); this shows it:

        %9$s | less
    """
        .formatted(
            manifest.name(),
            facts.path().replace("`", "'"),
            counts.get("entries"),
            counts.get("files"),
            counts.get("bytes"),
            manifest.recoveryPoint(),
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
