package dev.resurge.starter.archive;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one system has in its store. Every method throws {@code StoreUnavailable} when the store
 * does not answer; what is read back is checked against the installation's trust roots.
 */
public interface Archive {
  /** For messages: {@code filesystem /var/backups}. */
  String describe();

  /** The sets, newest first; those that cannot be read too, with the reason. */
  List<ArchivedSet> sets();

  /**
   * One set.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetUnknown}, {@code SetForged},
   *     {@code SetCorrupt}, {@code FormatUnknown}
   */
  ArchivedManifest set(SetId set);

  /**
   * The newest good set, whatever it holds.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetUnknown} naming what was passed
   *     over
   */
  SetSummary latest();

  /**
   * A document that a set carries in clear, checked against its signed manifest.
   *
   * @throws dev.resurge.workflows.model.ResurgeException as {@link #set}
   */
  String document(SetId set, String name);

  /**
   * Runs whose cut over never wrote how it ended, oldest first.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetForged}
   */
  List<RunId> unsettled();

  /**
   * Whether the system could be brought back at that moment.
   *
   * @param runbook the system's, with its objectives
   */
  Readiness readiness(Runbook runbook, Instant now);

  /** The runs that left evidence, newest first. */
  List<RunId> runs();

  /**
   * A run's evidence.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code RunUnknown}, {@code SetForged}
   */
  Evidence evidence(RunId run);

  /** One file of a run's evidence by its ending: {@code html}, {@code md}, {@code json}, sig. */
  Optional<byte[]> file(RunId run, String ending);

  /**
   * One line of the list of sets.
   *
   * @param summary empty if the set cannot be read
   * @param problem why it cannot be read, or why it was marked bad
   */
  record ArchivedSet(SetId set, Optional<SetSummary> summary, Optional<String> problem) {}

  /**
   * A set's manifest.
   *
   * @param bad why it was marked bad, if it was
   */
  record ArchivedManifest(Manifest manifest, String sha256, Optional<String> bad) {}
}
