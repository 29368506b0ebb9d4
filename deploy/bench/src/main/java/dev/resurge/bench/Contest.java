package dev.resurge.bench;

import dev.resurge.scenery.Narrator;
import dev.resurge.scenery.SceneException;
import dev.resurge.scenery.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The measurements, side by side: each repeat has every side do the same, in the other order than
 * the repeat before, and from the same state of the machine.
 */
final class Contest {
  private static final String RAW = "raw_library";

  private final Sites sites;
  private final Scripts scripts;
  private final Protection protection;
  private final ResurgeRuns runs;
  private final Narrator narrator;
  private final Figures figures = new Figures();
  private final Path sql;
  private final Path dump;
  private final Path tar;
  private final Path scratch;

  /** The commands of the other sides. */
  record Scripts(Script guide003, Script guide002, Script raw, int jobs) {}

  Contest(
      Workspace workspace,
      Sites sites,
      Scripts scripts,
      Protection protection,
      ResurgeRuns runs,
      Narrator narrator)
      throws IOException {
    this.sites = sites;
    this.scripts = scripts;
    this.protection = protection;
    this.runs = runs;
    this.narrator = narrator;
    var archives = Files.createDirectory(workspace.root().resolve("archives"));
    sql = archives.resolve("database.sql.gz");
    dump = archives.resolve("database.dump");
    tar = archives.resolve("files.tar.gz");
    scratch = archives.resolve("schema.dump");
  }

  /** What one side does in one turn; answers how long it took. */
  private interface Turn {
    Duration take() throws SceneException, IOException, InterruptedException, SQLException;
  }

  private record Named(String name, Site site, Turn turn) {}

  /** Has every side do everything so many times. */
  Figures run(int repeats) throws SceneException, IOException, InterruptedException, SQLException {
    for (int repeat = 1; repeat <= repeats; repeat++) {
      narrator.chapter("Repeat " + repeat + " of " + repeats);
      inTurn(
          repeat,
          new Named("guide 003 backs the database up", sites.guide(), this::guideDatabase),
          new Named("guide 002 backs the database up", sites.guide(), this::guide002Database),
          new Named("Resurge backs the database up", sites.resurge(), this::resurgeDatabase));
      inTurn(
          repeat,
          new Named("guide 003 restores the database", sites.guide(), this::guideRestores),
          new Named("guide 002 restores the database", sites.guide(), this::guide002Restores),
          new Named("Resurge restores the database", sites.resurge(), this::resurgeRestores),
          new Named("bare pg_restore of Resurge's set", sites.resurge(), this::rawRestores));
      inTurn(
          repeat,
          new Named("guide 003 backs the files up", sites.guide(), this::guideFiles),
          new Named("Resurge backs the files up", sites.resurge(), this::resurgeFiles));
      inTurn(
          repeat,
          new Named("guide 003 restores the files", sites.guide(), this::guideRestoresFiles),
          new Named("Resurge restores the files", sites.resurge(), this::resurgeRestoresFiles));
    }
    figures.workerPeakMemory.add(protection.workerPeakMemory());
    return figures;
  }

  /** Has Resurge do everything so many times, and nobody else. */
  Figures runAlone(int repeats)
      throws SceneException, IOException, InterruptedException, SQLException {
    for (int repeat = 1; repeat <= repeats; repeat++) {
      narrator.chapter("Repeat " + repeat + " of " + repeats);
      measure(
          new Named("Resurge backs the database up", sites.resurge(), this::resurgeDatabase),
          new Named("Resurge restores the database", sites.resurge(), this::resurgeRestores),
          new Named("Resurge backs the files up", sites.resurge(), this::resurgeFiles),
          new Named("Resurge restores the files", sites.resurge(), this::resurgeRestoresFiles));
    }
    figures.workerPeakMemory.add(protection.workerPeakMemory());
    return figures;
  }

  private void inTurn(int repeat, Named... sides)
      throws SceneException, IOException, InterruptedException, SQLException {
    measure(repeat % 2 == 1 ? sides : List.of(sides).reversed().toArray(Named[]::new));
  }

  private void measure(Named... sides)
      throws SceneException, IOException, InterruptedException, SQLException {
    for (var side : sides) {
      sites.settle(side.site());
      var took = side.turn().take();
      narrator.say("%-34s %8.2f s", side.name(), seconds(took));
    }
  }

  private Duration guideDatabase() throws SceneException, IOException, InterruptedException {
    var took = scripts.guide003().run("backup-database", sites.guide().database(), sql.toString());
    figures.database.guideBackup.addTime(took);
    figures.database.guideBytes.addBytes(Files.size(sql));
    return took;
  }

  private Duration guide002Database() throws SceneException, IOException, InterruptedException {
    var took = scripts.guide002().run("backup-database", sites.guide().database(), dump.toString());
    figures.guide002Backup.addTime(took);
    figures.guide002Bytes.addBytes(Files.size(dump));
    return took;
  }

  private Duration resurgeDatabase() throws SceneException, IOException {
    return resurgeBacksUp(Protection.DATABASE, figures.database);
  }

  private Duration resurgeFiles() throws SceneException, IOException {
    return resurgeBacksUp(Protection.FILES, figures.files);
  }

  private Duration resurgeBacksUp(String system, Figures.Component component)
      throws SceneException, IOException {
    var run = runs.backup(system);
    component.resurgeBackup.addTime(run.wall());
    component.resurgeBytes.addBytes(Sizes.of(protection.set(system, run.result())));
    component.backupOrchestration.addTime(run.orchestration());
    return run.wall();
  }

  /** The guides stop the application before they touch anything and start it when all is done. */
  private Duration whileStopped(Turn restore, Series restores)
      throws SceneException, IOException, InterruptedException, SQLException {
    var begun = System.nanoTime();
    sites.guide().stop();
    restores.addTime(restore.take());
    sites.guide().start();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private Duration guideRestores()
      throws SceneException, IOException, InterruptedException, SQLException {
    var database = sites.guide().database();
    var downtime =
        whileStopped(
            () -> scripts.guide003().run("restore-database", database, sql.toString()),
            figures.database.guideRestore);
    figures.database.guideDowntime.addTime(downtime);
    sites.settleRows(sites.guide());
    return downtime;
  }

  private Duration guide002Restores()
      throws SceneException, IOException, InterruptedException, SQLException {
    var database = sites.guide().database();
    var downtime =
        whileStopped(
            () -> scripts.guide002().run("restore-database", database, dump.toString()),
            figures.guide002Restore);
    sites.settleRows(sites.guide());
    return downtime;
  }

  private Duration resurgeRestores()
      throws SceneException, IOException, InterruptedException, SQLException {
    var run = resurgeRestores(Protection.DATABASE, figures.database);
    for (var copy : protection.retained(run.result())) {
      sites.execute("postgres", "DROP DATABASE IF EXISTS \"" + copy.name() + "\"");
    }
    sites.settleRows(sites.resurge());
    return run.requestedToHealthy();
  }

  private ResurgeRuns.Run resurgeRestores(String system, Figures.Component component)
      throws SceneException, IOException, InterruptedException {
    var run = runs.restore(system);
    component.resurgeRestore.addTime(run.requestedToHealthy());
    component.downtime.addTime(run.downtime());
    component.restoreOrchestration.addTime(run.orchestration());
    return run;
  }

  private Duration rawRestores()
      throws SceneException, IOException, InterruptedException, SQLException {
    sites.execute("postgres", "CREATE DATABASE " + RAW + " TEMPLATE template0");
    var took =
        scripts
            .raw()
            .run(
                RAW,
                protection.newestArchives(Protection.DATABASE).toString(),
                scratch.toString(),
                Integer.toString(scripts.jobs()));
    figures.rawRestore.addTime(took);
    sites.execute("postgres", "DROP DATABASE " + RAW);
    return took;
  }

  private Duration guideFiles() throws SceneException, IOException, InterruptedException {
    var took =
        scripts
            .guide003()
            .run("backup-files", sites.guide().premises().files().toString(), tar.toString());
    figures.files.guideBackup.addTime(took);
    figures.files.guideBytes.addBytes(Files.size(tar));
    return took;
  }

  private Duration guideRestoresFiles()
      throws SceneException, IOException, InterruptedException, SQLException {
    var files = sites.guide().premises().files().toString();
    var downtime =
        whileStopped(
            () -> scripts.guide003().run("restore-files", files, tar.toString()),
            figures.files.guideRestore);
    figures.files.guideDowntime.addTime(downtime);
    return downtime;
  }

  private Duration resurgeRestoresFiles() throws SceneException, IOException, InterruptedException {
    var run = resurgeRestores(Protection.FILES, figures.files);
    for (var copy : protection.retained(run.result())) {
      remove(Path.of(copy.name()));
    }
    return run.requestedToHealthy();
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) {
        for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
