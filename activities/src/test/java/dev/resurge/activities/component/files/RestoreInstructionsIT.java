package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ComponentManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreInstructionsIT {
  @TempDir Path root;
  private Lab lab;

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(root);
    Files.writeString(lab.live.resolve("f"), "set");
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  @Test
  void theInstructionsBringTheDirectoryBackWithoutResurge() throws IOException {
    Lab.bash(lab.live, "mkdir d; ln -s x d/s; echo 1 > $'d/\\xff'; chmod 600 f; chown 33:33 d");
    var manifest = lab.capture();
    var text = lab.driver.restoreInstructions(manifest);
    var commands = text.split("```sh\n", -1)[1].split("```", -1)[0];
    var target = root.resolve("by hand");

    Lab.bash(
        root,
        "export RESURGE_SET='%s' RESURGE_TARGET='%s'\n%s"
            .formatted(root.resolve("set"), target, commands));

    var look = "find . -printf '%P|%y|%m|%U|%G|%T@|%l\\0' | sort -z | sha256sum";
    assertThat(Lab.bash(target.resolve(manifest.name()), look)).isEqualTo(Lab.bash(lab.live, look));
  }

  @Test
  void theInstructionsOpenEncryptedArtifactsWithAge() {
    var manifest = lab.capture();
    var encrypted =
        new ComponentManifest(
            manifest.name(),
            manifest.type(),
            manifest.target(),
            manifest.recoveryPoint(),
            manifest.facts(),
            manifest.fingerprint(),
            manifest.artifacts().stream()
                .map(a ->
                    new dev.resurge.workflows.model.Artifact(
                        a.path() + ".age",
                        a.bytes(),
                        a.rawBytes(),
                        a.sha256(),
                        java.util.List.of("zstd", "age")))
                .toList(),
            manifest.warnings());

    assertThat(lab.driver.restoreInstructions(encrypted))
        .contains(
            "cat -- 'documents/files.tar.zst.age' | age --decrypt --identity"
                + " \"$RESURGE_IDENTITY\" | zstd --decompress --stdout");
  }
}
