package dev.resurge.activities.store;

import static dev.resurge.activities.store.StoreWorld.SYSTEM;
import static dev.resurge.activities.store.StoreWorld.bytes;
import static dev.resurge.activities.store.StoreWorld.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetRepositoryTest {
  private static final String ID = "20261121T020000Z-k3f9";
  private static final SetId SET = new SetId(ID);

  @TempDir Path folder;
  private StoreWorld world;

  @BeforeEach
  void build() {
    world = new StoreWorld(folder);
  }

  @Test
  void aCommittedSetIsReadBackWithItsArtifactsAndDocuments() throws IOException {
    var artifact = world.artifact(SET, bytes("rows"));
    var summary =
        world.sets.commit(
            world.manifest(SET, SetKind.MANUAL, artifact), StoreWorld.documents(), world.signer);

    var stored = world.sets.load(SET, world.trust);

    assertThat(stored.summary()).isEqualTo(summary);
    assertThat(stored.badReason()).isEmpty();
    assertThat(stored.manifest().signer()).isEqualTo(world.signer.keyId());
    assertThat(artifact.path()).isEqualTo("database/aaaa1111/schema.dump.zst.age");
    var reader = world.sets.reader(SET, stored.manifest(), List.of(world.keys.identity()));
    try (var in = reader.open(stored.manifest().components().getFirst().artifacts().getFirst())) {
      assertThat(in.readAllBytes()).isEqualTo(bytes("rows"));
    }
    for (var document : stored.manifest().documents()) {
      try (var in = reader.open(document)) {
        assertThat(in.readAllBytes()).isEqualTo(StoreWorld.documents().get(document.path()));
      }
    }
  }

  @Test
  void withoutRecipientsArtifactsLieInClear() {
    var artifact =
        world.sets.writer(SET, "files", "bbbb2222", List.of()).put("tree", out -> out.write(1));

    assertThat(artifact.path()).isEqualTo("files/bbbb2222/tree.zst");
    assertThat(artifact.encodings()).containsExactly("zstd");
  }

  @Test
  void aSetWithoutManifestDoesNotExist() throws IOException {
    world.commit(ID, SetKind.MANUAL);
    Files.delete(world.inSet(ID, "manifest.json"));

    failure(ErrorType.SET_UNKNOWN, () -> world.sets.load(SET, world.trust));
    assertThat(world.sets.list(world.trust)).isEmpty();
    var thrown = failure(ErrorType.SET_UNKNOWN, () -> world.sets.latest(world.trust, List.of()));
    assertThat(thrown).hasMessageContaining("holds no set of " + SYSTEM);
  }

  @Test
  void theLatestSetHoldsWhateverIsAskedFor() {
    var whole = world.commit("20261121T020000Z-aaaa", SetKind.MANUAL, "database", "files");
    world.commit("20261121T030000Z-bbbb", SetKind.MANUAL, "database");
    var newest = world.commit("20261121T040000Z-cccc", SetKind.MANUAL, "database");

    assertThat(world.sets.latest(world.trust, List.of("database"))).isEqualTo(newest);
    var latest = world.sets.latest(world.trust, List.of("database", "files"));
    assertThat(latest.set()).isEqualTo(whole.set());
    assertThat(latest.warnings())
        .containsExactly("2 newer sets were skipped: only database is in them");
    assertThat(
            failure(ErrorType.SET_UNKNOWN, () -> world.sets.latest(world.trust, List.of("redis"))))
        .hasMessageContaining("3 newer sets were skipped: only database, files is in them");
  }

  @Test
  void theManifestIsTheLastThingWritten() {
    var artifact = world.artifact(SET, bytes("rows"));
    var order = new RecordingStore(world.store);
    new SetRepository(order, SYSTEM)
        .commit(
            world.manifest(SET, SetKind.MANUAL, artifact), StoreWorld.documents(), world.signer);

    assertThat(order.written())
        .extracting(key -> key.substring(key.lastIndexOf('/') + 1))
        .containsExactly("RESTORE.md", "runbook.yaml", "manifest.sig", "manifest.json");
  }

  @Test
  void committingAgainAnswersAsTheFirstTimeEvenWithALaterClock() {
    var artifact = world.artifact(SET, bytes("rows"));
    var manifest = world.manifest(SET, SetKind.MANUAL, artifact);
    var first = world.sets.commit(manifest, StoreWorld.documents(), world.signer);

    var again = world.sets.commit(endedLater(manifest), StoreWorld.documents(), world.signer);

    assertThat(again).isEqualTo(first);
    assertThat(world.sets.load(SET, world.trust).summary()).isEqualTo(first);
  }

  @Test
  void aSlowerAttemptThatSignedItsOwnManifestLeavesAFittingSignature() {
    var artifact = world.artifact(SET, bytes("rows"));
    var manifest = world.manifest(SET, SetKind.MANUAL, artifact);
    // the winner commits just before the slower one would put its manifest
    var interleaved =
        new RecordingStore(world.store) {
          @Override
          public boolean putIfAbsent(String key, byte[] content) {
            if (key.endsWith("manifest.json")) {
              var slowerSignature = files("manifest.sig");
              world.sets.commit(manifest, StoreWorld.documents(), world.signer);
              write("manifest.sig", slowerSignature);
            }
            return super.putIfAbsent(key, content);
          }

          private byte[] files(String name) {
            try {
              return Files.readAllBytes(world.inSet(ID, name));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          private void write(String name, byte[] content) {
            try {
              Files.write(world.inSet(ID, name), content);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };

    var summary =
        new SetRepository(interleaved, SYSTEM)
            .commit(endedLater(manifest), StoreWorld.documents(), world.signer);

    assertThat(world.sets.load(SET, world.trust).summary()).isEqualTo(summary);
    assertThat(summary.captureEnded()).isEqualTo(manifest.captureEnded());
  }

  @Test
  void otherContentUnderACommittedIdIsRefused() {
    world.commit(ID, SetKind.MANUAL);
    var other = world.artifact(new SetId(ID), bytes("data of " + ID));

    failure(
        ErrorType.INTERNAL,
        () ->
            world.sets.commit(
                world.manifest(SET, SetKind.MANUAL, other),
                Map.of("runbook.yaml", bytes("another")),
                world.signer));
  }

  @Test
  void aSetWhoseArtifactIsNotWholeInTheStoreIsNotCommitted() throws IOException {
    var artifact = world.artifact(SET, bytes("rows"));
    Files.write(world.inSet(ID, artifact.path()), new byte[3]);

    var thrown =
        failure(
            ErrorType.SET_CORRUPT,
            () ->
                world.sets.commit(
                    world.manifest(SET, SetKind.MANUAL, artifact), Map.of(), world.signer));

    assertThat(thrown)
        .hasMessageContaining(artifact.path())
        .hasMessageContaining("should have " + artifact.bytes() + " bytes")
        .hasMessageEndingWith("holds 3");
    assertThat(world.inSet(ID, "manifest.json")).doesNotExist();
  }

  @Test
  void aCapturedComponentIsBelievedOnlyWithItsDigest() throws IOException {
    var artifact = world.artifact(SET, bytes("rows"));
    var captured = world.captured(SET, artifact);

    assertThat(world.sets.loadComponent(SET, captured)).isEqualTo(StoreWorld.component(artifact));
    assertThat(captured.raw().bytes()).isEqualTo(4);

    var part = world.inSet(ID, "database/aaaa1111/component.json");
    Files.writeString(part, Files.readString(part).replace("200000", "200001"));
    var thrown = failure(ErrorType.SET_CORRUPT, () -> world.sets.loadComponent(SET, captured));
    assertThat(thrown)
        .hasMessageContaining("expected sha256 " + captured.partSha256())
        .hasMessageContaining("found " + Json.sha256(Files.readAllBytes(part)));

    Files.delete(part);
    failure(ErrorType.SET_CORRUPT, () -> world.sets.loadComponent(SET, captured));
  }

  @Test
  void otherAttemptsAreRemovedWithWhatTheyWereWriting() throws IOException {
    world.artifact(SET, bytes("kept"));
    world.sets.writer(SET, "database", "zombie00", List.of()).put("x", out -> out.write(1));
    var halfWritten = world.inSet(ID, "database/dead0000/.tmp-1");
    Files.createDirectories(halfWritten.getParent());
    Files.write(halfWritten, new byte[10]);

    world.sets.removeOtherAttempts(SET, "database", "aaaa1111");

    assertThat(world.inSet(ID, "database")).isDirectoryContaining("glob:**/aaaa1111");
    assertThat(world.inSet(ID, "database/zombie00")).doesNotExist();
    assertThat(world.inSet(ID, "database/dead0000")).doesNotExist();
    assertThat(world.inSet(ID, "database/aaaa1111/schema.dump.zst.age")).exists();
  }

  @Test
  void onlyAnUncommittedSetIsDiscarded() {
    world.artifact(SET, bytes("rows"));
    world.sets.discard(SET);
    world.sets.discard(SET);
    assertThat(world.inSet(ID, "")).doesNotExist();

    world.commit(ID, SetKind.MANUAL);
    failure(ErrorType.INPUT_INVALID, () -> world.sets.discard(SET));
    world.sets.load(SET, world.trust);
  }

  @Test
  void namesThatLeaveTheirFolderAreRefused() {
    failure(ErrorType.INPUT_INVALID, () -> new SetRepository(world.store, "../other"));
    failure(ErrorType.INPUT_INVALID, () -> world.sets.writer(SET, "..", "aaaa1111", List.of()));
    failure(
        ErrorType.INPUT_INVALID,
        () -> world.sets.writer(SET, "a", "aaaa1111", List.of()).put("b/c", out -> {}));
    failure(
        ErrorType.INPUT_INVALID,
        () ->
            world.sets.commit(
                world.manifest(SET, SetKind.MANUAL), Map.of("../x", bytes("x")), world.signer));
  }

  @Test
  void anArtifactThatIsNotInTheManifestIsNotOpened() {
    world.commit(ID, SetKind.MANUAL);
    var manifest = world.sets.load(SET, world.trust).manifest();
    var reader = world.sets.reader(SET, manifest, List.of(world.keys.identity()));

    failure(
        ErrorType.INTERNAL,
        () -> reader.open(new Artifact("../../../etc/passwd", 1, 1, "0", List.of())));
  }

  @Test
  void aMissingArtifactNamesItselfAndItsSet() throws IOException {
    world.commit(ID, SetKind.MANUAL);
    var manifest = world.sets.load(SET, world.trust).manifest();
    var artifact = manifest.components().getFirst().artifacts().getFirst();
    Files.delete(world.inSet(ID, artifact.path()));

    var reader = world.sets.reader(SET, manifest, List.of(world.keys.identity()));
    var thrown = failure(ErrorType.SET_CORRUPT, () -> reader.open(artifact));
    assertThat(thrown).hasMessageContaining(artifact.path() + " is missing in set " + ID);
  }

  private Manifest endedLater(Manifest m) {
    return new Manifest(
        m.formatVersion(),
        m.set(),
        m.system(),
        m.platform(),
        m.kind(),
        m.labels(),
        m.requester(),
        m.run(),
        m.installation(),
        m.resurgeVersion(),
        m.runbookDigest(),
        m.captureStarted(),
        m.captureEnded().plusSeconds(60),
        m.recoveryPoint(),
        m.components(),
        m.documents(),
        m.recipients(),
        m.secrets(),
        Ed25519Signer.read(world.keys.signing()).keyId());
  }
}
