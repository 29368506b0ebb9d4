package dev.resurge.activities.evidence;

import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.SetEntry;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.readiness.LastRun;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.readiness.ReadinessRules;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads from a store what tells whether a system could be brought back now. */
public final class ReadinessReader {
  /** Those whose evidence may prove it. */
  private static final Set<Procedure> PROVING =
      EnumSet.of(Procedure.RESTORE, Procedure.RECOVER, Procedure.DRILL, Procedure.VERIFY);

  private final ArtifactStore store;
  private final Runbook runbook;
  private final TrustRoots trust;
  private final EvidenceArchive evidence;
  private final KnownRuns known;
  private final List<String> troubles = new ArrayList<>();

  /** Of one system in one store, read once. */
  public ReadinessReader(ArtifactStore store, Runbook runbook, TrustRoots trust) {
    this(store, runbook, trust, new KnownRuns());
  }

  /**
   * The same for who reads again and again.
   *
   * @param known what the reader before found out about the same system in the same store
   */
  public ReadinessReader(ArtifactStore store, Runbook runbook, TrustRoots trust, KnownRuns known) {
    this.store = store;
    this.runbook = runbook;
    this.trust = trust;
    this.evidence = new EvidenceArchive(store, runbook.system());
    this.known = known;
  }

  /**
   * Judges what {@link #facts} says.
   *
   * @throws ResurgeException {@code StoreUnavailable}; {@code SetForged} for a journal that is not
   *     believed
   */
  public Readiness read(Instant now) {
    return new ReadinessRules(runbook).judge(facts(), now);
  }

  /**
   * Reads no more evidence than it takes: the newest of each procedure, and back to the last proof;
   * of that, nothing that is known.
   *
   * @throws ResurgeException as {@link #read}
   */
  public ReadinessRules.Facts facts() {
    var newest = newest();
    for (var run : new Journal(store, runbook.system(), trust).unsettled(known.settledJournals())) {
      troubles.add(
          "the cut over of run "
              + run.run()
              + " never wrote how it ended: ./resurge settle "
              + runbook.system());
    }
    var lastOfEach = new ArrayList<LastRun>();
    var seen = EnumSet.noneOf(Procedure.class);
    Optional<LastRun> proof = Optional.empty();
    var runs = evidence.runs();
    for (var run : runs) {
      var procedure = run.procedure();
      if (procedure.isEmpty()) {
        continue;
      }
      var isNewest = seen.add(procedure.get());
      if (!isNewest
          && (proof.isPresent()
              || !PROVING.contains(procedure.get())
              || known.provesNothing(run))) {
        continue;
      }
      var last = known.of(run).or(() -> report(run));
      if (isNewest) {
        last.ifPresent(lastOfEach::add);
      }
      proof = proof.or(() -> last.filter(l -> l.proven().isPresent()));
    }
    known.keep(runs, lastOfEach, proof);
    return new ReadinessRules.Facts(newest, proof, lastOfEach, troubles);
  }

  /** What a restore would take; what is newer and cannot be taken is a trouble. */
  private Optional<SetSummary> newest() {
    var sets = new SetRepository(store, runbook.system()).newestFirst(trust).iterator();
    while (sets.hasNext()) {
      var entry = sets.next();
      if (!entry.canBeLatest()) {
        why(entry).ifPresent(why -> troubles.add("set " + entry.set() + " cannot be used: " + why));
      } else if (entry.summary().orElseThrow().holds(runbook.componentNames())) {
        return entry.summary();
      }
    }
    return Optional.empty();
  }

  private static Optional<String> why(SetEntry entry) {
    return entry.badReason().or(() -> entry.unreadable().map(SetEntry.Unreadable::message));
  }

  /** A report that cannot be believed proves nothing, and is a trouble. */
  private Optional<LastRun> report(RunId run) {
    var last =
        evidence
            .readIfBelieved(
                run,
                trust,
                why ->
                    troubles.add(
                        "the report of run " + run + " cannot be believed: " + why.getMessage()))
            .map(LastRun::of);
    last.ifPresent(known::add);
    return last;
  }
}
