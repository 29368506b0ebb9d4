package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.StoreActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.rules.SetRules;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;

/** The rules about the sets there are, as part of a run: broken ones flaw it or are warned of. */
final class Rulings {
  private final Conducted of;
  private List<String> warnings = List.of();

  Rulings(Conducted of) {
    this.of = of;
  }

  /**
   * Chooses the set and judges the store with it. That there is no set at all is what the gravest
   * rule is about.
   *
   * @throws RunEnded if there is none
   */
  SetSummary choose(String wanted) {
    try {
      return of.chooseSet(wanted);
    } catch (TemporalFailure e) {
      if (wanted.equals(RestoreInput.LATEST) && Failures.typeOf(e) == ErrorType.SET_UNKNOWN) {
        judge(Optional.empty());
        if (of.draft().isFlawed()) {
          throw new RunEnded(Verdict.FAIL_INTEGRITY, Failures.describe(e));
        }
      }
      throw e;
    }
  }

  /** Judges; says every broken rule. */
  void judge(Optional<SetId> about) {
    of.phase("rules");
    var facts =
        of.steps()
            .step("look at the store")
            .ask(
                StoreActivities.class,
                a -> a.storeFacts(of.theRun(), about),
                found -> found.sets() + " sets");
    var results = new SetRules(of.runbook()).judge(facts, of.people().now());
    of.draft().checks().addAll(results);
    SetRules.broken(results.stream().filter(r -> r.fails()).toList())
        .forEach(line -> of.draft().flawed(Verdict.FAIL_INTEGRITY, line));
    warnings = SetRules.broken(results.stream().filter(r -> r.warns()).toList());
    of.draft().notes().addAll(warnings);
  }

  /** For the end of a summary; empty if there is nothing to warn of. */
  String words() {
    return warnings.isEmpty() ? "" : " Warnings: " + String.join("; ", warnings);
  }
}
