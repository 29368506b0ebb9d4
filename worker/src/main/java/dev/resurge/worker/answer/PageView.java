package dev.resurge.worker.answer;

import java.util.List;

/**
 * What a page shows, as text: the template only lays it out.
 *
 * @param refresh after how many seconds it loads itself again; empty: never, because somebody types
 * @param notice what is said first, such as what an answer came to
 * @param questionForms what can be answered here and has nothing to do with the plan any more
 * @param planForms what can be answered here after the plan was read
 * @param live whether it loads itself again because the visitor wanted that
 */
record PageView(
    String title,
    String tone,
    String system,
    String procedure,
    String run,
    String headline,
    String summary,
    String refresh,
    boolean live,
    String asOf,
    List<Notice> notice,
    List<PlanBox> plans,
    List<FormBox> questionForms,
    List<FormBox> planForms,
    List<StepLine> steps,
    List<CheckLine> checks,
    List<String> findings,
    List<DecisionLine> decisions,
    String foot) {
  /** Whether something can be answered here. */
  public boolean answerable() {
    return !questionForms.isEmpty() || !planForms.isEmpty();
  }

  /** A box in the colour of its tone. */
  record Notice(String tone, String title, String text) {}

  /** What is about to be done. */
  record PlanBox(
      String code,
      boolean nothingGivenUp,
      List<String> givenUp,
      List<Part> parts,
      List<Fact> facts,
      List<String> warnings) {}

  /** One component that is replaced. */
  record Part(String component, String target, String now, String then, String strategy) {}

  /** A name and what is said of it. */
  record Fact(String name, String value) {}

  /**
   * A question with its answers.
   *
   * @param ofPlan whether it approves or rejects a plan
   * @param ticket empty where the link itself is it
   */
  record FormBox(
      boolean ofPlan,
      String code,
      String title,
      String text,
      String ticket,
      String person,
      List<Choice> choices) {}

  /** A button. */
  record Choice(String value, String label, String css) {}

  /** One step of the timeline. */
  record StepLine(String mark, String css, String name, String detail, String took) {}

  /** One check. */
  record CheckLine(boolean passed, String name, String found) {}

  /** One answer that was given. */
  record DecisionLine(
      String time, String what, String by, boolean accepted, String answer, String comment) {}
}
