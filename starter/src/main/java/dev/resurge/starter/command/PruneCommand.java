package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.starter.follow.Decider;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.view.FateText;
import dev.resurge.starter.view.Terminal.Typed;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge prune SYSTEM}. */
@Command(
    name = "prune",
    description = "Remove the sets that the runbook's retention does not keep.",
    footer = {
      "",
      "Shows first which sets stay and which go, and why, and asks. Never removes the last verified"
          + " set, nor one that a run still needs. Sweeps what crashed captures left, and removes"
          + " retained copies that have expired once a set holds them."
    })
final class PruneCommand extends BaseCommand {
  private static final Duration LOOK = Duration.ofMillis(200);

  @Parameters(paramLabel = "SYSTEM", description = "The system's name, as its runbook's file.")
  private String system;

  @Option(names = "--dry-run", description = "Only show which sets stay and which go, and why.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Remove without asking.")
  private boolean yes;

  @Mixin private Reason reason;

  @Mixin private Identity identity;

  PruneCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    if (!dryRun && !yes && !world().terminal().interactive()) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "prune removes sets and asks before it does, but nobody sits here; say --yes, or"
              + " --dry-run to look only");
    }
    world().runbooks().check(system);
    var decider = identity.decider(world());
    try (var runs = world().runs()) {
      if (yes && !dryRun) {
        return run(runs, decider, false);
      }
      var tried = run(runs, decider, true);
      return dryRun || tried.exitCode() != 0 ? tried : asked(runs, decider, tried);
    }
  }

  private Answer run(Runs runs, Decider decider, boolean pretend) {
    var input = new PruneInput(system, pretend, reason.given(), Optional.of(decider.person()));
    var what = (pretend ? "dry run of prune of " : "prune of ") + system;
    var run = runs.start(Procedure.PRUNE, system, input, what + " for " + decider.name());
    var answer = new Following(world(), runs).follow(run, decider, Attendant.Approval.TELL);
    if (answer.exitCode() == Answer.WAITING) {
      return answer;
    }
    var fates = runs.look(run).status().map(Status::fates).orElse(List.of());
    var lines = new ArrayList<>(fates.isEmpty() ? List.<String>of() : FateText.lines(fates));
    lines.addAll(answer.lines());
    var json = new LinkedHashMap<>(answer.json());
    json.put("dryRun", pretend);
    json.put("sets", fates);
    return new Answer(answer.exitCode(), lines, json);
  }

  private Answer asked(Runs runs, Decider decider, Answer tried) {
    tried.lines().forEach(world().terminal()::progress);
    world().terminal().forgetTyped();
    world().terminal().prompt(question(tried));
    if (typed().filter(system::equals).isPresent()) {
      return run(runs, decider, false);
    }
    return new Answer(Verdict.REJECTED.exitCode(), List.of("Nothing was removed."), tried.json());
  }

  private String question(Answer tried) {
    var going = new ArrayList<SetFate>();
    if (tried.json().get("sets") instanceof List<?> sets) {
      sets.stream()
          .filter(SetFate.class::isInstance)
          .map(SetFate.class::cast)
          .filter(fate -> !fate.stays())
          .forEach(going::add);
    }
    var size = new ByteSize(going.stream().mapToLong(fate -> fate.stored().bytes()).sum());
    return "Type the system's name, "
        + system
        + ", to remove "
        + (going.isEmpty()
            ? "no set, but what crashed runs left and copies that have expired: "
            : going.size() + (going.size() == 1 ? " set" : " sets") + " (" + size.human() + "): ");
  }

  /** What is typed; empty once nobody is there any more. */
  private Optional<String> typed() {
    for (; ; ) {
      switch (world().terminal().await(LOOK)) {
        case Typed.Line(var text) -> {
          return Optional.of(text.strip());
        }
        case Typed.Closed() -> {
          return Optional.empty();
        }
        case Typed.Nothing() -> {}
      }
    }
  }
}
