package dev.resurge.activities.step;

import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Manifest;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The RESTORE.md of a set: how to bring it back with nothing but standard tools. */
final class RestoreDocument {
  private static final String AFTERWARDS =
      """

      ## Afterwards

      What was counted when the set was made stands in manifest.json under `fingerprint`: compare it
      with what was built. Nothing uses the new databases and directories yet: stop the application,
      give them the names it uses (keep the old data under another name), and start it.
      """;

  /** A variable that bash refuses to go on without. */
  private static final Pattern REQUIRED = Pattern.compile("\\$\\{RESURGE_[A-Z_]+:\\?[^}]*}");

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
            This set opens with standard tools; Resurge is not needed. The commands build new databases
            and directories and touch none that are there. They are for bash, in the folder that this
            file lies in, from top to bottom, and stop at the first error.

            Read it, set the variables that each part asks for, then run all of it:

                bash <(sed -n '/^```sh$/,/^```$/{/^```/!p}' RESTORE.md)

            or start `bash` and paste block by block (an error ends that bash, and no other).

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
        .forEach(secret ->
            text.append("- secret that its runbook names, not needed here: ")
                .append(secret)
                .append('\n'));
    var parts =
        manifest.components().stream().map(part -> instructions.apply(part).strip()).toList();
    text.append(preparation(manifest, required(parts)));
    parts.forEach(part -> text.append('\n').append(part).append('\n'));
    return text.append(AFTERWARDS).toString();
  }

  private static String preparation(Manifest manifest, String required) {
    var encrypted = !manifest.recipients().isEmpty();
    return """

    ## Before

    Needs zstd%1$s. Set first:

    %2$s- `RESURGE_PUBLIC_KEY`: the file with the signer's public key, to prove that the set is really
      yours; leave it out if you have none

    ```sh
    set -euo pipefail
    export RESURGE_SET="$PWD"
    for program in %3$s; do
      command -v "$program" > /dev/null || { echo "missing: $program" >&2; exit 1; }
    done
    %4$s%5$sif [ -n "${RESURGE_PUBLIC_KEY:-}" ]; then
      openssl pkeyutl -verify -pubin -inkey "$RESURGE_PUBLIC_KEY" -rawin -in manifest.json -sigfile manifest.sig
      # the manifest, which is signed, vouches for this document, and so for the sums below
      grep -qF "$(sha256sum < RESTORE.md | cut -d ' ' -f 1)" manifest.json || { echo "forged: RESTORE.md" >&2; exit 1; }
    fi
    ```

    Every artifact is as it was when the set was made:

    ```sh
    %6$s```
    """
        .formatted(
            encrypted ? " and age" : "",
            encrypted ? identity(manifest) : "",
            encrypted ? "age zstd" : "zstd",
            encrypted
                ? "head -c 0 -- \"${RESURGE_IDENTITY:?set it to a file with an age identity}\"\n"
                : "",
            required,
            checksums(manifest));
  }

  /** What a later part would stop for is asked for before anything is built. */
  private static String required(List<String> parts) {
    return parts.stream()
        .flatMap(part -> REQUIRED.matcher(part).results())
        .map(MatchResult::group)
        .distinct()
        .map(variable -> ": \"" + variable + "\"\n")
        .collect(Collectors.joining());
  }

  private static String identity(Manifest manifest) {
    return """
    - `RESURGE_IDENTITY`: a file with the age identity of one of these recipients:
      `%s`
    """
        .formatted(String.join("`, `", manifest.recipients()));
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
