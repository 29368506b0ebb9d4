package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.runs.Runs;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings what a machine lacks on which nothing of a system is: its runbook, Temporal, a worker. */
final class BareMachine {
  private final World world;
  private final String system;

  BareMachine(World world, String system) {
    this.world = world;
    this.system = system;
  }

  /** What is done with the runs of this machine, shown by {@code following}. */
  @FunctionalInterface
  interface Work {
    Answer with(Runs runs, Following following);
  }

  /**
   * Writes the runbook that a set carries to this machine, unless it has one.
   *
   * @param from asked only if it is needed
   */
  void bringRunbook(Archive archive, Supplier<SetId> from) {
    if (world.runbooks().systems().contains(system)) {
      return;
    }
    var set = from.get();
    var folder = world.runbooks().folder();
    var file = folder.resolve(system + ".yaml");
    var text = archive.document(set, "runbook.yaml");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID, "writing the runbook to " + file + ": " + e, e);
    }
    world.terminal().error("runbook of set " + set + " written to " + file);
    var named = world.runbooks().ifReadable(system).map(read -> read.spec().store().describe());
    named
        .filter(store -> !store.equals(archive.describe()))
        .ifPresent(store ->
            world
                .terminal()
                .error(
                    "  it names another store ("
                        + store
                        + "): correct spec.store before the next backup"));
  }

  /**
   * Works with the Temporal there is, else with one of its own for as long as it takes.
   *
   * @param again the command that goes on after an interruption
   */
  Answer withRuns(String again, Work work) {
    var there = connect();
    if (there.isPresent()) {
      try (var runs = there.get()) {
        return work.with(runs, new Following(world, runs));
      }
    }
    var address = world.installation().temporal().address();
    world
        .terminal()
        .error(
            "no Temporal answers at "
                + address
                + "; starting one here, with a worker, until this command ends");
    try (var worker = world.startWorker();
        var runs = world.runs()) {
      world.terminal().error("worker: process " + worker.pid() + ", its log is " + worker.log());
      return work.with(runs, new Following(world, runs, again));
    }
  }

  private Optional<Runs> connect() {
    try {
      return Optional.of(world.runs());
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.TEMPORAL_UNAVAILABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
