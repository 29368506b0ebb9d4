package dev.resurge.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EvidenceArchiveTest {
  private static final String KEY = "library/evidence/20261121T031500Z-restore-7f2c";
  private final MemoryStore store = new MemoryStore();
  private final TestSigner signer = new TestSigner();
  private final EvidenceArchive archive = new EvidenceArchive(store, "library");
  private final Evidence evidence = EvidenceSamples.passingRestore();

  @Test
  void aReportIsWrittenInAllItsFormsWithTheJsonLast() {
    var key = archive.write(evidence, signer);

    assertThat(key).isEqualTo(KEY);
    assertThat(store.written)
        .containsExactlyInAnyOrder(KEY + ".md", KEY + ".html", KEY + ".sig", KEY + ".json")
        .last()
        .isEqualTo(KEY + ".json");
  }

  @Test
  void whatIsReadEqualsWhatWasWritten() {
    for (var sample : EvidenceSamples.all()) {
      var archiveOfOne = new EvidenceArchive(new MemoryStore(), "library");
      archiveOfOne.write(sample, signer);

      assertThat(archiveOfOne.read(sample.run(), signer)).isEqualTo(sample);
    }
  }

  @Test
  void writingTheSameTwiceEqualsWritingItOnce() {
    archive.write(evidence, signer);
    var before = Map.copyOf(store.objects);

    archive.write(evidence, signer);

    assertThat(store.written).hasSize(4);
    assertThat(store.objects).containsAllEntriesOf(before);
  }

  @Test
  void anAttemptThatWasCutShortIsCompletedAlsoByAnotherKey() {
    archive.write(evidence, new TestSigner());
    store.delete(KEY + ".json");

    archive.write(evidence, signer);

    assertThat(archive.read(evidence.run(), signer)).isEqualTo(evidence);
  }

  @Test
  void anotherReportOfTheSameRunIsRefusedAndTheFirstStays() {
    archive.write(evidence, signer);
    var before = Map.copyOf(store.objects);

    assertType(
        () -> archive.write(EvidenceSamples.swappedBackRestore(), signer),
        ErrorType.SET_FORGED,
        "another report of that run");
    assertThat(store.objects).containsAllEntriesOf(before);
  }

  @Test
  void evidenceOfAnotherSystemIsRefused() {
    assertType(
        () -> new EvidenceArchive(store, "museum").write(evidence, signer),
        ErrorType.INPUT_INVALID,
        "it is of library, not of museum");
    assertThat(store.objects).isEmpty();
  }

  @Test
  void runsAreListedNewestFirstAndOnlyWhoseJsonIsThere() {
    for (var run :
        new String[] {
          "20261120T020000Z-backup-aaaa",
          "20261121T020000Z-backup-bbbb",
          "20261121T010000Z-verify-cccc"
        }) {
      store.put("library/evidence/" + run + ".json", out -> out.write('x'));
    }
    store.put("library/evidence/20261122T020000Z-backup-dddd.sig", out -> out.write('x'));
    store.put("library/evidence/readme.json", out -> out.write('x'));

    assertThat(archive.runs())
        .extracting(RunId::value)
        .containsExactly(
            "20261121T020000Z-backup-bbbb",
            "20261121T010000Z-verify-cccc",
            "20261120T020000Z-backup-aaaa");
  }

  @Test
  void anUnknownRunIsSaidToBeUnknown() {
    assertType(
        () -> archive.read(evidence.run(), signer), ErrorType.RUN_UNKNOWN, KEY + ".json in memory");
    assertThat(archive.file(evidence.run(), "html")).isEmpty();
  }

  @Test
  void aChangedJsonOrSignatureIsForged() {
    for (var ending : new String[] {".json", ".sig"}) {
      var damaged = new MemoryStore();
      var copy = new EvidenceArchive(damaged, "library");
      copy.write(evidence, signer);
      damaged.damage(KEY + ending);

      assertType(
          () -> copy.read(evidence.run(), signer), ErrorType.SET_FORGED, "none of the trusted");
    }
  }

  @Test
  void aMissingSignatureIsForged() {
    archive.write(evidence, signer);
    store.delete(KEY + ".sig");

    assertType(() -> archive.read(evidence.run(), signer), ErrorType.SET_FORGED, "there is none");
  }

  @Test
  void aSignerThatIsNotTrustedIsRefused() {
    archive.write(evidence, new TestSigner());

    assertType(
        () -> archive.read(evidence.run(), signer), ErrorType.SET_FORGED, "none of the trusted");
  }

  @Test
  void aGenuineReportInAnotherRunsPlaceIsForged() {
    var other = EvidenceSamples.backup();
    archive.write(other, signer);
    for (var ending : new String[] {".json", ".sig"}) {
      var bytes = store.objects.get("library/evidence/" + other.run().value() + ending);
      store.put(KEY + ending, out -> out.write(bytes));
    }

    assertType(
        () -> archive.read(evidence.run(), signer),
        ErrorType.SET_FORGED,
        "the signed report of 20261121T031500Z-backup-7f2c");
  }

  @Test
  void aTrustedSignatureOfSomethingElseMakesItNoEvidence() {
    var manifest = "{\"formatVersion\":1,\"set\":\"20261121T030000Z-k3f9\"}";
    store.put(KEY + ".json", out -> out.write(manifest.getBytes(StandardCharsets.UTF_8)));
    store.put(
        KEY + ".sig", out -> out.write(signer.sign(manifest.getBytes(StandardCharsets.UTF_8))));

    assertType(
        () -> archive.read(evidence.run(), signer), ErrorType.SET_FORGED, "it is not evidence");
  }

  @Test
  void aNewerFormatIsNamedAsSuch() {
    var newer = "{\"formatVersion\":2,\"resurgeVersion\":\"9.1\"}".getBytes(StandardCharsets.UTF_8);
    store.put(KEY + ".json", out -> out.write(newer));
    store.put(KEY + ".sig", out -> out.write(signer.sign(newer)));

    assertType(() -> archive.read(evidence.run(), signer), ErrorType.FORMAT_UNKNOWN, "Resurge 9.1");
  }

  @Test
  void anUnsignedReportIsNotEvenParsed() {
    TrustRoots nobody = (content, signature) -> Optional.empty();
    store.put(KEY + ".json", out -> out.write('{'));
    store.put(KEY + ".sig", out -> out.write('x'));

    assertType(() -> archive.read(evidence.run(), nobody), ErrorType.SET_FORGED, "none of the");
  }

  @Test
  void filesAreGivenAsTheyLieThere() {
    archive.write(evidence, signer);

    assertThat(archive.file(evidence.run(), "html").orElseThrow())
        .isEqualTo(store.objects.get(KEY + ".html"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> archive.file(evidence.run(), "pdf"))
        .withMessageContaining("html, md, json or sig");
  }

  private static void assertType(ThrowingCallable call, ErrorType type, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(ResurgeException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((ResurgeException) e).type())
        .isEqualTo(type);
  }
}
