package dev.resurge.workflows.model;

import java.util.List;

/** The exact commands that answer what a run asks, for people who read it anywhere. */
public final class AnswerCommands {
  private AnswerCommands() {}

  /** How a plan is answered. */
  public static List<String> of(Plan plan) {
    return approval(plan.system(), plan.code());
  }

  /** How a question is answered, one command for each choice. */
  public static List<String> of(String system, Question question) {
    if (question.kind() == Question.Kind.APPROVAL) {
      return approval(system, question.code());
    }
    return question.choices().stream()
        .map(choice -> "./resurge decide " + system + " " + choice + " --code " + question.code())
        .toList();
  }

  private static List<String> approval(String system, String code) {
    return List.of(
        "./resurge approve " + system + " " + code,
        "./resurge reject " + system + " " + code + " --comment 'why'");
  }
}
