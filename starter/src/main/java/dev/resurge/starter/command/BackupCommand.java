package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.GitFacts;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge backup SYSTEM}. */
@Command(
    name = "backup",
    description = "Capture a system as one signed, committed set.",
    footer = {
      "",
      "In a git work tree the set is labelled git.commit and git.branch.",
      "Before a deployment: SET=$(./resurge backup SYSTEM --pre-deploy)",
      "",
      "Exit 0: there is a set, and stdout has its id (with --if-changed perhaps an earlier set's).",
      "Not 0: there is none, and with --pre-deploy or --quiet stdout is empty. 9: the run waits",
      "for a person. docs/pipelines.md has examples."
    })
final class BackupCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name, as its runbook's file.")
  private String system;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label of the set; may be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--only",
      paramLabel = "COMPONENT",
      split = ",",
      description =
          "Only this component; may be repeated. A restore of all takes no such set unasked.")
  private List<String> only = new ArrayList<>();

  @Mixin private Reason reason;

  @Option(
      names = "--pre-deploy",
      description = "Mark the set as made before a deployment; its id alone goes to stdout.")
  private boolean preDeploy;

  @Option(
      names = "--if-changed",
      description =
          "Make a set only if the runbook, the files that it names under backup.changedWhen, or the"
              + " commit differ from those of the newest set of this kind. Changed data alone is no"
              + " change. If nothing differs, that set is the answer.")
  private boolean ifChanged;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only the set's id goes to stdout, the rest to stderr.")
  private boolean quiet;

  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Stay until it ends (default), or not: --no-wait.")
  private boolean wait;

  @Mixin private Identity identity;

  BackupCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    if (preDeploy || quiet) {
      globals().reserveStdout();
      refuseUnwaited();
    }
    world().runbooks().check(system);
    var all = new TreeMap<String, String>(new GitFacts(world().workingFolder()).labels());
    all.putAll(labels);
    var decider = identity.decider(world());
    var input =
        new BackupInput(
            system,
            preDeploy ? SetKind.PREDEPLOY : SetKind.MANUAL,
            only,
            all,
            ifChanged,
            reason.given(),
            Optional.of(decider.person()),
            Optional.empty());
    try (var runs = world().runs()) {
      var run =
          runs.start(
              Procedure.BACKUP, system, input, "backup of " + system + " for " + decider.name());
      if (!wait) {
        return Following.startedOnly(run);
      }
      var answer = new Following(world(), runs).follow(run, decider, Attendant.Approval.TELL);
      return preDeploy || quiet ? marked(answer, all) : answer;
    }
  }

  private void refuseUnwaited() {
    if (!wait) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "--pre-deploy and --quiet print the set's id, which is known only at the end; leave"
              + " --no-wait out");
    }
  }

  /** The facts a deployment notes down: which set, which commit; a set alone on stdout. */
  private Answer marked(Answer answer, Map<String, String> all) {
    answer.lines().forEach(world().terminal()::progress);
    var json = new LinkedHashMap<>(answer.json());
    json.put("kind", (preDeploy ? SetKind.PREDEPLOY : SetKind.MANUAL).id());
    json.put("labels", all);
    var lines = new ArrayList<String>();
    if (answer.exitCode() == 0 && json.get("set") instanceof Optional<?> set) {
      set.ifPresent(id -> lines.add(id.toString()));
    }
    return new Answer(answer.exitCode(), List.copyOf(lines), json);
  }
}
