package dev.resurge.workflows.runbook;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.YamlNode.Mapping;
import dev.resurge.workflows.runbook.YamlNode.Scalar;
import dev.resurge.workflows.runbook.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a runbook's text: YAML, then its shape as the records declare it, then the rules across
 * fields. All errors are found at once. Pure: the text comes in, nothing else is looked at, and the
 * same text gives the same answer. No message holds what may be a secret.
 */
public final class RunbookParser {
  private static final Shape SHAPE = Shape.of(Runbook.class);
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*");
  private static final int SHOWN = 20;

  private RunbookParser() {}

  /**
   * Reads a file of the runbook folder.
   *
   * @param fileName the name for messages, with or without folders; its base name must be the
   *     system's name
   * @param yaml the file's text
   */
  public static RunbookReading parse(String fileName, String yaml) {
    return read(fileName, yaml, Optional.of(fileName));
  }

  /**
   * Reads a copy that is not named as its system, such as the {@code runbook.yaml} of a set.
   *
   * @param label the name for messages
   */
  public static RunbookReading parseCopy(String label, String yaml) {
    return read(label, yaml, Optional.empty());
  }

  /**
   * As {@link #parse}, for callers that go on only with a valid runbook.
   *
   * @throws ResurgeException {@code RunbookInvalid} with the errors, one a line; of more than 20
   *     the first 20 and how many there are
   */
  public static Runbook parseOrThrow(String fileName, String yaml) {
    return orThrow(fileName, parse(fileName, yaml));
  }

  /**
   * As {@link #parseCopy}, for callers that go on only with a valid runbook.
   *
   * @throws ResurgeException as {@link #parseOrThrow}
   */
  public static Runbook parseCopyOrThrow(String label, String yaml) {
    return orThrow(label, parseCopy(label, yaml));
  }

  private static Runbook orThrow(String label, RunbookReading reading) {
    return switch (reading) {
      case RunbookReading.Valid(Runbook runbook) -> runbook;
      case RunbookReading.Invalid(List<Problem> problems) ->
          throw new ResurgeException(ErrorType.RUNBOOK_INVALID, message(label, problems));
    };
  }

  private static String message(String label, List<Problem> problems) {
    var count = problems.size() == 1 ? "1 error" : problems.size() + " errors";
    var lines =
        problems.stream().limit(SHOWN).map(Problem::text).collect(Collectors.joining("\n  "));
    var rest = problems.size() - SHOWN;
    return label
        + " has "
        + count
        + ":\n  "
        + lines
        + (rest > 0 ? "\n  and " + rest + " more" : "");
  }

  private static RunbookReading read(String label, String yaml, Optional<String> fileName) {
    var problems = new Problems(label);
    var root = new YamlReader(problems).read(yaml);
    root.ifPresent(node -> check(node, fileName, problems));
    root.ifPresent(node -> secrets(node, problems));
    secretsInComments(yaml, problems);
    return problems.isEmpty()
        ? new RunbookReading.Valid(Draft.read(root.orElseThrow(), Runbook.class))
        : new RunbookReading.Invalid(problems.inOrder());
  }

  private static void check(YamlNode node, Optional<String> fileName, Problems problems) {
    new ShapeCheck(problems).check(node, SHAPE);
    if (node instanceof Mapping root) {
      new RunbookRules(new Draft(root, problems), problems).check(fileName);
    }
  }

  private static void secrets(YamlNode node, Problems problems) {
    switch (node) {
      case Mapping mapping ->
          mapping
              .entries()
              .forEach(entry -> {
                secret(entry.key(), entry.place(), problems);
                secrets(entry.value(), problems);
              });
      case Sequence sequence -> sequence.items().forEach(item -> secrets(item, problems));
      case Scalar scalar -> secret(scalar.text(), scalar.place(), problems);
    }
  }

  private static void secretsInComments(String yaml, Problems problems) {
    var lines = yaml.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var comment = COMMENT.matcher(lines.get(i));
      if (comment.find()) {
        secret(comment.group(), new YamlNode.Place("", i + 1, comment.start() + 1), problems);
      }
    }
  }

  private static void secret(String text, YamlNode.Place place, Problems problems) {
    SecretScan.find(text)
        .ifPresent(what ->
            problems.add(
                place,
                what
                    + " stands here in clear; a runbook is kept in clear beside every set and"
                    + " holds no secrets: take it out, and change it if others have seen it"));
  }
}
