package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.starter.follow.Decider;
import dev.resurge.starter.follow.Followed;
import dev.resurge.starter.follow.Follower;
import dev.resurge.starter.runs.RunRef;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.view.EndText;
import dev.resurge.starter.view.RunView;
import dev.resurge.starter.view.Style;
import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stays with a run and turns its end into an answer. */
final class Following {
  private final World world;
  private final Runs runs;
  private final Optional<String> again;

  Following(World world, Runs runs) {
    this(world, runs, Optional.empty());
  }

  /**
   * Of runs that end with this command, as their Temporal does.
   *
   * @param again the command that goes on
   */
  Following(World world, Runs runs, String again) {
    this(world, runs, Optional.of(again));
  }

  private Following(World world, Runs runs, Optional<String> again) {
    this.world = world;
    this.runs = runs;
    this.again = again;
  }

  /** Follows to the end, or until the person here leaves the run to others. */
  Answer follow(RunRef run, Decider decider, Attendant.Approval approval) {
    return follow(run, decider, approval, Optional.empty());
  }

  /**
   * @param direction chosen as soon as it is offered
   */
  Answer follow(
      RunRef run, Decider decider, Attendant.Approval approval, Optional<Direction> direction) {
    var terminal = world.terminal();
    var view = RunView.on(terminal, world.clock(), runs.taskQueue());
    var attendant = new Attendant(terminal, runs, view, decider, approval, direction);
    var follower = new Follower(runs, terminal, view, attendant, world.clock());
    try (var _ = world.onInterrupt(() -> interrupted(run, follower))) {
      return switch (follower.follow(run)) {
        case Followed.Ended(var state, var result) -> ended(state.ref(), result);
        case Followed.Left(var state) -> {
          again.ifPresent(command -> stops(state.ref(), command));
          yield new Answer(Answer.WAITING, List.of(), started(state.ref(), "waiting"));
        }
      };
    }
  }

  private void interrupted(RunRef run, Follower follower) {
    follower.leave();
    world.terminal().error("");
    again.ifPresentOrElse(command -> stops(run, command), () -> goesOn(run));
  }

  private void stops(RunRef run, String command) {
    var terminal = world.terminal();
    terminal.error(
        "The " + run.describe() + " stops here, with the worker that was started for it.");
    terminal.error("  go on:  " + command);
  }

  private void goesOn(RunRef run) {
    var terminal = world.terminal();
    terminal.error("The " + run.describe() + " goes on without you.");
    terminal.error("  watch it:   ./resurge watch " + run.system() + " " + run.procedure().id());
    terminal.error("  cancel it:  ./resurge cancel " + run.system() + " " + run.procedure().id());
  }

  /** A run that was only started. */
  static Answer startedOnly(RunRef run) {
    return Answer.ok(
        List.of(
            run.describe() + " has begun as " + run.workflowId(),
            "  watch it: ./resurge watch " + run.system() + " " + run.procedure().id()),
        started(run, "started"));
  }

  private static Map<String, Object> started(RunRef run, String outcome) {
    return Answer.fields(
        "outcome", outcome,
        "procedure", run.procedure().id(),
        "system", run.system(),
        "workflowId", run.workflowId(),
        "temporalRunId", run.temporalRunId());
  }

  private Answer ended(RunRef run, RunResult result) {
    var style = new Style(world.terminal().colours());
    return new Answer(
        result.verdict().map(Verdict::exitCode).orElse(0),
        EndText.lines(result, world.terminal().width(), style),
        json(run, result));
  }

  private static Map<String, Object> json(RunRef run, RunResult result) {
    var clocks = result.clocks();
    return Answer.fields(
        "outcome", result.verdict().map(Verdict::id).orElse("ended"),
        "procedure", run.procedure().id(),
        "system", run.system(),
        "run", result.run(),
        "summary", result.summary(),
        "set", result.set(),
        "evidence", result.evidence(),
        "failure", result.failure(),
        "handedOverTo", result.handedOverTo(),
        "clocks", clocks,
        "declaredToHealthySeconds",
            clocks.declared().flatMap(from -> seconds(from, clocks.healthy())),
        "requestedToHealthySeconds", seconds(clocks.requested(), clocks.healthy()),
        "downtimeSeconds", clocks.quiesced().flatMap(from -> seconds(from, clocks.healthy())));
  }

  private static Optional<Double> seconds(Instant from, Optional<Instant> to) {
    return to.map(end -> Duration.between(from, end).toMillis() / 1000.0);
  }
}
