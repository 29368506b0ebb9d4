package dev.resurge.activities.step;

import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Manifest;
import java.util.function.Function;

/** The RESTORE.md of a set: how to bring it back with nothing but standard tools. */
final class RestoreDocument {
  private RestoreDocument() {}

  /**
   * @param instructions a component's own part, by its driver
   */
  static String of(Manifest manifest, Function<ComponentManifest, String> instructions) {
    var text = new StringBuilder();
    text.append("# Restore ")
        .append(manifest.system())
        .append(" from set ")
        .append(manifest.set())
        .append(
            """
            \n
            This set opens with standard tools; Resurge is not needed. Run the commands in bash, in the
            folder that this file lies in, top to bottom. They stop at the first error.

            """)
        .append("- data as of: ")
        .append(manifest.recoveryPoint())
        .append("\n- made by: Resurge ")
        .append(manifest.resurgeVersion())
        .append(", installation ")
        .append(manifest.installation())
        .append("\n- signed by key: ")
        .append(manifest.signer())
        .append('\n');
    manifest
        .secrets()
        .forEach(secret -> text.append("- secret needed: ").append(secret).append('\n'));
    text.append(preparation(manifest));
    for (var part : manifest.components()) {
      text.append("\n").append(instructions.apply(part).strip()).append('\n');
    }
    return text.toString();
  }

  private static String preparation(Manifest manifest) {
    var tools =
        manifest.recipients().isEmpty()
            ? "The artifacts are not encrypted. Needed: zstd.\n"
            : """
            The artifacts are encrypted to the recipients below. Needed: zstd, age, and the file
            with one of their identities:

            %s
            """
                .formatted("- `" + String.join("`\n- `", manifest.recipients()) + "`");
    return """

    ## Before

    %s
    Check that the set is whole and really yours (`RESURGE_PUBLIC_KEY`: the signer's public key
    file; leave it out if you have none):

    ```sh
    set -euo pipefail
    export RESURGE_SET="$PWD"
    if [ -n "${RESURGE_PUBLIC_KEY:-}" ]; then
      openssl pkeyutl -verify -pubin -inkey "$RESURGE_PUBLIC_KEY" -rawin -in manifest.json -sigfile manifest.sig
    fi
    %s```
    """
        .formatted(tools, checksums(manifest));
  }

  private static String checksums(Manifest manifest) {
    var text = new StringBuilder("sha256sum --check --quiet <<'EOF'\n");
    for (var part : manifest.components()) {
      for (var artifact : part.artifacts()) {
        text.append(artifact.sha256()).append("  ").append(artifact.path()).append('\n');
      }
    }
    return text.append("EOF\n").toString();
  }
}
