package dev.resurge.activities.store;

import static dev.resurge.activities.store.StoreWorld.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store that was tampered with, or that is damaged, can make anybody believe: nothing. */
class SetTrustTest {
  private static final String OLD = "20261119T020000Z-aaaa";
  private static final String MIDDLE = "20261120T020000Z-bbbb";
  private static final String NEW = "20261121T020000Z-cccc";

  @TempDir Path folder;
  private StoreWorld world;

  @BeforeEach
  void build() {
    world = new StoreWorld(folder);
  }

  @Test
  void anAlteredManifestIsForged() throws IOException {
    world.commit(NEW, SetKind.MANUAL);
    edit(NEW, "200000", "100000");

    var thrown = failure(ErrorType.SET_FORGED, () -> world.sets.load(id(NEW), world.trust));
    assertThat(thrown)
        .hasMessageContaining(NEW + "/manifest.json in filesystem " + world.root)
        .hasMessageContaining("names the signer " + world.signer.keyId());
  }

  @Test
  void aManifestWithoutSignatureIsForged() throws IOException {
    world.commit(NEW, SetKind.MANUAL);
    Files.delete(world.inSet(NEW, "manifest.sig"));

    failure(ErrorType.SET_FORGED, () -> world.sets.load(id(NEW), world.trust));
  }

  @Test
  void aSetOfAnUnknownSignerIsForgedUntilItsKeyIsTrusted() {
    var stranger = StoreWorld.newKeys(folder.resolve("stranger"));
    var artifact = world.artifact(id(NEW), new byte[10]);
    world.sets.commit(
        world.manifest(id(NEW), SetKind.MANUAL, artifact),
        StoreWorld.documents(),
        Ed25519Signer.read(stranger.signing()));

    var thrown = failure(ErrorType.SET_FORGED, () -> world.sets.load(id(NEW), world.trust));
    assertThat(thrown).hasMessageContaining("names the signer " + stranger.keyId());

    var both = Ed25519TrustRoots.read(List.of(stranger.signingPublic()), Optional.of(world.signer));
    assertThat(world.sets.load(id(NEW), both).manifest().signer()).isEqualTo(stranger.keyId());
  }

  @Test
  void aGenuineManifestInAnotherSetsFolderIsForged() throws IOException {
    world.commit(OLD, SetKind.MANUAL);
    world.commit(NEW, SetKind.MANUAL);
    for (var name : List.of("manifest.json", "manifest.sig")) {
      Files.copy(
          world.inSet(OLD, name), world.inSet(NEW, name), StandardCopyOption.REPLACE_EXISTING);
    }

    var thrown = failure(ErrorType.SET_FORGED, () -> world.sets.load(id(NEW), world.trust));
    assertThat(thrown).hasMessageContaining("it is the manifest of set " + OLD);
  }

  @Test
  void aGenuineSetInAnotherSystemsFolderIsForged() throws IOException {
    world.commit(NEW, SetKind.MANUAL);
    Files.createDirectories(world.file("other/sets"));
    Files.move(world.inSet(NEW, ""), world.file("other/sets/" + NEW));

    var others = new SetRepository(world.store, "other");
    failure(ErrorType.SET_FORGED, () -> others.load(id(NEW), world.trust));
  }

  @Test
  void aNewerFormatNamesTheVersionThatWroteItAndIsNotParsed() throws IOException {
    world.commit(NEW, SetKind.MANUAL);
    Files.writeString(
        world.inSet(NEW, "manifest.json"),
        "{\"formatVersion\": 2, \"resurgeVersion\": \"9.1.0\", \"set\": {\"nested\": true}}");

    var thrown = failure(ErrorType.FORMAT_UNKNOWN, () -> world.sets.load(id(NEW), world.trust));
    assertThat(thrown)
        .hasMessageContaining("format version 2, written by Resurge 9.1.0")
        .hasMessageContaining("reads up to 1");
  }

  @Test
  void whatIsNoManifestIsCorrupt() throws IOException {
    world.commit(NEW, SetKind.MANUAL);
    for (var text : List.of("", "{", "[]", "null", "{}", "\0\0\0")) {
      Files.writeString(world.inSet(NEW, "manifest.json"), text);
      var thrown = failure(ErrorType.SET_CORRUPT, () -> world.sets.load(id(NEW), world.trust));
      assertThat(thrown).hasMessageContaining(NEW + "/manifest.json");
    }
  }

  @Test
  void aSignedManifestWithAMissingFieldIsCorrupt() throws IOException {
    world.commit(NEW, SetKind.MANUAL);
    var text = "{\"formatVersion\": 1, \"set\": \"" + NEW + "\"}";
    Files.writeString(world.inSet(NEW, "manifest.json"), text);
    Files.write(world.inSet(NEW, "manifest.sig"), world.signer.sign(StoreWorld.bytes(text)));

    failure(ErrorType.SET_CORRUPT, () -> world.sets.load(id(NEW), world.trust));
  }

  @Test
  void theListHidesNothingAndIsNewestFirst() throws IOException {
    world.commit(OLD, SetKind.MANUAL);
    world.commit(MIDDLE, SetKind.SAFETY);
    world.commit(NEW, SetKind.SCHEDULED);
    edit(NEW, "200000", "100000");
    world.sets.markBad(id(OLD), "restore drill failed");
    Files.createDirectory(world.file(StoreWorld.SYSTEM + "/sets/lost+found"));

    var list = world.sets.list(world.trust);

    assertThat(list).extracting(SetEntry::set).containsExactly(id(NEW), id(MIDDLE), id(OLD));
    assertThat(list.get(0).unreadable().orElseThrow().type()).isEqualTo(ErrorType.SET_FORGED);
    assertThat(list.get(0).summary()).isEmpty();
    assertThat(list.get(1).summary().orElseThrow().kind()).isEqualTo(SetKind.SAFETY);
    assertThat(list.get(2).badReason()).contains("restore drill failed");
  }

  @Test
  void latestIsTheNewestThatIsNoSafetySetNotBadAndBelieved() throws IOException {
    world.commit("20261118T020000Z-zzzz", SetKind.MANUAL);
    var expected = world.commit(OLD, SetKind.MANUAL);
    world.commit(MIDDLE, SetKind.MANUAL);
    world.commit("20261120T030000Z-safe", SetKind.SAFETY);
    world.commit(NEW, SetKind.MANUAL);
    world.sets.markBad(id(MIDDLE), "restore drill failed");
    world.sets.markBad(id(MIDDLE), "a later reason");
    edit(NEW, "200000", "100000");

    var latest = world.sets.latest(world.trust, List.of());

    assertThat(latest.set()).isEqualTo(expected.set());
    assertThat(latest.manifestSha256()).isEqualTo(expected.manifestSha256());
    assertThat(latest.warnings()).hasSize(2);
    assertThat(latest.warnings().get(0)).startsWith("newer set " + NEW + " was skipped: SetForged");
    assertThat(latest.warnings().get(1))
        .isEqualTo("newer set " + MIDDLE + " was skipped: marked bad: restore drill failed");
  }

  @Test
  void whereNothingCanBeLatestTheMessageNamesWhatWasPassedOver() {
    world.commit(OLD, SetKind.SAFETY);
    world.commit(NEW, SetKind.MANUAL);
    world.sets.markBad(id(NEW), "wrong data");

    var thrown = failure(ErrorType.SET_UNKNOWN, () -> world.sets.latest(world.trust, List.of()));
    assertThat(thrown).hasMessageContaining(NEW + " was skipped: marked bad: wrong data");
  }

  @Test
  void aMarkCountsEvenIfItCannotBeRead() throws IOException {
    world.commit(NEW, SetKind.MANUAL);
    Files.writeString(world.inSet(NEW, "bad.json"), "{");

    assertThat(world.sets.load(id(NEW), world.trust).badReason()).isPresent();
  }

  @Test
  void onlyACommittedSetIsMarked() {
    failure(ErrorType.SET_UNKNOWN, () -> world.sets.markBad(id(NEW), "why"));
    assertThat(world.inSet(NEW, "")).doesNotExist();
  }

  private void edit(String set, String from, String to) throws IOException {
    var manifest = world.inSet(set, "manifest.json");
    var before = Files.readString(manifest);
    assertThat(before).contains(from);
    Files.writeString(manifest, before.replace(from, to));
  }

  private static SetId id(String id) {
    return new SetId(id);
  }
}
