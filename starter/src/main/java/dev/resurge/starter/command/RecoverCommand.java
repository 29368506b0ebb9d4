package dev.resurge.starter.command;

import dev.resurge.starter.Moments;
import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.starter.runs.Runs;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RecoverInput;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.runbook.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge recover --store URL SYSTEM}. */
@Command(
    name = "recover",
    description =
        "Rebuild a system where nothing of it is: on a new machine, from a store and keys.",
    footer = {
      "",
      "Needs the store, the keys, and what the runbook names from outside (a PostgreSQL server, the",
      "secrets). Brings its own Temporal and worker where none answers. Where something is in the",
      "way it is refused; started again after an interruption it goes on."
    })
final class RecoverCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name, as its runbook's file.")
  private String system;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "Where its sets are: filesystem:/mnt/backups. Needed where its runbook is not at hand.")
  private String store;

  @Mixin private ChosenSet set;

  @Mixin private Reason reason;

  @Option(
      names = "--declared",
      paramLabel = "TIME",
      description = "When the outage began: 2026-11-21T03:15:00Z, 03:15, '10m ago' or now.")
  private String declared;

  @Option(
      names = {"-y", "--yes"},
      description = "Approve the plan as soon as it is there, without asking.")
  private boolean yes;

  @Mixin private Identity identity;

  RecoverCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var chosen = set.name();
    var began =
        Optional.ofNullable(declared)
            .map(text -> Moments.parse(text, world().clock().instant(), world().zone()));
    var archive = archive();
    refuseUnsettled(archive);
    bringRunbook(archive);
    var decider = identity.decider(world());
    var input =
        new RecoverInput(
            system,
            chosen,
            Optional.ofNullable(store),
            reason.given(),
            Optional.of(decider.person()),
            began);
    return withRuns(runs -> {
      var run =
          runs.start(
              Procedure.RECOVER, system, input, "recovery of " + system + " for " + decider.name());
      return new Following(world(), runs)
          .follow(run, decider, yes ? Attendant.Approval.GIVE : Attendant.Approval.ASK);
    });
  }

  /** What was interrupted while data got its name is not begun again but brought to its end. */
  private void refuseUnsettled(Archive archive) {
    var unsettled = archive.unsettled();
    if (!unsettled.isEmpty()) {
      throw new ResurgeException(
          ErrorType.JOURNAL_UNSETTLED,
          "recovering "
              + system
              + ": run "
              + unsettled.getFirst()
              + " was interrupted while its data got its name; go on with ./resurge settle "
              + system
              + " --forward (with a worker, such as ./resurge worker --embedded)");
    }
  }

  private Archive archive() {
    if (store == null) {
      return world().archive(system);
    }
    try {
      return world().archiveIn(Store.parse(store), system);
    } catch (IllegalArgumentException e) {
      throw new ResurgeException(ErrorType.INPUT_INVALID, e.getMessage(), e);
    }
  }

  /** Every set carries the runbook; from now on this machine has it too. */
  private void bringRunbook(Archive archive) {
    var folder = world().runbooks().folder();
    var file = folder.resolve(system + ".yaml");
    if (world().runbooks().systems().contains(system)) {
      return;
    }
    var from = set.isLatest() ? archive.latest().set() : new SetId(set.name());
    var text = archive.document(from, "runbook.yaml");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID, "writing the runbook to " + file + ": " + e, e);
    }
    world().terminal().error("runbook of set " + from + " written to " + file);
  }

  /** With the Temporal there is, else with one of its own for as long as it takes. */
  private Answer withRuns(Function<Runs, Answer> work) {
    var there = connect();
    if (there.isPresent()) {
      try (var runs = there.get()) {
        return work.apply(runs);
      }
    }
    world()
        .terminal()
        .error("no Temporal answers; starting one here, with a worker, for this recovery");
    try (var _ = world().startWorker();
        var runs = world().runs()) {
      return work.apply(runs);
    }
  }

  private Optional<Runs> connect() {
    try {
      return Optional.of(world().runs());
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.TEMPORAL_UNAVAILABLE) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
