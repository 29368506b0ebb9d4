package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CaptureActivities;
import dev.resurge.workflows.model.CapturedComponent;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Captures components one after the other and commits them as one set. */
final class SetMaking {
  private SetMaking() {}

  static SetSummary make(Steps steps, Run run, SetDraft draft, Instant started) {
    return commit(steps, run, draft, started, capture(steps, run, draft));
  }

  static List<CapturedComponent> capture(Steps steps, Run run, SetDraft draft) {
    var captured = new ArrayList<CapturedComponent>();
    for (var source : draft.sources()) {
      captured.add(capture(steps, run, draft, source));
    }
    return captured;
  }

  static SetSummary commit(
      Steps steps, Run run, SetDraft draft, Instant started, List<CapturedComponent> captured) {
    var commit =
        new CaptureActivities.Commit(draft.set(), draft.kind(), draft.labels(), started, captured);
    return steps.step("commit").ask(CaptureActivities.class, a -> a.commit(run, commit));
  }

  private static CapturedComponent capture(
      Steps steps, Run run, SetDraft draft, SetDraft.Source source) {
    return steps
        .step("capture", source.component())
        .ask(
            CaptureActivities.class,
            a -> a.capture(run, draft.set(), source.component(), source.from()),
            made -> made.raw().human() + ", stored as " + made.stored().human(),
            made -> Optional.of(made.raw()));
  }
}
