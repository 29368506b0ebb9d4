package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RecoverInput;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetId;
import java.util.Optional;
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

  @Mixin private OtherStore store;

  @Mixin private ChosenSet set;

  @Mixin private Reason reason;

  @Mixin private Declared declared;

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
    var began = declared.given(world());
    var archive = store.archive(world(), system);
    refuseUnsettled(archive);
    var machine = new BareMachine(world(), system);
    machine.bringRunbook(archive, () -> chosenOf(archive));
    var decider = identity.decider(world());
    var input =
        new RecoverInput(
            system, chosen, store.given(), reason.given(), Optional.of(decider.person()), began);
    return machine.withRuns(
        asTyped(),
        (runs, following) -> {
          var run =
              runs.start(
                  Procedure.RECOVER,
                  system,
                  input,
                  "recovery of " + system + " for " + decider.name());
          return following.follow(
              run, decider, yes ? Attendant.Approval.GIVE : Attendant.Approval.ASK);
        });
  }

  private SetId chosenOf(Archive archive) {
    return set.isLatest() ? archive.latest().set() : new SetId(set.name());
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
              + " was interrupted while its data got its name; bring that to its end: ./resurge"
              + " settle "
              + store.spelled(world(), system)
              + " --forward "
              + system);
    }
  }
}
