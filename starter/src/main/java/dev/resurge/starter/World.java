package dev.resurge.starter;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.schedule.ScheduleKeeper;
import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.archive.Runbooks;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.stack.Stack;
import dev.resurge.starter.view.Terminal;
import dev.resurge.workflows.runbook.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/** Everything outside that commands use; each part is opened when it is first asked for. */
public interface World {
  /** Where people read and type. */
  Terminal terminal();

  /** The time. */
  InstantSource clock();

  /** The zone in which people here say {@code 03:15}. */
  ZoneId zone();

  /** Whoever is logged in; only a claim. */
  String userName();

  /** The environment of this process. */
  Map<String, String> environment();

  /** The user's home. */
  Path home();

  /** Where the command was started. */
  Path workingFolder();

  /**
   * The configuration.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code ConfigurationInvalid}
   */
  Installation installation();

  /**
   * The runs that Temporal holds.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TemporalUnavailable} within seconds
   */
  Runs runs();

  /**
   * The schedules that Temporal keeps for this installation.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TemporalUnavailable} within seconds
   */
  ScheduleKeeper schedules();

  /** The runbooks of this machine. */
  Runbooks runbooks();

  /**
   * What a system has in its store.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code RunbookUnknown}: the runbook says
   *     which store
   */
  Archive archive(String system);

  /** What a system has in another store than its runbook says. */
  Archive archiveIn(Store store, String system);

  /**
   * Starts a worker with a Temporal of its own on this machine, for as long as the answer is open,
   * and at most as long as this process lives.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TemporalUnavailable} if it does not
   *     come up, with its last words
   */
  LocalWorker startWorker();

  /** Temporal and the worker that go on when commands end. */
  Stack stack();

  /** Ends a {@link #startWorker}. */
  interface LocalWorker extends AutoCloseable {
    /** Its process. */
    long pid();

    /** Where it writes what it does. */
    Path log();

    @Override
    void close();
  }

  /** Whose signatures count. */
  TrustRoots trust();

  /** Runs {@code action} when this command is interrupted; closing the answer forgets it. */
  Registration onInterrupt(Runnable action);

  /** Forgets an {@link #onInterrupt}. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
