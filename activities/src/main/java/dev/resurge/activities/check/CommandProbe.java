package dev.resurge.activities.check;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Shell.Program;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Check;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A program of one's own.
 *
 * @param environment where the staged copies are, if it is asked of them
 */
record CommandProbe(
    Check.Command check, Shell shell, Attempt attempt, Map<String, String> environment)
    implements Probe {

  /** {@code RESURGE_STAGED_<COMPONENT>}, in upper case with underscores, to the copy's name. */
  static Map<String, String> whereStaged(List<StagedCopy> copies) {
    return copies.stream()
        .collect(
            Collectors.toMap(
                copy ->
                    "RESURGE_STAGED_" + copy.component().toUpperCase(Locale.ROOT).replace('-', '_'),
                StagedCopy::name));
  }

  @Override
  public String expected() {
    return "exit code 0 from " + String.join(" ", check.command());
  }

  @Override
  public Outcome ask(Duration limit) {
    var program = Program.of("check." + check.name(), check.command());
    var result = shell.run(attempt, program.within(limit).with(environment));
    var actual = "exit code " + result.exitCode() + said(result);
    return result.exitCode() == 0 ? Outcome.passed(actual) : Outcome.notYet(actual);
  }

  private static String said(Shell.Result result) {
    return result.lastLines().isEmpty() ? "" : ": " + result.lastLines();
  }
}
