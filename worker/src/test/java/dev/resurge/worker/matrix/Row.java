package dev.resurge.worker.matrix;

import dev.resurge.worker.world.Moment;
import java.util.List;
import java.util.Optional;

/** What a trial came to, as a line of the table. */
record Row(
    Course course, Fault fault, Optional<Moment> moment, List<String> reason, Outcome outcome) {
  /** The line. */
  String line() {
    return "| "
        + String.join(
            " | ",
            course.toString(),
            fault.name(),
            moment.map(Trial::words).orElse("from the start"),
            reason.isEmpty()
                ? "nothing"
                : String.join(", ", reason.stream().map(Row::code).toList()),
            outcome.toString())
        + " |";
  }

  private static String code(String word) {
    return word.matches("[A-Z][A-Za-z]+") ? "`" + word + "`" : "*" + word + "*";
  }
}
