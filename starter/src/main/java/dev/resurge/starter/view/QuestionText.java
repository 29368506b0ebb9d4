package dev.resurge.starter.view;

import dev.resurge.starter.runs.RunRef;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Question;
import java.util.ArrayList;
import java.util.List;

/** What a run waits for, each with the exact commands that answer it. */
public final class QuestionText {
  private QuestionText() {}

  /** The question and a command per choice. */
  public static List<String> lines(RunRef run, Question question, int width, Style style) {
    var lines = new ArrayList<String>();
    lines.add(
        style.warn(
            switch (question.kind()) {
              case APPROVAL -> "Waits for approval " + question.code();
              case PARKED ->
                  "Parked: something failed, and a person decides (" + question.code() + ")";
              case MANUAL -> "A person must check (" + question.code() + ")";
              case DIRECTION ->
                  "Left half-way: a person decides which way it goes (" + question.code() + ")";
            }));
    Columns.wrap(question.text(), Math.max(20, width - 3)).forEach(line -> lines.add("  " + line));
    lines.add("  answer with one of:");
    lines.addAll(commands(run, question));
    return List.copyOf(lines);
  }

  private static List<String> commands(RunRef run, Question question) {
    if (question.kind() == Question.Kind.APPROVAL) {
      return approvalCommands(run.system(), question.code());
    }
    return question.choices().stream()
        .map(choice ->
            "    ./resurge decide " + run.system() + " " + choice + " --code " + question.code())
        .toList();
  }

  /** How a plan is answered from anywhere. */
  public static List<String> planCommands(Plan plan) {
    return approvalCommands(plan.system(), plan.code());
  }

  private static List<String> approvalCommands(String system, String code) {
    return List.of(
        "    ./resurge approve " + system + " " + code,
        "    ./resurge reject " + system + " " + code + " --comment 'why'");
  }
}
