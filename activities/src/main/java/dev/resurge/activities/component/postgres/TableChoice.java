package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Finds the tables that people name among those of a set: {@code author}, {@code public.author},
 * {@code "Odd Schema"."Table"}. Names are read as SQL reads them; what SQL would not find in lower
 * case may also be meant as it is written.
 */
final class TableChoice {
  private static final int LISTED = 20;

  private final List<Table> tables;

  /**
   * @param tables those that a set holds; an extension's own are not chosen from
   */
  TableChoice(List<Table> tables) {
    this.tables = tables.stream().filter(t -> !t.ofExtension()).toList();
  }

  /**
   * The tables meant, each once, in the order of the names.
   *
   * @throws ResurgeException {@code InputInvalid} with all names that are none, or more than one
   */
  List<Table> choose(List<String> names) {
    var chosen = new LinkedHashSet<Table>();
    var problems = new ArrayList<String>();
    for (var name : names) {
      var parts = parts(name);
      var found = parts.isEmpty() ? List.<Table>of() : find(parts);
      if (found.size() == 1) {
        chosen.add(found.getFirst());
      } else {
        problems.add(problem(name, parts, found));
      }
    }
    if (!problems.isEmpty()) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID, "bringing tables back: " + String.join("; ", problems));
    }
    return List.copyOf(chosen);
  }

  private List<Table> find(List<Part> parts) {
    var folded = find(parts, Part::isFolded);
    return folded.isEmpty() ? find(parts, Part::isWritten) : folded;
  }

  private List<Table> find(List<Part> parts, BiPredicate<Part, String> is) {
    return tables.stream()
        .filter(t -> is.test(parts.getLast(), t.name()))
        .filter(t -> parts.size() == 1 || is.test(parts.getFirst(), t.schema()))
        .toList();
  }

  private String problem(String name, List<Part> parts, List<Table> found) {
    if (parts.isEmpty()) {
      return "'"
          + name
          + "' is no name of a table; one looks like author, public.author or \"Odd\".\"Table\"";
    }
    if (found.size() > 1) {
      return "'" + name + "' may be " + String.join(" or ", displayed(found)) + ": name its schema";
    }
    var near =
        Nearest.find(name, displayed(tables))
            .or(() -> called(name))
            .or(() -> called(parts.getLast().text()));
    return "the set holds no table '"
        + name
        + "'"
        + near.map(n -> "; did you mean " + n + "?").orElseGet(() -> "; it holds " + all());
  }

  /** A table whose own name is near, whatever its schema. */
  private Optional<String> called(String name) {
    var near = Nearest.find(name, tables.stream().map(Table::name).toList());
    return tables.stream()
        .filter(t -> near.equals(Optional.of(t.name())))
        .findFirst()
        .map(TableChoice::displayed);
  }

  private String all() {
    var names = displayed(tables);
    var more = names.size() - LISTED;
    return names.isEmpty()
        ? "none"
        : String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
            + (more > 0 ? " and " + more + " more" : "");
  }

  private static List<String> displayed(List<Table> some) {
    return some.stream().map(TableChoice::displayed).toList();
  }

  private static String displayed(Table table) {
    return Quoting.displayed(table.schema(), table.name());
  }

  /** One part of a name, and whether it stood in quotes. */
  private record Part(String text, boolean quoted) {
    boolean isFolded(String actual) {
      return actual.equals(quoted ? text : text.toLowerCase(Locale.ROOT));
    }

    boolean isWritten(String actual) {
      return actual.equals(text);
    }
  }

  /** Schema and name, or the name alone; empty if it is neither. */
  private static List<Part> parts(String name) {
    var parts = new ArrayList<Part>();
    int from = 0;
    while (from < name.length()) {
      int end = name.charAt(from) == '"' ? closing(name, from) : plain(name, from);
      boolean last = end == name.length();
      if (end <= from || (!last && name.charAt(end) != '.') || end == name.length() - 1) {
        return List.of();
      }
      var text = name.substring(from, end);
      parts.add(
          text.startsWith("\"")
              ? new Part(text.substring(1, text.length() - 1).replace("\"\"", "\""), true)
              : new Part(text, false));
      from = end + 1;
    }
    return parts.size() > 2 || parts.stream().anyMatch(p -> p.text().isEmpty())
        ? List.of()
        : List.copyOf(parts);
  }

  /** Behind the quote that closes the one at {@code from}; -1 if none does. */
  private static int closing(String name, int from) {
    for (int at = from + 1; at < name.length(); at++) {
      if (name.charAt(at) == '"') {
        if (at + 1 == name.length() || name.charAt(at + 1) != '"') {
          return at + 1;
        }
        at++;
      }
    }
    return -1;
  }

  private static int plain(String name, int from) {
    int dot = name.indexOf('.', from);
    int end = dot < 0 ? name.length() : dot;
    return name.substring(from, end).indexOf('"') < 0 ? end : -1;
  }
}
