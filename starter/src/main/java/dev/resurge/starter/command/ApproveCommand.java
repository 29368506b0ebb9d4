package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.workflows.model.Decision;
import picocli.CommandLine.Command;

/** {@code ./resurge approve SYSTEM [CODE]}. */
@Command(name = "approve", description = "Approve a restore's plan.")
final class ApproveCommand extends PlanDecision {
  ApproveCommand(World world, Globals globals) {
    super(world, globals, Decision.Kind.APPROVE);
  }
}
