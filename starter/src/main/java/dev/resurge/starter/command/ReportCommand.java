package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.archive.Archives;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge report RUN|SYSTEM}. */
@Command(
    name = "report",
    description = "Write the signed report of a run, or of a system's newest run.",
    footer = {
      "",
      "With --out its .json and .sig are written beside it, so that it can be verified:",
      "  ./resurge report verify FILE"
    })
final class ReportCommand extends BaseCommand {
  // Optional for picocli only: a required one would be asked of the subcommand verify too.
  @Parameters(arity = "0..1", paramLabel = "WHAT", description = "A run's id or a system's name.")
  private String what;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      description = "html, md or json. Default: the ending of --out, else md.")
  private Form format;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there instead of stdout.")
  private Path out;

  ReportCommand(World world, Globals globals) {
    super(world, globals);
  }

  /** The forms of a report. */
  enum Form {
    html,
    md,
    json
  }

  @Override
  Answer answer() {
    if (what == null) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "report of what? Name a run or a system, or: report verify FILE");
    }
    var run = RunId.isValid(what) ? new RunId(what) : newest(world().archive(what));
    var archive =
        RunId.isValid(what)
            ? new Archives(world().runbooks().systems(), world()::archive).ofRun(run)
            : world().archive(what);
    return out == null ? print(archive, run) : write(archive, run);
  }

  private RunId newest(Archive archive) {
    return archive.runs().stream()
        .findFirst()
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.RUN_UNKNOWN,
                "looking for a report of " + what + " in " + archive.describe() + ": none"));
  }

  private Answer print(Archive archive, RunId run) {
    var text =
        new String(file(archive, run, form().name()), StandardCharsets.UTF_8).stripTrailing();
    return Answer.ok(
        List.of(text), Answer.fields("run", run, "evidence", json(file(archive, run, "json"))));
  }

  private Answer write(Archive archive, RunId run) {
    var name = String.valueOf(out.getFileName());
    var base = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    var written = new ArrayList<String>();
    put(out, file(archive, run, form().name()), written);
    for (var ending : List.of("json", "sig")) {
      var beside = out.resolveSibling(base + "." + ending);
      if (!beside.equals(out)) {
        put(beside, file(archive, run, ending), written);
      }
    }
    return Answer.ok(
        List.of(
            "report of " + run + ": " + out.toAbsolutePath(),
            "  prove that it is genuine: ./resurge report verify " + out),
        Answer.fields("run", run, "file", out.toAbsolutePath().toString(), "written", written));
  }

  private Form form() {
    if (format != null) {
      return format;
    }
    var name = out == null ? "" : out.toString();
    return Arrays.stream(Form.values())
        .filter(form -> name.endsWith("." + form))
        .findFirst()
        .orElse(Form.md);
  }

  private static byte[] file(Archive archive, RunId run, String ending) {
    return archive
        .file(run, ending)
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.RUN_UNKNOWN,
                "reading evidence of " + run + " in " + archive.describe() + ": no ." + ending));
  }

  private static void put(Path file, byte[] content, List<String> written) {
    try {
      Files.write(file, content);
      written.add(file.toString());
    } catch (IOException e) {
      throw new ResurgeException(ErrorType.INPUT_INVALID, "writing " + file + ": " + e, e);
    }
  }

  private static Object json(byte[] content) {
    try {
      return Json.mapper().readTree(content);
    } catch (IOException e) {
      throw new ResurgeException(ErrorType.SET_CORRUPT, "reading evidence: " + e.getMessage(), e);
    }
  }
}
