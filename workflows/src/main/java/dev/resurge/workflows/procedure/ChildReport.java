package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Step;
import java.util.List;
import java.util.Optional;

/** What a child tells its canonical run while it works, so that people see it in one place. */
public record ChildReport(List<Step> steps, Optional<Question> question) {
  public ChildReport {
    steps = List.copyOf(steps);
  }
}
