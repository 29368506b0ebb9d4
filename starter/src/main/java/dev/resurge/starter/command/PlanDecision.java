package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.view.PlanText;
import dev.resurge.starter.view.Terminal;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Status;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What approve and reject have in common. */
abstract class PlanDecision extends BaseCommand {
  private static final Duration LOOK = Duration.ofMillis(400);

  @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Parameters(
      arity = "0..1",
      index = "1",
      paramLabel = "CODE",
      description =
          "The plan's code, printed with it. Without it the plan is shown and you are asked.")
  private String code;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept in the evidence.")
  private String comment;

  @Option(
      names = {"-y", "--yes"},
      description = "Never ask; only together with CODE.")
  private boolean yes;

  @Mixin private Identity identity;

  private final Decision.Kind kind;

  PlanDecision(World world, Globals globals, Decision.Kind kind) {
    super(world, globals);
    this.kind = kind;
  }

  @Override
  Answer answer() {
    if (yes && code == null) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID, "--yes needs the plan's CODE: nobody agrees to a plan unread");
    }
    try (var runs = world().runs()) {
      return code == null ? asked(runs) : named(runs);
    }
  }

  /** The run decides what it makes of a wrong code, so that evidence shows the attempt. */
  private Answer named(Runs runs) {
    var open = new OpenRuns(runs, system);
    var all = open.all();
    var state =
        all.stream()
            .filter(s -> waitsFor(s, code))
            .findFirst()
            .or(() ->
                all.stream().filter(s -> s.ref().procedure() == Procedure.RESTORE).findFirst())
            .or(() -> all.stream().findFirst())
            .orElseThrow(() -> open.none("run"));
    return send(runs, state, code);
  }

  private static boolean waitsFor(RunState state, String code) {
    return state.status().flatMap(Status::plan).filter(p -> p.code().equals(code)).isPresent()
        || state.status().flatMap(Status::question).filter(q -> q.code().equals(code)).isPresent();
  }

  private Answer asked(Runs runs) {
    var state = new OpenRuns(runs, system).one(Optional.of(Procedure.RESTORE));
    var plan = plan(state);
    var terminal = world().terminal();
    var forecast = state.status().flatMap(Status::prediction);
    PlanText.lines(plan, forecast, width(), style()).forEach(terminal::progress);
    if (terminal.interactive()) {
      terminal.forgetTyped();
    }
    var verb = kind == Decision.Kind.APPROVE ? "approve" : "reject";
    terminal.prompt("Type the system's name, " + system + ", to " + verb + " this plan: ");
    if (!readLine(terminal).equals(system)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "that is not "
              + system
              + "; nothing was sent. Without a terminal: ./resurge "
              + verb
              + " "
              + system
              + " "
              + plan.code());
    }
    return send(runs, state, plan.code());
  }

  private Plan plan(RunState state) {
    var status =
        state
            .status()
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.WORKER_MISSING,
                    "asking the "
                        + state.ref().describe()
                        + " for its plan: no worker answers; with CODE the answer is recorded"
                        + " until one does"));
    return status
        .plan()
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.RUN_UNKNOWN,
                "asking the "
                    + state.ref().describe()
                    + " for its plan: there is none yet (phase "
                    + status.phase()
                    + ")"));
  }

  private static String readLine(Terminal terminal) {
    while (true) {
      switch (terminal.await(LOOK)) {
        case Terminal.Typed.Line(var text) -> {
          return text.strip();
        }
        case Terminal.Typed.Closed() -> {
          return "";
        }
        case Terminal.Typed.Nothing() -> {
          // a person is still reading
        }
      }
    }
  }

  private Answer send(Runs runs, RunState state, String named) {
    var decision =
        identity
            .decider(world())
            .decision(
                state.status().map(Status::run),
                kind,
                named,
                Optional.empty(),
                Optional.ofNullable(comment));
    return Sent.answer(state, decision, runs.answer(state.ref(), decision));
  }
}
