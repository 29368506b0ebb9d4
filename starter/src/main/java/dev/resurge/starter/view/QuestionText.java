package dev.resurge.starter.view;

import dev.resurge.starter.runs.RunRef;
import dev.resurge.workflows.model.AnswerCommands;
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
    return indented(AnswerCommands.of(run.system(), question));
  }

  /** How a plan is answered from anywhere. */
  public static List<String> planCommands(Plan plan) {
    return indented(AnswerCommands.of(plan));
  }

  private static List<String> indented(List<String> commands) {
    return commands.stream().map(command -> "    " + command).toList();
  }
}
