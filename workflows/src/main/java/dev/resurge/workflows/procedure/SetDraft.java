package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A set that is to be made. */
public record SetDraft(SetId set, SetKind kind, Map<String, String> labels, List<Source> sources) {
  public SetDraft {
    labels = Map.copyOf(labels);
    sources = List.copyOf(sources);
  }

  /** Whether only copies that nobody uses are read, so that nothing has to be prepared for it. */
  boolean ofRetained() {
    return sources.stream().allMatch(source -> source.from().isPresent());
  }

  /**
   * One component of it.
   *
   * @param from the retained copy to read instead of the live data
   */
  public record Source(String component, Optional<String> from) {
    /** The component's live data. */
    static Source live(String component) {
      return new Source(component, Optional.empty());
    }

    /** A copy that was kept. */
    static Source of(Retained copy) {
      return new Source(copy.component(), Optional.of(copy.name()));
    }
  }
}
