package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the samples as pages, to be looked at in a browser: {@code SampleReports DIRECTORY}. */
public final class SampleReports {
  private SampleReports() {}

  /** Writes every sample as {@code <name>.html} and {@code <name>.md}. */
  public static void main(String[] arguments) throws IOException {
    var directory = Files.createDirectories(Path.of(arguments[0]));
    Map<String, Evidence> samples =
        Map.of(
            "drill", EvidenceSamples.drill(),
            "failed-drill", EvidenceSamples.failedDrill(),
            "passing", EvidenceSamples.passingRestore(),
            "swapped-back", EvidenceSamples.swappedBackRestore(),
            "refused", EvidenceSamples.refusedRestore(),
            "rejected", EvidenceSamples.rejectedRestore(),
            "backup", EvidenceSamples.backup(),
            "verify", EvidenceSamples.verify(),
            "hostile", HostileSample.evidence());
    var signer = new TestSigner();
    var html = new HtmlReport();
    var markdown = new MarkdownReport();
    for (var sample : samples.entrySet()) {
      var signed = SignedEvidence.of(sample.getValue(), signer);
      Files.writeString(directory.resolve(sample.getKey() + ".html"), html.render(signed));
      Files.writeString(directory.resolve(sample.getKey() + ".md"), markdown.render(signed));
    }
  }
}
