package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.worker.world.HandMadeSet;
import dev.resurge.worker.world.StoredSet;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What a store may hold that must never become live data. */
class BadSetIT extends BadInput {
  @Test
  void aFlippedBitIsFoundWhileStaging() {
    try (var stored = new StoredSet(world, set)) {
      var archive = stored.artifact("files", "files.tar");
      stored.flipBit(archive);

      var evidence =
          parksWith(
              world.runs().restore(set),
              ErrorType.SET_CORRUPT,
              archive.path(),
              set.value(),
              "is damaged",
              "expected " + archive.bytes() + " bytes with sha256 " + archive.sha256(),
              "found " + archive.bytes() + " bytes with sha256 ");

      assertThat(evidence.steps().toString()).contains("is damaged");
    }
  }

  @Test
  void aVerifyFindsTheFlippedBitAndMarksTheSetBad() {
    try (var stored = new StoredSet(world, set)) {
      stored.flipBit(stored.artifact("database", "schema.dump"));

      var answer = resurge("verify", world.system(), "--set", set.value());

      assertThat(answer.exitCode()).isEqualTo(Verdict.FAIL_INTEGRITY.exitCode()).isEqualTo(4);
      assertThat(answer.stdout())
          .contains("fail-integrity", "Set " + set + " is damaged and was marked bad", "sha256");
      endsWith(
          Verdict.REFUSED,
          world.runs().restore(),
          ErrorType.SET_UNKNOWN,
          "holds no set of " + world.system() + " that can be latest",
          set + " was skipped: marked bad");
    }
  }

  @Test
  void aTruncatedAndAMissingArtifactAreFoundBeforeAnythingIsDone() {
    try (var stored = new StoredSet(world, set)) {
      var archive = stored.artifact("files", "files.tar");
      var schema = stored.artifact("database", "schema.dump");
      stored.truncate(archive);
      stored.remove(schema);

      endsWith(
          Verdict.REFUSED,
          world.runs().restore(set),
          ErrorType.SET_CORRUPT,
          "set " + set + ": " + archive.path() + " should have " + archive.bytes() + " bytes",
          "and has " + (archive.bytes() - 1),
          schema.path() + " should have " + schema.bytes() + " bytes and is missing");
    }
  }

  @Test
  void aManifestThatWasEditedIsNotBelieved() {
    try (var stored = new StoredSet(world, set)) {
      stored.edit(json -> json.put("recoveryPoint", "2026-01-01T00:00:00Z"));

      var answer = resurge("restore", world.system(), "--set", set.value(), "--as", "alice");

      assertThat(answer.exitCode()).isEqualTo(Verdict.FAILED.exitCode()).isEqualTo(5);
      assertThat(answer.stdout())
          .contains("✗ failed", "manifest.json in filesystem " + world.store())
          .contains("is not believed: its signature is of no trusted key")
          .contains("Treat the store as tampered with");
      assertThat(answer.stderr()).isEmpty();
    }
  }

  @Test
  void aManifestThatAStrangerSignedIsNotBelieved() {
    try (var stored = new StoredSet(world, set)) {
      stored.signAsStranger();

      endsWith(
          Verdict.FAILED,
          world.runs().restore(set),
          ErrorType.SET_FORGED,
          "sets/" + set + "/manifest.json in filesystem " + world.store(),
          "is not believed: its signature is of no trusted key (it names the signer ");
    }
  }

  @Test
  void latestNeverFallsBackSilently() {
    try (var handMade = new HandMadeSet(world, set)) {
      var newer = handMade.commit(out -> out.write('x'));
      new StoredSet(world, newer).signAsStranger();

      var run = world.runs().restore();
      var plan = run.plan();

      assertThat(plan.set()).contains(set);
      assertThat(plan.warnings())
          .anyMatch(said -> said.startsWith("newer set " + newer + " was skipped: SetForged: "));
      abort(run);
      endsWith(Verdict.ABORTED, run, ErrorType.ABORTED, "aborted by alice");
    }
  }

  @Test
  void aManifestOfANewerFormatIsLeftToTheVersionThatWroteIt() {
    try (var stored = new StoredSet(world, set)) {
      stored.edit(json -> json.put("formatVersion", 2).put("resurgeVersion", "9.9")).signAsOwner();

      endsWith(
          Verdict.FAILED,
          world.runs().restore(set),
          ErrorType.FORMAT_UNKNOWN,
          "manifest.json",
          "has format version 2, written by Resurge 9.9; this version reads up to 1");
    }
  }

  @Test
  void aSetOfANewerServerIsRefused() {
    try (var stored = new StoredSet(world, set)) {
      stored
          .edit(json -> {
            var facts = (ObjectNode) json.withArray("components").get(0).get("facts");
            facts.put("serverMajor", 99).put("serverVersion", "99.1");
          })
          .signAsOwner();

      endsWith(
          Verdict.REFUSED,
          world.runs().restore(set),
          ErrorType.VERSION_MISMATCH,
          "the set is of PostgreSQL 99.1, the server is ");
    }
  }

  @Test
  void anArchiveThatNamesAPlaceOutsideIsNotExtracted() throws IOException {
    var outside = world.liveFiles().resolveSibling("escaped");
    try (var evil = new HandMadeSet(world, set)) {
      parksWith(
          world.runs().restore(evil.commit(HandMadeSet.namingTheParent("escaped"))),
          ErrorType.ARCHIVE_UNSAFE,
          "refused to extract the archive's entry ../escaped: it has '..' in its name");

      assertThat(outside).doesNotExist();
    }
  }

  @Test
  void anArchiveThatWritesThroughItsOwnLinkIsNotExtracted() throws IOException {
    var outside = Files.createDirectory(world.configuration().resolveSibling("outside"));
    try (var evil = new HandMadeSet(world, set)) {
      parksWith(
          world.runs().restore(evil.commit(HandMadeSet.writingThroughLink(outside))),
          ErrorType.ARCHIVE_UNSAFE,
          "refused to extract the archive's entry ./link/evil: it would be written through the"
              + " symbolic link link of this archive");

      assertThat(outside).isEmptyDirectory();
    }
  }

  @Test
  void withoutTheRightKeyNothingIsBegun() throws IOException {
    var identity = world.configuration().resolveSibling("state/keys/identity.age");
    var kept = Files.copy(identity, identity.resolveSibling("kept"));
    var other =
        new KeyMaker(world.configuration().resolveSibling("other"), InstantSource.system())
            .newInstallation();
    Files.copy(other.identity(), identity, StandardCopyOption.REPLACE_EXISTING);
    try {
      var recipient = world.archive().manifest(set).recipients().getFirst();

      endsWith(
          Verdict.REFUSED,
          world.runs().restore(set),
          ErrorType.KEY_WRONG,
          "set " + set,
          "it is encrypted to " + recipient,
          "the identities in keys.identities are of " + other.recipient());
      Files.delete(identity);
      endsWith(
          Verdict.REFUSED,
          world.runs().restore(set),
          ErrorType.KEY_WRONG,
          "there is no identity in keys.identities (" + identity + ": there is no such file)");
    } finally {
      Files.move(kept, identity, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void aSetThatIsNotThereIsRefusedByItsName() {
    var unknown = new SetId("20200101T000000Z-aaaa");

    var answer = resurge("restore", world.system(), "--set", unknown.value(), "--as", "alice");

    assertThat(answer.exitCode()).isEqualTo(Verdict.REFUSED.exitCode()).isEqualTo(3);
    assertThat(answer.stdout())
        .contains("holds no committed set " + unknown + " of " + world.system())
        .contains("./resurge list sets SYSTEM shows what there is.");
  }
}
