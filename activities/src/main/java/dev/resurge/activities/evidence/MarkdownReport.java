package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.Evidence;

/** Evidence as Markdown, for tickets, terminals and version control. */
public final class MarkdownReport {
  private final Templates template = new Templates("report.md.peb", Escaping::markdown, false);

  /**
   * The text. The same arguments give the same text, byte for byte, in every place and time zone:
   * that is what makes it verifiable.
   *
   * @param sha256 of the exact bytes of the signed .json
   * @param signer the id of the key that signed them
   */
  public String render(Evidence evidence, String sha256, String signer) {
    return render(new SignedEvidence(evidence, sha256, signer));
  }

  String render(SignedEvidence signed) {
    return template.render(ReportViews.of(signed));
  }
}
