package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.starter.follow.Decider;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.runbook.Approval;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge restore SYSTEM}. */
@Command(
    name = "restore",
    description = "Bring a set back: staged beside the live data, verified, approved, swapped in.",
    footer = {
      "",
      "Nothing live is touched before the plan is approved. Ctrl-C leaves the run going."
    })
final class RestoreCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name, as its runbook's file.")
  private String system;

  @Mixin private ChosenSet set;

  @Mixin private Reason reason;

  @Mixin private Declared declared;

  @Option(
      names = {"-y", "--yes"},
      description = "Approve the plan as soon as it is there, without asking.")
  private boolean yes;

  @Option(names = "--no-wait", description = "Start it only; approve it from elsewhere.")
  private boolean noWait;

  @Mixin private ScopeOptions scope = new ScopeOptions();

  @Mixin private Identity identity;

  RestoreCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var chosen = set.name();
    var began = declared.given(world());
    world().runbooks().check(system);
    var decider = identity.decider(world());
    var input =
        new RestoreInput(
            system,
            chosen,
            reason.given(),
            Optional.of(decider.person()),
            began,
            scope.scope(),
            scope.fromRetained());
    try (var runs = world().runs()) {
      var run =
          runs.start(
              Procedure.RESTORE, system, input, "restore of " + system + " for " + decider.name());
      return noWait
          ? Following.startedOnly(run)
          : new Following(world(), runs).follow(run, decider, approval(decider));
    }
  }

  /** Nobody is asked to type a name only to hear that somebody else must. */
  private Attendant.Approval approval(Decider decider) {
    if (yes) {
      return Attendant.Approval.GIVE;
    }
    return world()
            .runbooks()
            .ifReadable(system)
            .map(runbook -> runbook.spec().approval())
            .filter(rules -> !mayApprove(rules, decider))
            .isPresent()
        ? Attendant.Approval.TELL
        : Attendant.Approval.ASK;
  }

  private static boolean mayApprove(Approval rules, Decider decider) {
    return rules.requesterMayApprove()
        && (rules.approvers().isEmpty() || rules.approvers().contains(decider.name()))
        && (rules.identity() == Approval.Identity.CLAIMED || decider.key().isPresent());
  }
}
