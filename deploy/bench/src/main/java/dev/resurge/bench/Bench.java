package dev.resurge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.resurge.scenery.Daemons;
import dev.resurge.scenery.Ending;
import dev.resurge.scenery.Installation;
import dev.resurge.scenery.Launcher;
import dev.resurge.scenery.Narrator;
import dev.resurge.scenery.SceneException;
import dev.resurge.scenery.Workspace;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./resurge bench}: measures Resurge beside the shell commands that it replaces. */
@Command(
    name = "./resurge bench",
    sortOptions = false,
    description =
        "Backs up and restores two equal libraries, one by the commands of two guides, one by"
            + " Resurge, and says how long each took. Leaves nothing running.",
    footer = "Exits with 0 if everything could be measured, whatever the figures are.")
public final class Bench implements Callable<Integer> {
  /** Two libraries, a restored copy, a retained one, archives, sets and PostgreSQL's log. */
  private static final long BYTES_PER_DOCUMENT = 16 << 10;

  /** The same without the guides' library and archives. */
  private static final long BYTES_PER_DOCUMENT_ALONE = 7 << 10;

  private static final long BYTES_ALWAYS = 4L << 30;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "How many documents; 2.5 other rows and 1 KiB of files come with each. The default,"
              + " ${DEFAULT-VALUE}, is 1.7 GB of database and 1 GB of files.")
  private int rows = 1_000_000;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often each is measured; medians count. Default: ${DEFAULT-VALUE}.")
  private int repeats = 3;

  @Option(
      names = "--alone",
      description =
          "Measure Resurge only: over much data, where the guides take hours and their library"
              + " half of the disk.")
  private boolean alone;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "json: all else on standard error, one object on standard output.")
  private Output output = Output.text;

  @Option(names = "--dir", paramLabel = "DIR", description = "Use this empty folder.")
  private Path directory;

  @Option(names = "--help", usageHelp = true, description = "Print this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  /** Where the result goes. */
  enum Output {
    text,
    json
  }

  /** Exits with 0 if everything was measured, 1 if not, 2 if it was asked wrongly. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (rows < 100 || repeats < 1) {
        throw new SceneException("--rows takes 100 or more, --repeats 1 or more");
      }
      measure(Narrator.telling(output == Output.json));
      return 0;
    } catch (SceneException | ResurgeException e) {
      System.err.println("error: " + e.getMessage());
      return 1;
    } catch (IOException | SQLException e) {
      System.err.println("error: " + e);
      return 1;
    }
  }

  private void measure(Narrator narrator)
      throws SceneException, IOException, InterruptedException, SQLException {
    var workspace =
        Workspace.fresh(
            "bench",
            Optional.ofNullable(directory),
            BYTES_ALWAYS + rows * (alone ? BYTES_PER_DOCUMENT_ALONE : BYTES_PER_DOCUMENT));
    var daemons = new Daemons(workspace);
    var launcher =
        new Launcher(
            Path.of(System.getenv("RESURGE_ROOT")).resolve("resurge"),
            workspace.configuration(),
            daemons,
            narrator);
    try (var ending = new Ending(workspace, daemons, launcher, narrator)) {
      var figures = measure(workspace, daemons, launcher, narrator);
      ending.succeed();
      narrator.chapter("Medians of " + repeats);
      new Table(figures).lines().forEach(line -> narrator.say("%s", line));
      if (output == Output.json) {
        System.out.println(new ObjectMapper().writeValueAsString(json(figures)));
      }
    }
  }

  private Figures measure(
      Workspace workspace, Daemons daemons, Launcher launcher, Narrator narrator)
      throws SceneException, IOException, InterruptedException, SQLException {
    narrator.chapter(alone ? "A library" : "Two equal libraries");
    narrator.say("in %s, on a PostgreSQL server of its own", workspace.root());
    var installation = new Installation(workspace, daemons, launcher);
    installation.configure();
    installation.startTemporal();
    var sites = new Sites(workspace, daemons);
    sites.open(rows, alone);
    var size = sites.size(sites.resurge());
    narrator.say(
        "%s %.2f GB of tables, %.2f GB of indexes and %.2f GB of files",
        alone ? "with" : "each with",
        size.tables() / 1e9,
        size.indexes() / 1e9,
        Sizes.of(sites.resurge().premises().files()) / 1e9);
    launcher.run("keys", "new");
    var protection = new Protection(workspace, daemons, installation);
    protection.protect(sites.resurge(), sites.port(), sites.password());
    var scripts = scripts(workspace, daemons, sites);
    show(scripts, narrator);
    try (var runs = new ResurgeRuns(installation.temporalAddress())) {
      var contest = new Contest(workspace, sites, scripts, protection, runs, narrator);
      return alone ? contest.runAlone(repeats) : contest.run(repeats);
    }
  }

  private static Contest.Scripts scripts(Workspace workspace, Daemons daemons, Sites sites)
      throws IOException {
    // as Resurge chooses them
    int jobs = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    var asResurge = new HashMap<>(sites.environment());
    asResurge.put(
        "PGOPTIONS",
        "-c synchronous_commit=off -c maintenance_work_mem=%dkB"
            .formatted(Math.clamp(memory / 8 / jobs, 64L << 20, 1L << 30) / 1024));
    return new Contest.Scripts(
        Script.install("guide-003.sh", workspace, sites.environment(), daemons),
        Script.install("guide-002.sh", workspace, sites.environment(), daemons),
        Script.install("raw.sh", workspace, asResurge, daemons),
        jobs);
  }

  private void show(Contest.Scripts scripts, Narrator narrator) {
    narrator.chapter("What is measured");
    if (!alone) {
      for (var script : new Script[] {scripts.guide003(), scripts.guide002(), scripts.raw()}) {
        narrator.say("%s", script.text());
      }
    }
    narrator.say("# Resurge: its procedures Backup and Restore, through a worker");
    for (var system : new String[] {Protection.DATABASE, Protection.FILES}) {
      narrator.say("./resurge backup %s", system);
      narrator.say("./resurge restore %s --yes", system);
    }
  }

  private Map<String, Object> json(Figures figures) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("rows", rows);
    fields.put("repeats", repeats);
    fields.put("processors", Runtime.getRuntime().availableProcessors());
    fields.putAll(figures.json());
    return fields;
  }
}
