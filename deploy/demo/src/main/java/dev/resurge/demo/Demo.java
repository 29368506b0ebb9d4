package dev.resurge.demo;

import dev.resurge.scenery.Daemons;
import dev.resurge.scenery.Ending;
import dev.resurge.scenery.Installation;
import dev.resurge.scenery.Launcher;
import dev.resurge.scenery.Narrator;
import dev.resurge.scenery.SceneException;
import dev.resurge.scenery.Teardown;
import dev.resurge.scenery.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./resurge demo}: shows on this machine what Resurge does, and proves it. */
@Command(
    name = "./resurge demo",
    sortOptions = false,
    description =
        "Starts a small library with a real database, backs it up, breaks it, restores it and"
            + " proves that everything is back. Leaves nothing running.",
    footer = "Exits with 0 only if every row and every file came back and the verdict is pass.")
public final class Demo implements Callable<Integer> {
  private static final int FEWEST_DOCUMENTS = 10_000;
  private static final long NEEDED_BYTES = 3L << 30;

  @Option(names = "--yes", description = "Answer the restore's question; nobody is asked.")
  private boolean yes;

  @Option(names = "--crash", description = "Kill the worker while the copy is being loaded.")
  private boolean crash;

  @Option(names = "--keep", description = "Leave everything running, to look around.")
  private boolean keep;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "json: the story on standard error, one object on standard output.")
  private DemoOptions.Output output = DemoOptions.Output.text;

  @Option(
      names = "--documents",
      paramLabel = "N",
      description = "How big the library is, 10000 or more. Default: ${DEFAULT-VALUE}.")
  private int documents = 200_000;

  @Option(names = "--dir", paramLabel = "DIR", description = "Use this empty folder.")
  private Path directory;

  @Option(names = "--stop", paramLabel = "DIR", description = "End a demo that was kept running.")
  private Path stop;

  @Option(names = "--help", usageHelp = true, description = "Print this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  /** Exits with 0 if the demo proved what it shows, 1 if it did not, 2 if it was asked wrongly. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Demo()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    var narrator = Narrator.telling(output == DemoOptions.Output.json);
    try {
      return stop == null ? play(narrator) : stop(narrator);
    } catch (SceneException e) {
      System.err.println("error: " + e.getMessage());
      return 1;
    } catch (IOException | SQLException e) {
      System.err.println("error: " + e);
      return 1;
    }
  }

  private int stop(Narrator narrator) throws SceneException, IOException, InterruptedException {
    var workspace = Workspace.existing("demo", stop);
    new Teardown(workspace, new Daemons(workspace)).run();
    workspace.clear();
    narrator.say("Nothing of it runs any more; its report and logs are in %s.", workspace.root());
    return 0;
  }

  private int play(Narrator narrator)
      throws SceneException, IOException, InterruptedException, SQLException {
    if (documents < FEWEST_DOCUMENTS) {
      throw new SceneException(
          "a library of %d documents shows nothing; --documents N takes %d or more"
              .formatted(documents, FEWEST_DOCUMENTS));
    }
    var options =
        new DemoOptions(yes, keep, crash, documents, output, Optional.ofNullable(directory));
    var repository = Path.of(System.getenv("RESURGE_ROOT"));
    var workspace = Workspace.fresh("demo", options.directory(), NEEDED_BYTES);
    var daemons = new Daemons(workspace);
    var launcher =
        new Launcher(repository.resolve("resurge"), workspace.configuration(), daemons, narrator);
    try (var ending = new Ending(workspace, daemons, launcher, narrator)) {
      var installation = new Installation(workspace, daemons, launcher);
      var scene = new Scene(repository, workspace, daemons, installation);
      var result = new Story(options, workspace, installation, scene, launcher, narrator).tell();
      if (keep) {
        ending.keep();
        sayHowToGoOn(narrator, workspace);
      } else {
        ending.succeed();
      }
      if (output == DemoOptions.Output.json) {
        System.out.println(result.json());
      }
      return result.good() ? 0 : 1;
    }
  }

  private static void sayHowToGoOn(Narrator narrator, Workspace workspace) {
    narrator.chapter("Yours to look around");
    narrator.say("Everything still runs. Try, in this folder:");
    narrator.command("export RESURGE_CONFIG=" + workspace.configuration());
    narrator.command("./resurge list sets library");
    narrator.command("./resurge show library");
    narrator.command("./resurge demo --stop " + workspace.root());
    narrator.say("The last one ends it.");
  }
}
