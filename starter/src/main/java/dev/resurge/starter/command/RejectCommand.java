package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.workflows.model.Decision;
import picocli.CommandLine.Command;

/** {@code ./resurge reject SYSTEM [CODE]}. */
@Command(name = "reject", description = "Reject a restore's plan; the live data stays as it is.")
final class RejectCommand extends PlanDecision {
  RejectCommand(World world, Globals globals) {
    super(world, globals, Decision.Kind.REJECT);
  }
}
