package dev.resurge.worker.matrix;

import dev.resurge.worker.world.Moment;
import java.util.List;
import java.util.Optional;

/**
 * One run of the matrix: a procedure, a fault, a moment, and how it must end.
 *
 * @param moment empty if the fault is there from the beginning
 * @param answer what the run is told when it asks for help
 * @param reason what people must have read by then, or at its end; empty if they are told nothing
 */
record Trial(
    Course course,
    Fault fault,
    Optional<Moment> moment,
    String answer,
    List<String> reason,
    Outcome outcome) {
  /** It helps itself, and nobody is told. */
  static Trial quiet(Course course, Fault fault, Moment moment) {
    return new Trial(course, fault, Optional.of(moment), "", List.of(), Outcome.HEALTHY);
  }

  /** The same with the fault there from the beginning. */
  static Trial quiet(Course course, Fault fault) {
    return new Trial(course, fault, Optional.empty(), "", List.of(), Outcome.HEALTHY);
  }

  /** It is refused for that reason. */
  static Trial refused(Course course, Fault fault, String reason) {
    return new Trial(course, fault, Optional.empty(), "", List.of(reason), Outcome.AS_BEFORE);
  }

  /** It is refused for that reason, which came up at that moment. */
  static Trial refused(Course course, Fault fault, Moment moment, String reason) {
    return new Trial(course, fault, Optional.of(moment), "", List.of(reason), Outcome.AS_BEFORE);
  }

  /** It parks for that reason, and is told to try again once that is mended. */
  static Trial retried(Course course, Fault fault, Moment moment, String... reason) {
    return new Trial(
        course, fault, Optional.of(moment), "retry", List.of(reason), Outcome.PARKED_THEN_RIGHT);
  }

  /** It parks for that reason, and is told to give up. */
  static Trial aborted(Course course, Fault fault, Moment moment, String... reason) {
    return new Trial(
        course,
        fault,
        Optional.of(moment),
        "abort",
        List.of(reason),
        Outcome.PARKED_THEN_AS_BEFORE);
  }

  /** It parks for that reason, and goes back by itself once that is mended. */
  static Trial wentBack(Course course, Fault fault, Moment moment, String... reason) {
    return new Trial(
        course,
        fault,
        Optional.of(moment),
        "retry",
        List.of(reason),
        Outcome.PARKED_THEN_AS_BEFORE);
  }

  /** The test's name. */
  String name() {
    return course + ", " + fault.name() + ", " + when() + (answer.equals("abort") ? ", abort" : "");
  }

  /** The table's line. */
  String line() {
    var told = reason.stream().map(Trial::code).toList();
    return "| "
        + String.join(
            " | ",
            course.toString(),
            fault.name(),
            when(),
            told.isEmpty() ? "nothing" : String.join(", ", told),
            outcome.toString())
        + " |";
  }

  private String when() {
    return moment.map(Trial::words).orElse("from the start");
  }

  private static String words(Moment moment) {
    var place =
        switch (moment.place()) {
          case START -> "before";
          case INSIDE -> "in";
          case END -> "after";
        };
    var step = moment.step();
    var time = step.time() == 1 ? "" : " (" + step.time() + ")";
    return place + " *" + step.label() + "*" + time + ", " + step.workflow();
  }

  private static String code(String word) {
    return word.matches("[A-Z][A-Za-z]+") ? "`" + word + "`" : "*" + word + "*";
  }
}
