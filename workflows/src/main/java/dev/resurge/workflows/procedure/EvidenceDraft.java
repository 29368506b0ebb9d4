package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.runbook.Objectives;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a run gathers for its evidence while it goes on. */
final class EvidenceDraft {
  private final List<Finding> findings = new ArrayList<>();
  private final List<CheckResult> checks = new ArrayList<>();
  private final List<String> waitedFor = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Retained> retained = new ArrayList<>();
  private final List<BroughtPart> parts = new ArrayList<>();
  private final List<SetFate> fates = new ArrayList<>();
  private final Flaws flaws = new Flaws();
  private final Times clocks;
  private Optional<SetSummary> set = Optional.empty();
  private Optional<SetSummary> safetySet = Optional.empty();
  private Optional<Trial> trial = Optional.empty();
  private String installation = "";
  private String version = "";

  EvidenceDraft(Optional<Instant> declared, Instant requested) {
    clocks = new Times(declared, requested);
  }

  /** Whose worker it was, once that is known. */
  void madeBy(String theInstallation, String theVersion) {
    installation = theInstallation;
    version = theVersion;
  }

  /** The run goes on, but it will not pass; the first flaw decides how it is called. */
  void flawed(Verdict verdict, String why) {
    flaws.add(verdict, why);
    notes.add(why);
  }

  /** Everything gathered, with its verdict. */
  Evidence evidence(
      Run run,
      Conversation people,
      Objectives objectives,
      Optional<RunEnded> ended,
      Function<Verdict, String> summary) {
    var times = clocks.freeze();
    var measures = measures(run, people, objectives);
    var verdict = flaws.verdict(ended, measures);
    return new Evidence(
        Evidence.FORMAT_VERSION,
        run.id(),
        run.procedure(),
        run.system(),
        installation,
        version,
        verdict,
        summary.apply(verdict),
        run.requester(),
        run.reason(),
        run.runbookDigest(),
        set,
        safetySet,
        people.desk().plan(),
        findings,
        people.desk().log(),
        people.timeline().steps(),
        checks,
        retained,
        parts,
        trial,
        waitedFor,
        notes(run),
        times,
        measures,
        ended.map(RunEnded::failure),
        people.now());
  }

  /** Notes of its own, and what became of each set; after a backup only of those that went. */
  private List<String> notes(Run run) {
    var all = new ArrayList<>(notes);
    fates.stream()
        .filter(fate -> run.procedure() == Procedure.PRUNE || !fate.stays())
        .map(SetFate::describe)
        .forEach(all::add);
    return all;
  }

  /** Which sets stay, as it was decided. */
  List<SetFate> fates() {
    return fates;
  }

  void fates(List<SetFate> decided) {
    fates.addAll(decided);
  }

  /** A set that was to go stays after all. */
  void stays(SetId set, String why) {
    fates.replaceAll(fate -> fate.set().equals(set) ? fate.staying(why) : fate);
  }

  private List<Measure> measures(Run run, Conversation people, Objectives objectives) {
    var recoveryPoint = set.map(SetSummary::recoveryPoint);
    if (run.procedure().recovers()) {
      return Measures.of(
          clocks.freeze(),
          recoveryPoint,
          clocks.waitedUntilHealthy.orElseGet(people::waited),
          objectives);
    }
    return trial
        .map(t -> Measures.ofTrial(t.verified(), recoveryPoint, clocks.requested, objectives))
        .orElse(List.of());
  }

  List<Finding> findings() {
    return findings;
  }

  List<CheckResult> checks() {
    return checks;
  }

  List<String> waitedFor() {
    return waitedFor;
  }

  List<String> notes() {
    return notes;
  }

  List<Retained> retained() {
    return retained;
  }

  /** Single tables or files that were brought back. */
  List<BroughtPart> parts() {
    return parts;
  }

  /** What trying the set showed. */
  void trial(Trial shown) {
    trial = Optional.of(shown);
  }

  Optional<Trial> trial() {
    return trial;
  }

  /** Why the run cannot pass any more. */
  List<String> flaws() {
    return flaws.reasons();
  }

  /** Whether the run cannot pass any more. */
  boolean isFlawed() {
    return flaws.any();
  }

  Times clocks() {
    return clocks;
  }

  Optional<SetSummary> set() {
    return set;
  }

  void set(SetSummary about) {
    set = Optional.of(about);
  }

  Optional<SetSummary> safetySet() {
    return safetySet;
  }

  void safetySet(SetSummary made) {
    safetySet = Optional.of(made);
  }

  /** The clocks while they are being set. */
  static final class Times {
    private final Optional<Instant> declared;
    private final Instant requested;
    Optional<Instant> approved = Optional.empty();
    Optional<Instant> staged = Optional.empty();
    Optional<Instant> quiesced = Optional.empty();
    Optional<Instant> cutOver = Optional.empty();
    Optional<Instant> healthy = Optional.empty();
    Optional<Instant> verified = Optional.empty();
    Optional<Duration> waitedUntilHealthy = Optional.empty();

    private Times(Optional<Instant> declared, Instant requested) {
      this.declared = declared;
      this.requested = requested;
    }

    Clocks freeze() {
      return new Clocks(
          declared, requested, approved, staged, quiesced, cutOver, healthy, verified);
    }
  }
}
