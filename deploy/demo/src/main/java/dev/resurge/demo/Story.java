package dev.resurge.demo;

import dev.resurge.library.Stock;
import dev.resurge.scenery.Await;
import dev.resurge.scenery.Installation;
import dev.resurge.scenery.Launcher;
import dev.resurge.scenery.LibraryClient;
import dev.resurge.scenery.Narrator;
import dev.resurge.scenery.Postgres;
import dev.resurge.scenery.SceneException;
import dev.resurge.scenery.Workspace;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The story of one bad day, in five chapters. */
final class Story {
  private static final Duration UNTIL_STAGING = Duration.ofMinutes(5);

  private final DemoOptions options;
  private final Workspace workspace;
  private final Installation installation;
  private final Scene scene;
  private final Launcher launcher;
  private final Narrator narrator;

  Story(
      DemoOptions options,
      Workspace workspace,
      Installation installation,
      Scene scene,
      Launcher launcher,
      Narrator narrator) {
    this.options = options;
    this.workspace = workspace;
    this.installation = installation;
    this.scene = scene;
    this.launcher = launcher;
    this.narrator = narrator;
  }

  /** Tells it from its beginning to its end. */
  Result tell() throws SceneException, IOException, InterruptedException, SQLException {
    try (var library = scene.client()) {
      setUp(library);
      backUp();
      var before = library.counts();
      breakIt(library, before);
      var killed = restore();
      return prove(library, before, killed);
    }
  }

  private void setUp(LibraryClient library)
      throws SceneException, IOException, InterruptedException, SQLException {
    narrator.chapter("A system worth protecting");
    narrator.say(
        """
        A document library: a real PostgreSQL server, a folder of attachments and a small web
        application. Everything lives in %s and listens on this machine only.\
        """,
        workspace.root());
    installation.configure();
    installation.startTemporal();
    scene.startPostgres(Stock.of(options.documents()));
    scene.startLibrary(library);
    launcher.run("keys", "new");
    scene.writeRunbook();
    scene.startWorker();
    library.add("How the library came back", "Whoever was on call", "To be written today.");
    narrator.say("The library is open at %s and holds", library.address());
    narrator.say("%s.", counted(library.counts()));
  }

  private static String counted(LibraryClient.Counts counts) {
    return String.format(
        Locale.ROOT, "%,d documents and %,d attachments", counts.documents(), counts.files());
  }

  private void backUp() throws SceneException, IOException, InterruptedException {
    narrator.chapter("A backup, as every night");
    narrator.say("The library stays open while its database and files are captured.");
    launcher.run("backup", "library");
  }

  private void breakIt(LibraryClient library, LibraryClient.Counts before)
      throws SceneException, IOException, InterruptedException, SQLException {
    narrator.chapter("The bad day");
    narrator.say("Someone tidies up, and a condition is too wide. It commits.");
    narrator.command("psql library -c '" + Disaster.DELETE + "'");
    var deleted =
        Disaster.deleteDocuments(scene.databaseUrl(), Postgres.ADMIN, scene.adminPassword());
    narrator.say("DELETE %d", deleted);
    narrator.command("rm -r files/" + String.join(" files/", Disaster.SHELVES));
    var removed = Disaster.removeFiles(scene.library().files());
    narrator.say("%,d files are gone.", removed);
    var left = library.counts();
    narrator.say("The library had %s.", counted(before));
    narrator.say("Its readers now find %s.", counted(left));
    if (left.documents() >= before.documents() || left.files() >= before.files()) {
      throw new SceneException("nothing was destroyed, so nothing could be proved");
    }
  }

  /** Answers whether the worker was killed meanwhile. */
  private boolean restore() throws SceneException, IOException, InterruptedException, SQLException {
    narrator.chapter("The way back");
    narrator.say(
        """
        Resurge first saves what is live now, builds the restored copy beside it and checks the
        copy. Only then the library stops for a moment, and the two change places.\
        """);
    if (!options.yes()) {
      narrator.say("It will show its plan and ask you to type the system's name.");
    }
    try (var watch = scene.watchStaging()) {
      var process = launcher.start(restoreArguments());
      var killed = options.crash() && crash(process, watch);
      var exit = process.waitFor();
      if (exit != 0) {
        narrator.say("./resurge restore ended with %d.", exit);
      }
      return killed;
    }
  }

  private String[] restoreArguments() {
    var arguments = new ArrayList<>(List.of("restore", "library"));
    if (options.yes()) {
      arguments.add("--yes");
    }
    return arguments.toArray(String[]::new);
  }

  private boolean crash(Process restore, StagingWatch watch)
      throws SceneException, IOException, InterruptedException, SQLException {
    var copy = awaitStaging(restore, watch);
    var pid = scene.killWorker();
    narrator.command("kill -9 " + pid);
    narrator.say(
        "The worker is dead, with %s of the copy %s loaded.", copy.size(), copy.database());
    scene.startWorker();
    narrator.say(
        "Another worker is up. Temporal gives it the run once the dead one's silence is noticed.");
    return true;
  }

  private static StagingWatch.Copy awaitStaging(Process restore, StagingWatch watch)
      throws SceneException, IOException, InterruptedException, SQLException {
    var seen = new ArrayList<StagingWatch.Copy>();
    Await.until(
        "the restore loads its copy",
        UNTIL_STAGING,
        () -> {
          if (!restore.isAlive()) {
            throw new SceneException("the restore ended before the worker could be killed");
          }
          try {
            watch.look().ifPresent(seen::add);
          } catch (SQLException e) {
            throw new SceneException("cannot watch the server: " + e.getMessage(), e);
          }
          return !seen.isEmpty();
        });
    return seen.getFirst();
  }

  private Result prove(LibraryClient library, LibraryClient.Counts before, boolean killed)
      throws SceneException, IOException, InterruptedException {
    var evidence = workspace.store().resolve("library/evidence");
    var proof = Proof.newestIn(evidence);
    var report = proof.copyReport(evidence, workspace.report());
    narrator.chapter("The proof");
    var after = library.counts();
    var result = new Result(proof, before, after, killed, report.toString());
    narrator.say("The library's readers find %s.", counted(after));
    narrator.say(
        result.good()
            ? "Every row of every table and every file is there again."
            : "That is not as it should be: before, it had " + counted(before) + ".");
    clock("closed for its readers", proof.downtime());
    clock("from the command until healthy", proof.requestedToHealthy());
    clock("age of the restored data", proof.recoveryPoint());
    narrator.say("The verdict is %s. The signed report, for the auditor:", proof.outcome());
    narrator.say("%s", report);
    return result;
  }

  private void clock(String name, Optional<Duration> measured) {
    narrator.say(
        "%-32s %s",
        name,
        measured
            .map(d -> String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0))
            .orElse("not measured"));
  }
}
