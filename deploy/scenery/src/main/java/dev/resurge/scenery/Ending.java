package dev.resurge.scenery;

import java.io.IOException;

/**
 * Sees to it that nothing is left running, however a scene ends: at its end, by a failure, by
 * Ctrl-C or by a signal that ends it.
 */
public final class Ending implements AutoCloseable {
  private final Workspace workspace;
  private final Daemons daemons;
  private final Launcher launcher;
  private final Narrator narrator;
  private final Thread onSignal = Thread.ofPlatform().unstarted(this::interrupted);
  private volatile boolean ended;

  /** Watches from now on. */
  public Ending(Workspace workspace, Daemons daemons, Launcher launcher, Narrator narrator) {
    this.workspace = workspace;
    this.daemons = daemons;
    this.launcher = launcher;
    this.narrator = narrator;
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  /** Leaves everything running. */
  public synchronized void keep() {
    ended = true;
  }

  /** Ends everything and removes it but for reports and logs. */
  public synchronized void succeed() throws SceneException, IOException {
    end();
    workspace.clear();
    narrator.say("Nothing is left running.");
  }

  private synchronized void end() throws SceneException {
    if (!ended) {
      ended = true;
      launcher.interrupt();
      new Teardown(workspace, daemons).run();
      // short-lived ones that a signal met half-way, such as initdb
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
  }

  private void interrupted() {
    // before the lock is taken: what the other thread waits for ends with this
    daemons.close();
    if (!ended) {
      narrator.say("Ending everything that was started, which can take some seconds …");
    }
    synchronized (this) {
      if (ended) {
        return;
      }
      try {
        succeed();
      } catch (SceneException | IOException e) {
        System.err.println("error: " + e.getMessage());
      }
    }
  }

  /** After a failure: nothing runs, but everything is there to look at. */
  @Override
  public synchronized void close() throws SceneException {
    var signalled = onSignal.getState() != Thread.State.NEW;
    if (!ended && !signalled) {
      end();
      narrator.say("It broke off. Nothing is left running; what it made is still in");
      narrator.say("%s", workspace.root());
    }
  }
}
