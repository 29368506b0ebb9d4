package dev.resurge.demo;

import java.io.IOException;

/**
 * Sees to it that nothing is left running, however the demo ends: at its end, by a failure, by
 * Ctrl-C or by a signal that ends it.
 */
final class Ending implements AutoCloseable {
  private final Workspace workspace;
  private final Daemons daemons;
  private final Launcher launcher;
  private final Narrator narrator;
  private final Thread onSignal = Thread.ofPlatform().unstarted(this::interrupted);
  private volatile boolean ended;

  Ending(Workspace workspace, Daemons daemons, Launcher launcher, Narrator narrator) {
    this.workspace = workspace;
    this.daemons = daemons;
    this.launcher = launcher;
    this.narrator = narrator;
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  /** Leaves everything running and says how to go on. */
  synchronized void keep() {
    ended = true;
    narrator.chapter("Yours to look around");
    narrator.say("Everything still runs. Try, in this folder:");
    narrator.command("export RESURGE_CONFIG=" + workspace.configuration());
    narrator.command("./resurge list sets library");
    narrator.command("./resurge show library");
    narrator.command("./resurge demo --stop " + workspace.root());
    narrator.say("The last one ends it.");
  }

  /** Ends everything and removes it but for the report. */
  synchronized void succeed() throws DemoException, IOException {
    end();
    workspace.clear();
    narrator.say("Nothing is left running.");
  }

  private synchronized void end() throws DemoException {
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
      } catch (DemoException | IOException e) {
        System.err.println("error: " + e.getMessage());
      }
    }
  }

  /** After a failure: nothing runs, but everything is there to look at. */
  @Override
  public synchronized void close() throws DemoException {
    var signalled = onSignal.getState() != Thread.State.NEW;
    if (!ended && !signalled) {
      end();
      narrator.say("The demo broke off. Nothing is left running; what it made is still in");
      narrator.say("%s", workspace.root());
    }
  }
}
