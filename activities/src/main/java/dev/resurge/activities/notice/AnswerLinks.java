package dev.resurge.activities.notice;

import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Run;
import java.net.URI;
import java.util.Optional;

/** Where a person who was told can answer. */
@FunctionalInterface
public interface AnswerLinks {
  /** There is no such page: people answer by the commands. */
  AnswerLinks NONE = (run, notice, person) -> Optional.empty();

  /**
   * The page of that person for that notice.
   *
   * @param run without its runbook's text
   * @param person whose channel it is; empty for a channel that several people read, which must
   *     never carry what one of them is known by
   */
  Optional<URI> link(Run run, Notice notice, Optional<String> person);
}
