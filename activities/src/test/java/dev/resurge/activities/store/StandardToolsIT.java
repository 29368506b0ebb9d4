package dev.resurge.activities.store;

import static dev.resurge.activities.store.StoreWorld.SYSTEM;
import static dev.resurge.activities.store.StoreWorld.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.AgeIdentities;
import dev.resurge.activities.installation.AgeRecipients;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without Resurge: age, zstd and openssl do all that docs/format.md says they do. */
class StandardToolsIT {
  private static final SetId SET = new SetId("20261121T020000Z-k3f9");

  @TempDir Path folder;
  private StoreWorld world;

  @BeforeEach
  void build() {
    world = new StoreWorld(folder);
  }

  @Test
  void ageAndZstdOpenAnArtifactOfManyChunks() throws Exception {
    var content = new byte[5_000_000];
    new Random(1).nextBytes(content);
    var artifact = world.artifact(SET, content);
    var stored = world.inSet(SET.value(), artifact.path());

    var compressed = folder.resolve("schema.dump.zst");
    run("age", "-d", "-i", world.keys.identity(), "-o", compressed, stored);
    run("zstd", "-q", "-d", compressed, "-o", folder.resolve("schema.dump"));

    assertThat(folder.resolve("schema.dump")).hasBinaryContent(content);
    assertThat(run("sha256sum", stored)).startsWith(artifact.sha256());
  }

  @Test
  void whatAgeEncryptsToARecipientIsReadHere() throws Exception {
    var plain = Files.write(folder.resolve("plain"), new byte[200_000]);
    var encrypted = folder.resolve("encrypted");
    run("age", "-r", world.keys.recipient(), "-o", encrypted, plain);

    var identities = AgeIdentities.read(List.of(world.keys.identity()));
    try (var in = identities.decrypt(Files.newInputStream(encrypted))) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[200_000]);
    }
  }

  @Test
  void ageKeygenAndOpensslKeysServeHere() throws Exception {
    var identity = folder.resolve("openssl-made.age");
    var pem = folder.resolve("openssl-made.pem");
    var publicPem = folder.resolve("openssl-made.pub.pem");
    run("age-keygen", "-o", identity);
    run("openssl", "genpkey", "-algorithm", "ed25519", "-out", pem);
    run("openssl", "pkey", "-in", pem, "-pubout", "-out", publicPem);

    var recipients = AgeIdentities.read(List.of(identity)).recipients();
    assertThat(recipients).containsExactly(run("age-keygen", "-y", identity).strip());
    assertThat(AgeRecipients.of(recipients).asText()).isEqualTo(recipients);
    var signer = Ed25519Signer.read(pem);
    var trust = Ed25519TrustRoots.read(List.of(publicPem), Optional.empty());
    assertThat(trust.signerOf(bytes("x"), signer.sign(bytes("x")))).contains(signer.keyId());
    var der = folder.resolve("der");
    run("openssl", "pkey", "-pubin", "-in", publicPem, "-outform", "DER", "-out", der);
    assertThat(run("sha256sum", der)).startsWith(signer.keyId());
  }

  @Test
  void opensslChecksAManifest() throws Exception {
    world.commit(SET.value(), SetKind.MANUAL);

    assertThat(
            verify(
                world.inSet(SET.value(), "manifest.sig"),
                world.inSet(SET.value(), "manifest.json")))
        .contains("Signature Verified Successfully");
  }

  @Test
  void opensslChecksAJournalEntry() throws Exception {
    var run = new RunId("20261121T031500Z-restore-7f2c");
    new Journal(world.store, SYSTEM, world.trust)
        .append(
            new JournalEntry(
                run,
                1,
                JournalEntry.State.OPENED,
                StoreWorld.NOW,
                Optional.of("naïve"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            world.signer);
    var entry = Json.mapper().readTree(world.file(SYSTEM + "/journal/" + run + "/1.json").toFile());

    var text = Files.writeString(folder.resolve("text"), entry.get("content").asText());
    var signature =
        Files.write(
            folder.resolve("signature"),
            Base64.getDecoder().decode(entry.get("signature").asText()));

    assertThat(verify(signature, text)).contains("Signature Verified Successfully");
  }

  private String verify(Path signature, Path content) throws Exception {
    return run(
        "openssl",
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        world.keys.signingPublic(),
        "-rawin",
        "-sigfile",
        signature,
        "-in",
        content);
  }

  private String run(String program, Object... arguments) throws Exception {
    var argv = new ArrayList<>(List.of(program));
    for (var argument : arguments) {
      argv.add(argument.toString());
    }
    var output = folder.resolve("output");
    Process process;
    try {
      process =
          new ProcessBuilder(argv)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError(
          "this test needs the program '" + program + "': apt-get install age zstd openssl", e);
    }
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(argv + " ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    var text = Files.readString(output);
    assertThat(process.exitValue()).as(argv + ": " + text).isZero();
    return text;
  }
}
