package dev.resurge.demo;

import dev.resurge.scenery.SceneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The example runbook with this demo's ports, paths and recipient in place of its own. */
final class RunbookCopy {
  private static final String RECIPIENT = "age1[0-9a-z]{58}";

  private RunbookCopy() {}

  /**
   * The example's text with each value replaced, wherever it stands.
   *
   * @param replacements the new value by the example's
   * @param recipient the age recipient in place of each the example names
   * @throws SceneException if the example does not have one of the values: it has been changed, and
   *     the copy would point to something that is not the demo's
   */
  static String of(String example, Map<String, String> replacements, String recipient)
      throws SceneException {
    for (var value : replacements.keySet()) {
      if (!example.contains(value)) {
        throw new SceneException("the example runbook does not say " + value + " any more");
      }
    }
    if (!Pattern.compile(RECIPIENT).matcher(example).find()) {
      throw new SceneException("the example runbook names no age recipient any more");
    }
    var values =
        replacements.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    // in one pass, so that nothing is replaced within a replacement
    return Pattern.compile(values + "|" + RECIPIENT)
        .matcher(example)
        .replaceAll(
            found -> Matcher.quoteReplacement(replacements.getOrDefault(found.group(), recipient)));
  }

  /** The recipient that a folder of new keys is for: the only one named in its files. */
  static String recipientIn(Path keys) throws SceneException, IOException {
    try (var files = Files.walk(keys)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var recipient = Pattern.compile(RECIPIENT).matcher(Files.readString(file));
        if (recipient.find()) {
          return recipient.group();
        }
      }
    }
    throw new SceneException("./resurge keys new left no age recipient in " + keys);
  }
}
