package dev.resurge.starter;

import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.schedule.ScheduleKeeper;
import dev.resurge.activities.schedule.TemporalSchedules;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.archive.Runbooks;
import dev.resurge.starter.archive.StoreArchive;
import dev.resurge.starter.command.Globals;
import dev.resurge.starter.runs.Connection;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.runs.TemporalRuns;
import dev.resurge.starter.stack.Launcher;
import dev.resurge.starter.stack.LocalStack;
import dev.resurge.starter.stack.Stack;
import dev.resurge.starter.view.SystemTerminal;
import dev.resurge.starter.view.Terminal;
import dev.resurge.workflows.runbook.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/** This machine. Not for several threads. */
final class RealWorld implements World {
  private final Globals globals;
  private Installation installation;
  private Terminal terminal;

  /**
   * @param globals read when something is asked for, after the command line was parsed
   */
  RealWorld(Globals globals) {
    this.globals = globals;
  }

  @Override
  public Terminal terminal() {
    if (terminal == null) {
      terminal = new SystemTerminal(globals.progressOnStderr(), environment());
    }
    return terminal;
  }

  @Override
  public InstantSource clock() {
    return Clock.systemUTC();
  }

  @Override
  public ZoneId zone() {
    return ZoneId.systemDefault();
  }

  @Override
  public String userName() {
    return System.getProperty("user.name", "unknown");
  }

  @Override
  public Map<String, String> environment() {
    return System.getenv();
  }

  @Override
  public Path home() {
    return Path.of(System.getProperty("user.home", "/"));
  }

  @Override
  public Path workingFolder() {
    return Path.of("").toAbsolutePath();
  }

  @Override
  public Installation installation() {
    if (installation == null) {
      installation = InstallationLoader.ofProcess().load(globals.config(), globals.connection());
    }
    return installation;
  }

  @Override
  public Runs runs() {
    var temporal = installation().temporal();
    return new TemporalRuns(Connection.open(temporal, environment()), temporal.taskQueue());
  }

  @Override
  public ScheduleKeeper schedules() {
    return new TemporalSchedules(
        Connection.open(installation().temporal(), environment()), installation());
  }

  @Override
  public Runbooks runbooks() {
    return new Runbooks(installation().runbooks());
  }

  @Override
  public Archive archive(String system) {
    var runbook = runbooks().load(system);
    return new StoreArchive(
        ArtifactStores.open(runbook.spec().store()), runbook.system(), this::trust);
  }

  @Override
  public Archive archiveIn(Store store, String system) {
    return new StoreArchive(ArtifactStores.open(store), system, this::trust);
  }

  @Override
  public LocalWorker startWorker() {
    installation = installation().withTemporalInMemory();
    return WorkerProcess.start(installation, launcher());
  }

  @Override
  public Stack stack() {
    return new LocalStack(installation(), launcher(), environment());
  }

  private Launcher launcher() {
    var root = Path.of(environment().getOrDefault("RESURGE_ROOT", "."));
    return new Launcher(
        root.resolve("resurge").toAbsolutePath(),
        globals.config().map(Path::toAbsolutePath),
        globals.connection(),
        workingFolder());
  }

  @Override
  public TrustRoots trust() {
    return Ed25519TrustRoots.of(installation());
  }

  @Override
  public Registration onInterrupt(Runnable action) {
    var hook = Thread.ofPlatform().name("interrupted").unstarted(action);
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // already going down: the hook runs, as it should
      }
    };
  }
}
