package dev.resurge.starter.follow;

import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Status;

/**
 * What a waiting run does next.
 *
 * @param status as it was when the question came
 */
record ChoicePrompt(Status status, Question question) implements Prompt {
  @Override
  public String text() {
    return "Choose "
        + String.join(", ", question.choices())
        + " (Enter leaves it to somebody else): ";
  }

  @Override
  public boolean stillAsked(Status now) {
    return now.question().filter(q -> q.code().equals(question.code())).isPresent();
  }
}
