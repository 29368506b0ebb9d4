package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of RESTORE.md are run as they are written, by a shell that knows nothing else. */
class RestoreInstructionsIT {
  @TempDir Path folder;
  private PostgresWorld world;
  private ComponentManifest manifest;

  @BeforeEach
  void aSetOfTheDifficultDatabaseStoredWithZstd() throws IOException {
    world = new PostgresWorld(PostgresWorld.newFolder(folder));
    world.load("difficult.sql");
    manifest = compressed(world.capture());
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theCommandsRestoreADatabaseThatDumpsIdentically() throws Exception {
    var suffix = " it's \"by hand\" = ";
    var name = world.database + suffix;

    run(suffix);

    assertThat(world.dump(name)).isEqualTo(world.dump(world.database));
    assertThat(state(name)).isEqualTo(state(world.database));
    world.cluster.execute("postgres", "DROP DATABASE " + Quoting.identifier(name));
  }

  @Test
  void encryptedArtifactsAreDecryptedFirst() {
    var encrypted = new Artifact("database/schema.dump.zst.age", 1, 1, "", List.of("zstd", "age"));

    var text = world.driver.restoreInstructions(with(List.of(encrypted)));

    assertThat(text)
        .contains("age -d -i \"$RESURGE_IDENTITY\" < 'database/schema.dump.zst.age' | zstd -dc >");
  }

  private void run(String suffix) throws Exception {
    var script = new ArrayList<String>();
    var blocks =
        Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(world.driver.restoreInstructions(manifest));
    while (blocks.find()) {
      script.add(blocks.group(1));
    }
    var builder =
        new ProcessBuilder("bash", "-c", String.join("\n", script))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", world.cluster.binaries() + ":/usr/bin:/bin");
    builder.environment().put("PGHOST", "127.0.0.1");
    builder.environment().put("PGPORT", Integer.toString(world.cluster.port()));
    builder.environment().put("PGUSER", "postgres");
    builder.environment().put("RESURGE_SUFFIX", suffix);
    builder.environment().put("LC_ALL", "C.UTF-8");
    var process = builder.start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
  }

  /** Grants, settings and comment in the words of pg_dump, without the name. */
  private String state(String name) {
    return world
        .dump(name, "--create", "--section=pre-data")
        .lines()
        .filter(l -> l.matches("(ALTER (DATABASE|ROLE)|COMMENT ON DATABASE|GRANT|REVOKE).*"))
        .map(l -> l.replace(Quoting.identifier(name), "IT").replace(name, "IT"))
        .toList()
        .toString();
  }

  private ComponentManifest compressed(ComponentManifest raw) throws IOException {
    var artifacts = new ArrayList<Artifact>();
    Files.createDirectory(folder.resolve("database"));
    for (var artifact : raw.artifacts()) {
      var path = artifact.path() + ".zst";
      try (var out = new ZstdOutputStream(Files.newOutputStream(folder.resolve(path)))) {
        Files.copy(world.set.file(artifact.name()), out);
      }
      artifacts.add(new Artifact(path, 0, artifact.rawBytes(), "", List.of("zstd")));
    }
    manifest = raw;
    return with(artifacts);
  }

  private ComponentManifest with(List<Artifact> artifacts) {
    return new ComponentManifest(
        manifest.name(),
        manifest.type(),
        manifest.target(),
        manifest.recoveryPoint(),
        manifest.facts(),
        manifest.fingerprint(),
        artifacts,
        manifest.warnings());
  }
}
