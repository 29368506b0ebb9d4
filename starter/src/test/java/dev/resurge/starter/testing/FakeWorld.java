package dev.resurge.starter.testing;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.schedule.ScheduleKeeper;
import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.archive.Runbooks;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.stack.Stack;
import dev.resurge.starter.view.Terminal;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** A machine made of fakes; its files lie below a folder of the test's own. */
public final class FakeWorld implements World {
  private final Path folder;
  private final FakeTerminal terminal;
  private final FakeRuns runs;
  private final FakeArchive archive;
  private final FakeSchedules schedules = new FakeSchedules();
  private boolean temporalAnswers = true;

  public FakeWorld(Path folder, FakeTerminal terminal, FakeRuns runs, FakeArchive archive) {
    this.folder = folder;
    this.terminal = terminal;
    this.runs = runs;
    this.archive = archive;
  }

  /** No Temporal answers before a worker is started here. */
  public FakeWorld withoutTemporal() {
    temporalAnswers = false;
    return this;
  }

  @Override
  public Terminal terminal() {
    return terminal;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(Instant.parse("2026-11-21T03:16:00Z"));
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public String userName() {
    return "alice";
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public Path home() {
    return folder;
  }

  @Override
  public Path workingFolder() {
    return folder;
  }

  @Override
  public Installation installation() {
    return new InstallationLoader(Map.of(), folder, folder, folder, () -> "here")
        .load(Optional.empty());
  }

  @Override
  public Runs runs() {
    if (!temporalAnswers) {
      throw new ResurgeException(ErrorType.TEMPORAL_UNAVAILABLE, "connecting: refused");
    }
    return runs;
  }

  @Override
  public ScheduleKeeper schedules() {
    return schedules;
  }

  /** What Temporal keeps. */
  public FakeSchedules fakeSchedules() {
    return schedules;
  }

  @Override
  public Runbooks runbooks() {
    return new Runbooks(folder.resolve("runbooks"));
  }

  @Override
  public Archive archive(String system) {
    return archive;
  }

  @Override
  public Archive archiveIn(Store store, String system) {
    return archive;
  }

  @Override
  public LocalWorker startWorker() {
    temporalAnswers = true;
    return new LocalWorker() {
      @Override
      public long pid() {
        return 4711;
      }

      @Override
      public Path log() {
        return folder.resolve("worker.log");
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Stack stack() {
    throw new UnsupportedOperationException("nothing goes on running in these tests");
  }

  @Override
  public TrustRoots trust() {
    return (content, signature) -> Optional.empty();
  }

  @Override
  public Registration onInterrupt(Runnable action) {
    return () -> {};
  }
}
