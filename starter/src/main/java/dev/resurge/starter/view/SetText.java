package dev.resurge.starter.view;

import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A set, read from its manifest. */
public final class SetText {
  private static final int FINGERPRINT_LINES = 8;

  private SetText() {}

  /**
   * The set in lines.
   *
   * @param bad why it was marked bad, if it was
   */
  public static List<String> lines(
      Manifest manifest, String sha256, Optional<String> bad, int width, Style style) {
    var summary = manifest.summary(sha256);
    var lines = new ArrayList<String>();
    lines.add(style.bold("set " + manifest.set()) + "  of " + manifest.system());
    bad.ifPresent(why -> lines.add("  " + style.bad("marked bad: " + why)));
    lines.addAll(
        new Fields(width, style)
            .add("kind", manifest.kind().id())
            .add("recovers to", Times.text(manifest.recoveryPoint()))
            .add(
                "captured",
                Times.text(manifest.captureStarted())
                    + ", took "
                    + Times.between(manifest.captureStarted(), manifest.captureEnded()))
            .add("size", summary.raw().human() + ", stored as " + summary.stored().human())
            .add(
                "labels",
                manifest.labels().entrySet().stream()
                    .map(l -> l.getKey() + "=" + l.getValue())
                    .toList())
            .add("asked by", manifest.requester().describe())
            .add("run", manifest.run().value())
            .add(
                "made by",
                "Resurge " + manifest.resurgeVersion() + " of " + manifest.installation())
            .add("signed by", manifest.signer())
            .add("manifest", "sha256:" + sha256)
            .add(
                "encrypted",
                manifest.recipients().isEmpty()
                    ? List.of("no: it lies in clear")
                    : manifest.recipients())
            .add("warnings", summary.warnings())
            .lines());
    for (var component : manifest.components()) {
      StatusText.section(
          lines,
          "Component " + component.name() + " (" + component.type() + ")",
          component(component),
          style);
    }
    return List.copyOf(lines);
  }

  private static List<String> component(ComponentManifest component) {
    var lines = new ArrayList<String>();
    lines.add("target " + component.target());
    lines.add(
        component.artifacts().size()
            + " artifacts, "
            + component.raw().human()
            + ", stored as "
            + component.stored().human());
    var counts = component.fingerprint().counts();
    counts.entrySet().stream()
        .limit(FINGERPRINT_LINES)
        .forEach(count -> lines.add(count.getKey() + " = " + count.getValue()));
    if (counts.size() > FINGERPRINT_LINES) {
      lines.add("and " + (counts.size() - FINGERPRINT_LINES) + " more counts");
    }
    return lines;
  }
}
