package dev.resurge.starter.view;

import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.readiness.ReadinessWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A system's readiness for people. */
public final class ReadinessText {
  private final Instant now;
  private final Style style;

  /**
   * @param now what ages are told from
   */
  public ReadinessText(Instant now, Style style) {
    this.now = now;
    this.style = style;
  }

  /** The system in some lines, its state first. */
  public List<String> lines(Readiness readiness) {
    var lines = new ArrayList<String>();
    lines.add(
        style.bold(readiness.system())
            + "  "
            + (readiness.ready()
                ? style.good(ReadinessWords.ready(readiness))
                : style.bad(ReadinessWords.ready(readiness))));
    lines.add(
        "  recovery point  "
            + against(readiness.recoveryPoint())
            + readiness.lastGood().map(set -> "; set " + set).orElse(""));
    lines.add(
        "  recovery time   "
            + against(readiness.recoveryTime())
            + readiness
                .proof()
                .map(proof ->
                    "; "
                        + proof.procedure().id()
                        + " "
                        + proof.run()
                        + ", "
                        + Times.between(proof.at(), now)
                        + " ago")
                .orElse(""));
    lines.add(
        "  next test       "
            + readiness.testDue().map(due -> "due " + Times.text(due)).orElse("due now"));
    readiness.findings().forEach(finding -> lines.add("  " + style.warn("!") + " " + finding));
    return List.copyOf(lines);
  }

  private String against(Measure measure) {
    var words = ReadinessWords.against(measure);
    return ReadinessWords.fallsShort(measure) ? style.bad(words) : words;
  }
}
