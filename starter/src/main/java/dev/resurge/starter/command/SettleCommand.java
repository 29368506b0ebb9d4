package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.starter.follow.Decider;
import dev.resurge.starter.runs.Runs;
import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SettleInput;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge settle SYSTEM}. */
@Command(
    name = "settle",
    description = "Bring a cut over to its end that was left half-way: forward or back.",
    footer = {
      "",
      "For the day when a run was terminated or Temporal lost its memory in mid cut over. Reads the",
      "journal, looks what bears which name, says where things stand, and moves nothing before a",
      "person who may approve has chosen a direction. Exits with 0 when it was settled as decided",
      "or nothing is unsettled, 6 when forward was not healthy and the old data is live again, 3",
      "when refused (a cut over goes on), 7 when aborted, 9 when it waits for somebody else.",
      "",
      "With --store it needs nothing but the store, the keys and the data: it takes the runbook from",
      "the newest set, and brings its own Temporal and worker where none answers."
    })
final class SettleCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name, as its runbook's file.")
  private String system;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Whose cut over; needed only if it is not the oldest unsettled one.")
  private String run;

  @ArgGroup private Way way = new Way();

  @Mixin private OtherStore store;

  @Option(
      names = {"-y", "--yes"},
      description = "Confirm the direction without asking; only together with one.")
  private boolean yes;

  @Mixin private Reason reason;

  @Mixin private Identity identity;

  /** One direction or none. */
  static final class Way {
    @Option(names = "--forward", description = "Offer only the way to the restored data.")
    private boolean forward;

    @Option(names = "--back", description = "Offer only the way to the old data.")
    private boolean back;

    Optional<Direction> direction() {
      if (forward) {
        return Optional.of(Direction.FORWARD);
      }
      return back ? Optional.of(Direction.BACK) : Optional.empty();
    }
  }

  SettleCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var direction = way.direction();
    if (yes && direction.isEmpty()) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "--yes needs --forward or --back: which way is right depends on where things stand;"
              + " ./resurge settle "
              + system
              + " shows it and asks");
    }
    var named = Optional.ofNullable(run).map(RunIds::typed);
    var decider = identity.decider(world());
    var input =
        new SettleInput(
            system, named, direction, store.given(), reason.given(), Optional.of(decider.person()));
    if (store.given().isEmpty()) {
      world().runbooks().check(system);
      try (var runs = world().runs()) {
        return settle(input, decider, runs, new Following(world(), runs));
      }
    }
    // Only here: a Temporal that is merely away for a moment may be moving the data itself.
    var machine = new BareMachine(world(), system);
    var archive = store.archive(world(), system);
    machine.bringRunbook(archive, () -> archive.latest().set());
    return machine.withRuns(
        asTyped(), (runs, following) -> settle(input, decider, runs, following));
  }

  private Answer settle(SettleInput input, Decider decider, Runs runs, Following following) {
    var started =
        runs.start(
            Procedure.SETTLE, system, input, "settle of " + system + " for " + decider.name());
    return following.follow(
        started, decider, Attendant.Approval.TELL, input.direction().filter(d -> yes));
  }
}
