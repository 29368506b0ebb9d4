package dev.resurge.starter.command;

import dev.resurge.starter.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands, and the help that groups them by what a person is about to do. */
public final class CommandTree {
  /** Intent to the commands that serve it, in the order in which help prints them. */
  static final List<Map.Entry<String, List<String>>> GROUPS =
      List.of(
          Map.entry("Protect", List.of("backup", "schedules", "list", "prune")),
          Map.entry(
              "Recover",
              List.of(
                  "restore", "recover", "approve", "reject", "decide", "cancel", "settle",
                  "watch")),
          Map.entry("Prove", List.of("readiness", "verify", "drill", "report", "show")),
          Map.entry("Operate", List.of("up", "down", "status")),
          Map.entry(
              "Set up",
              List.of(
                  "validate",
                  "doctor",
                  "keys",
                  "notify",
                  "worker",
                  "temporal",
                  "demo",
                  "bench",
                  "test",
                  "completion")));

  private final World world;
  private final Globals globals;

  /**
   * @param globals the object that parsing fills and {@code world} reads
   */
  public CommandTree(World world, Globals globals) {
    this.world = world;
    this.globals = globals;
  }

  /** The command line, ready to parse. */
  public CommandLine build() {
    var root = new CommandLine(new RootCommand(globals));
    globals.takeConnection(root.getCommandSpec());
    var list =
        new CommandLine(new ListCommand())
            .addSubcommand(new ListSetsCommand(world, globals))
            .addSubcommand(new ListRunsCommand(world, globals));
    var report =
        new CommandLine(new ReportCommand(world, globals))
            .addSubcommand(new ReportVerifyCommand(world, globals));
    var schedules =
        new CommandLine(new SchedulesCommand())
            .addSubcommand(new SchedulesApplyCommand(world, globals))
            .addSubcommand(new SchedulesListCommand(world, globals))
            .addSubcommand(new SchedulesPauseCommand(world, globals))
            .addSubcommand(new SchedulesResumeCommand(world, globals))
            .addSubcommand(new SchedulesTriggerCommand(world, globals));
    var keys =
        new CommandLine(new KeysCommand())
            .addSubcommand(new KeysNewCommand(world, globals))
            .addSubcommand(new KeysCheckCommand(world, globals))
            .addSubcommand(new KeysPersonCommand(world, globals));
    var notify =
        new CommandLine(new NotifyCommand()).addSubcommand(new NotifyTestCommand(world, globals));
    root.addSubcommand(new BackupCommand(world, globals))
        .addSubcommand(schedules)
        .addSubcommand(list)
        .addSubcommand(new PruneCommand(world, globals))
        .addSubcommand(new RestoreCommand(world, globals))
        .addSubcommand(new RecoverCommand(world, globals))
        .addSubcommand(new ApproveCommand(world, globals))
        .addSubcommand(new RejectCommand(world, globals))
        .addSubcommand(new DecideCommand(world, globals))
        .addSubcommand(new CancelCommand(world, globals))
        .addSubcommand(new SettleCommand(world, globals))
        .addSubcommand(new WatchCommand(world, globals))
        .addSubcommand(new ReadinessCommand(world, globals))
        .addSubcommand(new VerifyCommand(world, globals))
        .addSubcommand(new DrillCommand(world, globals))
        .addSubcommand(report)
        .addSubcommand(new ShowCommand(world, globals))
        .addSubcommand(new UpCommand(world, globals))
        .addSubcommand(new DownCommand(world, globals))
        .addSubcommand(new StatusCommand(world, globals))
        .addSubcommand(new ValidateCommand(world, globals))
        .addSubcommand(new DoctorCommand(world, globals))
        .addSubcommand(keys)
        .addSubcommand(notify)
        .addSubcommand(new CompletionCommand(world, globals));
    launched(
        root,
        "worker",
        "Run the worker, which does the work of runs; --embedded runs Temporal with it.");
    launched(root, "temporal", "Run Temporal's in-memory server alone, for trying things out.");
    launched(root, "demo", "See the whole story on this machine: backup, disaster, restore.");
    launched(root, "bench", "Measure Resurge on this machine beside the commands it replaces.");
    launched(root, "test", "Install what tests need and run them all.");
    explained(root);
    return root;
  }

  private static void explained(CommandLine root) {
    root.addSubcommand(new HelpCommand());
    root.getCommandSpec().versionProvider(version());
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, of -> "");
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandTree::grouped);
    root.setUsageHelpAutoWidth(false).setUsageHelpWidth(96);
  }

  private static void launched(CommandLine root, String name, String description) {
    var command = new CommandLine(new LauncherCommand());
    command.getCommandSpec().usageMessage().description(description);
    command.setUnmatchedArgumentsAllowed(true);
    root.addSubcommand(name, command);
  }

  private static IVersionProvider version() {
    return () -> {
      var version = CommandTree.class.getPackage().getImplementationVersion();
      return new String[] {"resurge " + (version == null ? "(built from sources)" : version)};
    };
  }

  private static String grouped(Help help) {
    return GROUPS.stream().map(group -> group(help, group)).collect(Collectors.joining());
  }

  private static String group(Help help, Map.Entry<String, List<String>> group) {
    var lines =
        group.getValue().stream()
            .map(name ->
                String.format(
                    "  %-11s %s%n",
                    name,
                    String.join(
                        " ",
                        help.subcommands().get(name).commandSpec().usageMessage().description())))
            .collect(Collectors.joining());
    return String.format(
        "%n%s%n%s", help.colorScheme().text("@|bold " + group.getKey() + "|@"), lines);
  }
}
