package dev.resurge.activities.component.postgres.model;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The options that the driver gives; any other makes the program fail, as a program would that does
 * not know it.
 *
 * @param program its name, for messages
 */
record ProgramArguments(String program, List<String> all, Map<String, String> environment) {
  private static final Set<String> KNOWN =
      Set.of(
          "--format",
          "--no-password",
          "-Z0",
          "--section",
          "--exclude-table-data",
          "--table",
          "--snapshot",
          "--lock-wait-timeout",
          "--dbname",
          "--exit-on-error",
          "--jobs",
          "--list",
          "--file",
          "--analyze-only",
          "--quiet");
  private static final Pattern DATABASE = Pattern.compile("dbname='((?:[^'\\\\]|\\\\.)*)'");
  private static final Pattern TABLE =
      Pattern.compile("<name>\\.<name>".replace("<name>", SqlText.NAME));

  ProgramArguments {
    all = List.copyOf(all);
    environment = Map.copyOf(environment);
  }

  void requireKnown() throws IOException {
    for (var argument : all) {
      if (argument.startsWith("-") && !KNOWN.contains(argument.split("=", 2)[0])) {
        throw new IOException(program + ": error: THE MODEL DOES NOT KNOW " + argument);
      }
    }
  }

  boolean has(String option) {
    return all.contains(option);
  }

  List<String> values(String option) {
    return all.stream()
        .filter(a -> a.startsWith(option + "="))
        .map(a -> a.substring(option.length() + 1))
        .toList();
  }

  Optional<String> value(String option) {
    return values(option).stream().findFirst();
  }

  boolean section(String name) {
    var sections = values("--section");
    return sections.isEmpty() || sections.contains(name);
  }

  /** Tables, as {@code public.note}. */
  Set<String> tables(String option) {
    return values(option).stream()
        .map(TABLE::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(m -> SqlText.table(m.group(1), m.group(2)))
        .collect(Collectors.toSet());
  }

  /** Where it is to connect to. */
  Optional<String> database() {
    return value("--dbname").map(ProgramArguments::unquoted);
  }

  private static String unquoted(String connectionString) {
    var words = DATABASE.matcher(connectionString);
    return words.matches() ? words.group(1).replaceAll("\\\\(.)", "$1") : connectionString;
  }

  /** What is no option: the file to read. */
  Optional<String> file() {
    return all.stream().filter(a -> !a.startsWith("-")).findFirst();
  }
}
