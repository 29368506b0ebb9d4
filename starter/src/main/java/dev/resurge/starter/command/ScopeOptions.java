package dev.resurge.starter.command;

import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much is restored, and where. */
final class ScopeOptions {
  @Option(
      names = "--only",
      paramLabel = "COMPONENT",
      split = ",",
      description = "Restore these components and leave the others alone.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "COMPONENT=PLACE",
      description =
          "Build it in another database or directory, which must not exist; the live system is left"
              + " alone. With the runbook's own place: replace what is there although it is no heir"
              + " of what the set was captured from.")
  private Map<String, String> to = new LinkedHashMap<>();

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      split = ",",
      description =
          "Bring single tables into a schema beside the live ones, with the statements that would"
              + " merge them. Name the database with --only if there are several.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--path",
      paramLabel = "GLOB",
      description =
          "Bring single files back into the live directory, or another with --to; what they replace"
              + " is kept. Relative to the directory: '2024' or '2024/**' for a folder with all in it,"
              + " '*.pdf' in the directory itself, '**/*.pdf' anywhere; ?, [a-z] and \\ as in a shell."
              + " Name the directory with --only if there are several.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--from-retained",
      paramLabel = "RUN",
      description = "Go back to the data that this run's restore replaced, instead of to a set.")
  private String fromRetained;

  Scope scope() {
    return new Scope(only, to, tables, paths);
  }

  Optional<RunId> fromRetained() {
    return Optional.ofNullable(fromRetained).map(RunIds::typed);
  }
}
