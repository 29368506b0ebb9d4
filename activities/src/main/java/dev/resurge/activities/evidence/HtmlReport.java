package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.Evidence;

/**
 * Evidence as one HTML page that opens without a network: style and drawing are inside, nothing is
 * loaded and nothing runs.
 */
public final class HtmlReport {
  private final Templates template = new Templates("report.html.peb", Escaping::html, true);

  /**
   * The page. The same arguments give the same text, byte for byte, in every place and time zone:
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
