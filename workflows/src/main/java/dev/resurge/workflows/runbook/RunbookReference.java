package dev.resurge.workflows.runbook;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reference of every field, made from the records, with examples from a runbook. */
public final class RunbookReference {
  private static final String HEAD =
      """
      # The runbook, field by field

      A runbook is one YAML file for one protected system, named as the system: `library.yaml` for
      the system `library`. [runbooks/README.md](../runbooks/README.md) says how to write one. The
      examples here are from [runbooks/library.yaml](../runbooks/library.yaml).

      Every field not listed here is an error, so that a slip of the pen does not go unnoticed. A
      field that is left out has the default its description names. Texts that YAML takes for a
      number or for true or false are put in quotes. Durations are written `90s`, `15m`, `1h30m` or
      `7d` and are more than 0; sizes `512MB`, `5GB` or `2GiB`. No secret stands in a runbook, not
      even in a comment; it says only [where one is found](#secret).

      <!-- made from the records of dev.resurge.workflows.runbook by RunbookReference; not written by
      hand. Anew: mvn -q -pl workflows test -Dtest=GeneratedFilesTest -Dregenerate -->
      """;

  private final StringBuilder text = new StringBuilder(HEAD);
  private final String example;
  private final Map<String, Shape> sections = new LinkedHashMap<>();
  private final ArrayDeque<String> open = new ArrayDeque<>();

  private RunbookReference(String example) {
    this.example = example;
  }

  /**
   * The reference as Markdown, ending with a newline; the same every time.
   *
   * @param example a valid runbook, whose parts are quoted with their comments
   */
  public static String generate(String example) {
    return new RunbookReference(example).write();
  }

  private String write() {
    later("runbook", Shape.of(Runbook.class));
    while (!open.isEmpty()) {
      var path = open.removeFirst();
      section(path, sections.get(path));
    }
    forms();
    return text.toString();
  }

  private void forms() {
    text.append("\n## How texts are written\n\n| a text that is | is written |\n|---|---|\n");
    for (var form : Form.values()) {
      if (isSpecial(form) && form != Form.SECRET_FILE) { // which is a path
        text.append("| ")
            .append(form.noun())
            .append(" | ")
            .append(cell(form.rule()))
            .append(" |\n");
      }
    }
  }

  private static boolean isSpecial(Form form) {
    return form != Form.TEXT && form != Form.ARGUMENT && form.constant().isEmpty();
  }

  private void later(String path, Shape shape) {
    if (sections.putIfAbsent(path, shape) == null) {
      open.add(path);
    }
  }

  private void section(String path, Shape shape) {
    text.append("\n## ").append(path).append("\n");
    // the whole of spec would be the whole file
    Optional.of(path)
        .filter(section -> !section.equals("spec"))
        .flatMap(section -> Excerpt.of(example, section))
        .ifPresent(lines -> text.append("\n```yaml\n").append(lines).append("```\n"));
    switch (shape) {
      case Shape.Variants variants ->
          variants
              .byType()
              .forEach((word, fields) -> {
                text.append("\n### ").append(path).append(": type ").append(word).append("\n");
                fields(path, fields, Optional.of(word));
              });
      case Shape.Fields fields -> fields(path, fields, Optional.empty());
      default -> throw new IllegalStateException("a section has fields");
    }
  }

  private void fields(String path, Shape.Fields shape, Optional<String> type) {
    shape
        .choice()
        .ifPresent(choice ->
            text.append("\nExactly one of ")
                .append(
                    List.of(choice.value()).stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(" and ")))
                .append(" is given: ")
                .append(choice.otherwise())
                .append(".\n"));
    text.append("\n| field | is | required | meaning |\n|---|---|---|---|\n");
    type.ifPresent(word -> row("type", "`" + word + "`", true, "Which kind this is."));
    for (var field : shape.fields()) {
      row(field.name(), is(path, field), field.required(), field.description());
    }
  }

  private void row(String name, String is, boolean required, String meaning) {
    text.append("| `").append(name).append("` | ").append(is).append(" | ");
    text.append(required ? "yes" : "").append(" | ").append(cell(meaning)).append(" |\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private String is(String path, Shape.Field field) {
    var inner = path.equals("runbook") ? field.name() : path + "." + field.name();
    return is(inner, field.shape());
  }

  private String is(String path, Shape shape) {
    return switch (shape) {
      case Shape.Text(Form form) -> text(form);
      case Shape.Whole whole -> "number, " + range(whole.least(), whole.most());
      case Shape.Decimal decimal -> "number, " + range(decimal.least(), decimal.most());
      case Shape.Flag flag -> "`true` or `false`";
      case Shape.Time time -> "duration";
      case Shape.Size size -> "size";
      case Shape.Choice choice ->
          choice.words().stream().map(w -> "`" + w + "`").collect(Collectors.joining(" or "));
      case Shape.Items items -> "list: " + is(path, items.item());
      case Shape.Secret secret -> link("secret", secret.fields());
      case Shape.Fields fields -> link(sectionOf(path, fields), fields);
      case Shape.Variants variants -> link(path, variants);
    };
  }

  // a hook is the same in all four lists, and what stays is written in one way for all sets
  private static String sectionOf(String path, Shape.Fields fields) {
    if (fields.type() == Keep.class) {
      return "spec.retention.keep";
    }
    return fields.type() == Hooks.Hook.class ? "spec.hooks entry" : path;
  }

  private String link(String path, Shape shape) {
    later(path, shape);
    var anchor = path.toLowerCase(Locale.ROOT).replace(".", "").replace(' ', '-');
    return "[" + path + "](#" + anchor + ")";
  }

  private static String text(Form form) {
    if (isSpecial(form)) {
      return "[" + form.noun() + "](#how-texts-are-written)";
    }
    return form.constant().map(only -> "`" + only + "`").orElse("text");
  }

  private static String range(double least, double most) {
    return Numbers.plain(least) + " to " + Numbers.plain(most);
  }
}
