package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.runs.RunState;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Status;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge decide SYSTEM CHOICE}. */
@Command(
    name = "decide",
    description = "Tell a run that waits for a person what to do next.",
    footer = {"", "./resurge show SYSTEM prints the question and its choices."})
final class DecideCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Parameters(
      index = "1",
      paramLabel = "CHOICE",
      description =
          "retry, rollback, abort, skip; forward or back for settle; yes or no for a manual check.")
  private String choice;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "The question's code; needed only if several runs ask something.")
  private String code;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept in the evidence.")
  private String comment;

  @Mixin private Identity identity;

  DecideCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    try (var runs = world().runs()) {
      var open = new OpenRuns(runs, system);
      var all = open.all();
      if (all.isEmpty()) {
        throw open.none("run");
      }
      var state = code == null ? asking(all) : named(all);
      var named = code == null ? question(state).orElseThrow().code() : code;
      var decision =
          identity
              .decider(world())
              .decision(
                  state.status().map(Status::run),
                  Decision.Kind.DECIDE,
                  named,
                  Optional.of(choice),
                  Optional.ofNullable(comment));
      return Sent.answer(state, decision, runs.answer(state.ref(), decision));
    }
  }

  private RunState named(List<RunState> all) {
    return all.stream()
        .filter(s -> question(s).filter(q -> q.code().equals(code)).isPresent())
        .findFirst()
        .or(() -> all.stream().filter(s -> question(s).isPresent()).findFirst())
        .orElseGet(all::getFirst);
  }

  private RunState asking(List<RunState> all) {
    var asking = all.stream().filter(s -> question(s).isPresent()).toList();
    if (asking.size() == 1) {
      return asking.getFirst();
    }
    if (asking.isEmpty() && all.stream().noneMatch(s -> s.status().isPresent())) {
      throw new ResurgeException(
          ErrorType.WORKER_MISSING,
          "asking the runs of "
              + system
              + " what they wait for: no worker answers; with --code the answer is recorded until"
              + " one does");
    }
    throw new ResurgeException(
        ErrorType.INPUT_INVALID,
        asking.isEmpty()
            ? "no run of " + system + " asks anything just now"
            : "several runs of " + system + " ask something; name one by --code");
  }

  private static Optional<Question> question(RunState state) {
    return state.status().flatMap(Status::question);
  }
}
