package dev.resurge.activities.evidence;

import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Proves that a report on disk is what a trusted installation signed. The signature is of the .json
 * beside it; a .md or .html is proved by rendering it again from the verified .json.
 */
public final class ReportVerifier {
  private final TrustRoots trust;

  /**
   * @param trust the public keys from configuration, never from the report
   */
  public ReportVerifier(TrustRoots trust) {
    this.trust = trust;
  }

  /**
   * What was proved.
   *
   * @param signer the id of the trusted key that signed
   * @param sha256 of the signed .json
   */
  public record Verified(
      Path file, RunId run, String system, Verdict verdict, String signer, String sha256) {}

  /**
   * Verifies a {@code .json}, {@code .md} or {@code .html} file; its {@code .json} and {@code .sig}
   * lie beside it under the same name.
   *
   * @throws ResurgeException {@code SetForged} with what differs; {@code InputInvalid} if a file is
   *     missing or is no report; {@code FormatUnknown} if a newer version wrote it
   */
  public Verified verify(Path file) {
    var name = file.getFileName() == null ? "" : file.getFileName().toString();
    var dot = name.lastIndexOf('.');
    var format = dot < 0 ? "" : name.substring(dot + 1);
    if (!List.of("json", "md", "html").contains(format)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "Verified " + file + ": a report is a .json, .md or .html file.");
    }
    var base = name.substring(0, dot);
    var given = read(file, file);
    var json = read(file, file.resolveSibling(base + ".json"));
    var signature = read(file, file.resolveSibling(base + ".sig"));
    var signed =
        SignedEvidence.verified(
            json, signature, trust, file.resolveSibling(base + ".json").toString());
    refuseAnotherRunsName(file, base, signed);
    switch (format) {
      case "md" -> compare(file, given, new MarkdownReport().render(signed), signed);
      case "html" -> compare(file, given, new HtmlReport().render(signed), signed);
      default -> {
        // the signature is of these bytes: nothing is left to compare
      }
    }
    var evidence = signed.evidence();
    return new Verified(
        file,
        evidence.run(),
        evidence.system(),
        evidence.verdict(),
        signed.signer(),
        signed.sha256());
  }

  private static byte[] read(Path asked, Path part) {
    try {
      return Files.readAllBytes(part);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "Verified "
              + asked
              + ": cannot read "
              + part
              + " ("
              + e
              + "). A report's .json and .sig must lie beside it.",
          e);
    }
  }

  /** People may rename a report; under another run's id it would be taken for that run's. */
  private static void refuseAnotherRunsName(Path file, String base, SignedEvidence signed) {
    var run = signed.evidence().run();
    if (RunId.isValid(base) && !base.equals(run.value())) {
      throw new ResurgeException(
          ErrorType.SET_FORGED,
          "Verified " + file + ": it is the signed report of another run, " + run + ".");
    }
  }

  private static void compare(Path file, byte[] given, String rendered, SignedEvidence signed) {
    if (Arrays.equals(given, rendered.getBytes(StandardCharsets.UTF_8))) {
      return;
    }
    throw new ResurgeException(
        ErrorType.SET_FORGED,
        "Verified "
            + file
            + ": the signed .json holds (sha256 "
            + signed.sha256()
            + ", key "
            + signed.signer()
            + "), but this file is not what this version renders from it. "
            + firstDifference(new String(given, StandardCharsets.UTF_8), rendered)
            + " Either it was changed, or Resurge "
            + signed.evidence().resurgeVersion()
            + ", which wrote it, renders it otherwise: rely on the .json.");
  }

  private static String firstDifference(String given, String rendered) {
    var found = given.split("\n", -1);
    var expected = rendered.split("\n", -1);
    int line = 0;
    while (line < Math.min(found.length, expected.length) && found[line].equals(expected[line])) {
      line++;
    }
    var expectedLine = line < expected.length ? expected[line] : "";
    var foundLine = line < found.length ? found[line] : "";
    int column = Math.max(0, Arrays.mismatch(expectedLine.toCharArray(), foundLine.toCharArray()));
    return "First difference in line "
        + (line + 1)
        + ": expected '"
        + excerpt(expectedLine, column)
        + "', found '"
        + excerpt(foundLine, column)
        + "'.";
  }

  private static String excerpt(String line, int column) {
    var from = Math.min(line.length(), Math.max(0, column - 20));
    return Escaping.visible(line.substring(from, Math.min(line.length(), from + 80)));
  }
}
