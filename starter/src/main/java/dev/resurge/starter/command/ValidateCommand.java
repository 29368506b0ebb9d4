package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.Runbooks;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Problem;
import dev.resurge.workflows.runbook.RunbookParser;
import dev.resurge.workflows.runbook.RunbookReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./resurge validate FILE…}. */
@Command(
    name = "validate",
    description = "Check runbooks: every error with file, line and path. Exits 2 if there is one.")
final class ValidateCommand extends BaseCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Runbook files. Default: all of the runbook folder.")
  private List<Path> files = new ArrayList<>();

  ValidateCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var lines = new ArrayList<String>();
    var json = new ArrayList<Map<String, Object>>();
    var valid = true;
    for (var file : files()) {
      var problems = problems(file);
      valid &= problems.isEmpty();
      problems.forEach(problem -> lines.add(problem.text()));
      lines.add(
          problems.isEmpty()
              ? file + ": valid"
              : file + ": " + problems.size() + (problems.size() == 1 ? " error" : " errors"));
      json.add(
          Answer.fields(
              "file", file.toString(), "valid", problems.isEmpty(), "problems", problems));
    }
    return new Answer(
        valid ? 0 : ErrorType.RUNBOOK_INVALID.exitCode(),
        lines,
        Answer.fields("valid", valid, "files", json));
  }

  private List<Path> files() {
    var all = files.isEmpty() ? world().runbooks().files() : files;
    if (all.isEmpty()) {
      throw new ResurgeException(
          ErrorType.RUNBOOK_UNKNOWN,
          "looking for runbooks in " + world().runbooks().folder() + ": no .yaml file is there");
    }
    return all;
  }

  private static List<Problem> problems(Path file) {
    return switch (RunbookParser.parse(file.toString(), Runbooks.text(file))) {
      case RunbookReading.Valid(var runbook) -> List.of();
      case RunbookReading.Invalid(var found) -> found;
    };
  }
}
