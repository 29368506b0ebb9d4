package dev.resurge.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportVerifierTest {
  private static final String RUN = "20261121T031500Z-restore-7f2c";
  private static final List<String> FORMS = List.of("json", "md", "html");
  private final TestSigner signer = new TestSigner();
  private final ReportVerifier verifier = new ReportVerifier(signer);
  @TempDir Path folder;

  @BeforeEach
  void writeAReport() throws IOException {
    write(RUN, signer);
  }

  @Test
  void everyFormOfAGenuineReportIsProved() {
    for (var form : FORMS) {
      var proved = verifier.verify(file(form));

      assertThat(proved.run().value()).isEqualTo(RUN);
      assertThat(proved.system()).isEqualTo("library");
      assertThat(proved.verdict()).isEqualTo(Verdict.PASS);
      assertThat(proved.signer()).isEqualTo(signer.keyId());
    }
  }

  @Test
  void aReportWithHostileTextIsProvedAsWell() throws IOException {
    var archive = new MemoryStore();
    new EvidenceArchive(archive, "library").write(HostileSample.evidence(), signer);
    for (var object : archive.objects.entrySet()) {
      Files.write(folder.resolve(Path.of(object.getKey()).getFileName()), object.getValue());
    }

    for (var form : FORMS) {
      assertThat(verifier.verify(file(form)).verdict()).isEqualTo(Verdict.FAILED);
    }
  }

  @Test
  void aVerdictChangedInTheJsonIsCaughtInEveryForm() throws IOException {
    replace("json", "\"pass\"", "\"failed\"");

    for (var form : FORMS) {
      assertForged(form, "none of the trusted keys");
    }
  }

  @Test
  void aChangedMarkdownIsCaughtAndTheChangeIsShown() throws IOException {
    replace("md", "2.9 s of downtime", "0.9 s of downtime");

    assertForged(
        "md", "line 3: expected 't is healthy, after 2.9 s", "found 't is healthy, after 0.9 s");
    assertThat(verifier.verify(file("html")).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aChangedHtmlIsCaught() throws IOException {
    replace("html", "Restored and healthy", "Restored and h\u001bealthy");

    assertForged("html", "expected '", "found '");
    assertThatThrownBy(() -> verifier.verify(file("html")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u001b"));
  }

  @Test
  void somethingAppendedToTheHtmlIsCaught() throws IOException {
    Files.writeString(file("html"), Files.readString(file("html")) + " ");

    assertForged("html", "is not what this version renders");
  }

  @Test
  void aChangedSignatureIsCaught() throws IOException {
    var bytes = Files.readAllBytes(file("sig"));
    bytes[0] ^= 1;
    Files.write(file("sig"), bytes);

    assertForged("html", "none of the trusted keys");
  }

  @Test
  void aReportSignedByAnUnknownKeyIsCaughtAlthoughItIsWhole() throws IOException {
    write(RUN, new TestSigner());

    for (var form : FORMS) {
      assertForged(form, "none of the trusted keys");
    }
  }

  @Test
  void aGenuineReportUnderAnotherRunsNameIsCaught() throws IOException {
    write("20261122T031500Z-restore-9999", signer);

    assertThatThrownBy(() -> verifier.verify(folder.resolve("20261122T031500Z-restore-9999.html")))
        .isInstanceOf(ResurgeException.class)
        .hasMessageContaining("signed report of another run, " + RUN);
  }

  @Test
  void aRenamedReportIsStillProved() throws IOException {
    write("november", signer);

    assertThat(verifier.verify(folder.resolve("november.html")).run().value()).isEqualTo(RUN);
  }

  @Test
  void aReportWithoutItsSignatureSaysWhatIsMissing() throws IOException {
    Files.delete(file("sig"));

    assertThatThrownBy(() -> verifier.verify(file("html")))
        .isInstanceOf(ResurgeException.class)
        .hasMessageContaining("cannot read " + file("sig"))
        .extracting(e -> ((ResurgeException) e).type())
        .isEqualTo(ErrorType.INPUT_INVALID);
  }

  @Test
  void aFileThatIsNoReportIsRefused() {
    assertThatThrownBy(() -> verifier.verify(file("sig")))
        .isInstanceOf(ResurgeException.class)
        .hasMessageContaining("a report is a .json, .md or .html file");
  }

  private void write(String name, TestSigner by) throws IOException {
    var store = new MemoryStore();
    var key = new EvidenceArchive(store, "library").write(EvidenceSamples.passingRestore(), by);
    for (var ending : new String[] {".json", ".md", ".html", ".sig"}) {
      Files.write(folder.resolve(name + ending), store.objects.get(key + ending));
    }
  }

  private void replace(String form, String old, String replacement) throws IOException {
    var text = Files.readString(file(form));
    assertThat(text).contains(old);
    Files.writeString(file(form), text.replace(old, replacement));
  }

  private void assertForged(String form, String... messages) {
    assertThatThrownBy(() -> verifier.verify(file(form)))
        .isInstanceOf(ResurgeException.class)
        .hasMessageContainingAll(messages)
        .extracting(e -> ((ResurgeException) e).type())
        .isEqualTo(ErrorType.SET_FORGED);
  }

  private Path file(String ending) {
    return folder.resolve(RUN + "." + ending);
  }
}
