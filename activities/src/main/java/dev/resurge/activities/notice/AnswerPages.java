package dev.resurge.activities.notice;

import dev.resurge.workflows.model.Notice;
import java.net.URI;
import java.util.Optional;

/** Where a person who was told can answer. */
@FunctionalInterface
public interface AnswerPages {
  /** There is no such page: people answer by the commands. */
  AnswerPages NONE = (notice, person) -> Optional.empty();

  /**
   * The page of that person for that notice.
   *
   * @param person whose channel it is; empty for a channel that several people read, which must
   *     never carry what one of them is known by
   */
  Optional<URI> page(Notice notice, Optional<String> person);
}
