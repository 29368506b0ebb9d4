package dev.resurge.workflows.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code docs/errors.md} from {@link ErrorType} and {@link Verdict}. */
public final class ErrorTable {
  /** How the page is made again after a change; run at the top of the checkout, once compiled. */
  public static final String COMMAND =
      "java -cp workflows/target/classes " + ErrorTable.class.getName() + " > docs/errors.md";

  private ErrorTable() {}

  /** Prints the page. */
  public static void main(String[] arguments) {
    System.out.writeBytes(markdown().getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  /** The whole page as Markdown; the same text every time. */
  public static String markdown() {
    return """
    # Errors

    <!-- Generated from ErrorType and Verdict; after a change there:
         %s -->

    A failure has a stable type, a message that says what was tried, on what, and what came
    back, and a remedy. Types and exit codes do not change between versions: scripts and
    alerts may match them. *Who* is whoever can mend it: **user** the person who asked,
    **external** whoever runs the machine, store or service concerned, **internal** Resurge's
    developers. A *retried* failure may pass by itself and is tried again (five attempts or
    five minutes; in the cut over, within its budget); a *permanent* one is not.

    | Type | Who | Exit code | Retried | What it means | What to do |
    |---|---|---|---|---|---|
    %s

    ## Exit codes

    A command that waits for a run exits with the code of its verdict, or with the code of the
    failure that kept it from having one.

    | Exit code | Verdicts | Failures |
    |---|---|---|
    %s
    """
        .formatted(COMMAND, types(), exitCodes());
  }

  private static String types() {
    return Arrays.stream(ErrorType.values())
        .map(type ->
            row(
                "`" + type.id() + "`",
                switch (type.kind()) {
                  case USER -> "user";
                  case EXTERNAL -> "external";
                  case INTERNAL -> "internal";
                },
                Integer.toString(type.exitCode()),
                type.permanent() ? "permanent" : "retried",
                type.meaning(),
                type.remedy()))
        .collect(Collectors.joining("\n"));
  }

  private static String exitCodes() {
    var codes = new TreeSet<Integer>();
    for (var verdict : Verdict.values()) {
      codes.add(verdict.exitCode());
    }
    for (var type : ErrorType.values()) {
      codes.add(type.exitCode());
    }
    return codes.stream()
        .map(code ->
            row(
                code.toString(),
                names(
                    Arrays.stream(Verdict.values())
                        .filter(v -> v.exitCode() == code)
                        .map(Verdict::id)),
                names(
                    Arrays.stream(ErrorType.values())
                        .filter(t -> t.exitCode() == code)
                        .map(ErrorType::id))))
        .collect(Collectors.joining("\n"));
  }

  private static String names(Stream<String> names) {
    return names.map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String row(String... cells) {
    return Arrays.stream(cells)
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
