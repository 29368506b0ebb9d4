package dev.resurge.worker.watch;

import dev.resurge.activities.evidence.KnownRuns;
import dev.resurge.activities.evidence.ReadinessReader;
import dev.resurge.activities.step.RunbookFolder;
import dev.resurge.activities.step.Site;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.readiness.ReadinessRules;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.Store;
import java.util.Optional;

/** Looks at one system again and again, and reads only what may have changed since. */
final class Lookout {
  private final String system;
  private final Site site;
  private final RunbookFolder folder;
  private final Patience patience;

  private Optional<Known> known = Optional.empty();
  private Optional<Seen> seen = Optional.empty();
  private Optional<SystemState> last = Optional.empty();

  Lookout(String system, Site site, RunbookFolder folder, Patience patience) {
    this.system = system;
    this.site = site;
    this.folder = folder;
    this.patience = patience;
  }

  /** A runbook and what is known of the runs in its store. */
  private record Known(String text, Runbook runbook, KnownRuns runs) {
    Store store() {
      return runbook.spec().store();
    }
  }

  /** What the last look that did not fail saw. */
  private record Seen(Runbook runbook, ReadinessRules.Facts facts) {}

  /** The state that the look before came to. */
  Optional<SystemState> last() {
    return last;
  }

  /** Never fails: that it cannot be looked at is a state of the system. */
  SystemState look() {
    var unseen = read();
    var judgement = new Judgement(system, site.clock().instant(), last);
    var state =
        seen.map(s -> judgement.of(s.runbook(), s.facts(), unseen))
            .orElseGet(() -> judgement.unseen(known.map(Known::runbook), unseen.orElseThrow()));
    last = Optional.of(state);
    return state;
  }

  /** Why it could not be read. */
  private Optional<String> read() {
    try {
      var now = runbook();
      known = Optional.of(now);
      var facts =
          patience.ask(
              now.store(),
              () ->
                  new ReadinessReader(
                          site.stores().apply(now.store()), now.runbook(), site.trust(), now.runs())
                      .facts());
      seen = Optional.of(new Seen(now.runbook(), facts));
      return Optional.empty();
    } catch (ResurgeException e) {
      return Optional.of(e.type().id() + ": " + e.getMessage());
    }
  }

  /** The runbook's file is read each time, but parsed only if it has changed. */
  private Known runbook() {
    var entry = folder.read(system);
    if (known.map(k -> k.text().equals(entry.text())).orElse(false)) {
      return known.orElseThrow();
    }
    var runbook = entry.runbook();
    var runs =
        known
            .filter(k -> k.store().equals(runbook.spec().store()))
            .map(Known::runs)
            .orElseGet(KnownRuns::new);
    return new Known(entry.text(), runbook, runs);
  }
}
