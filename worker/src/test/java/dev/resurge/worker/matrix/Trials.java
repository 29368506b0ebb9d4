package dev.resurge.worker.matrix;

import static dev.resurge.worker.matrix.Course.BACKUP;
import static dev.resurge.worker.matrix.Course.IN_PLACE;
import static dev.resurge.worker.matrix.Course.PRUNE;
import static dev.resurge.worker.matrix.Course.RECOVER;
import static dev.resurge.worker.matrix.Course.RESTORE;
import static dev.resurge.worker.matrix.Course.SETTLE_BACK;
import static dev.resurge.worker.matrix.Course.SETTLE_FORWARD;
import static dev.resurge.worker.world.Moment.startOf;

import dev.resurge.worker.world.Moment;
import dev.resurge.worker.world.StepPoint;
import java.time.Duration;
import java.util.List;

/** What is tried besides kills of the worker: each fault where it hurts most. */
final class Trials {
  private static final String GONE = "StoreUnavailable";
  private static final String DOWN = "DatabaseUnavailable";
  private static final String FULL = "No space left on device";

  private Trials() {}

  private static Moment before(String workflow, String label) {
    return startOf(new StepPoint(workflow, label, 1));
  }

  static List<Trial> server() {
    return List.of(
        new Trial(BACKUP, Faults.serverKilled(), before("Capture", "capture database")),
        new Trial(BACKUP, Faults.serverGone(), before("Capture", "capture database"), DOWN),
        new Trial(BACKUP, Faults.serverHangs(), before("Capture", "capture database")),
        new Trial(BACKUP, Faults.serverHangsLong(), before("Capture", "capture database")),
        new Trial(RESTORE, Faults.serverKilled(), before("Restore", "stage database")),
        new Trial(RESTORE, Faults.serverGone(), before("Restore", "stage database"), DOWN),
        new Trial(RESTORE, Faults.serverHangs(), before("Restore", "stage database")),
        new Trial(RESTORE, Faults.serverKilled(), before("CutOver", "swap database")),
        new Trial(RESTORE, Faults.serverHangs(), before("CutOver", "swap database")),
        new Trial(RESTORE, Faults.serverHangsLong(), before("CutOver", "swap database")),
        new Trial(RESTORE, Faults.serverKilled(), before("CutOver", "check health")),
        new Trial(RESTORE, Faults.serverKilled(), before("CutOver", "retain old data database")),
        new Trial(IN_PLACE, Faults.serverKilled(), before("Overwrite", "load database")),
        new Trial(
            IN_PLACE, Faults.serverKilled(), before("Overwrite", "remove live data database")),
        new Trial(RECOVER, Faults.serverKilled(), before("Recover", "stage database")),
        new Trial(RECOVER, Faults.serverHangs(), before("CutOver", "swap database")),
        new Trial(PRUNE, Faults.serverKilled(), before("Prune", "look at retained copies")),
        new Trial(SETTLE_FORWARD, Faults.serverKilled(), before("Walk", "swap database")),
        new Trial(
            SETTLE_BACK,
            Faults.serverGone(),
            before("Walk", "swap back database"),
            "keeps failing"));
  }

  static List<Trial> store() {
    return List.of(
        new Trial(BACKUP, Faults.storeGoneLong(), before("Capture", "capture database")),
        new Trial(BACKUP, Faults.storeGone(), before("Capture", "capture files"), GONE),
        new Trial(BACKUP, Faults.storeGone(), before("Capture", "commit"), GONE).aborted(),
        new Trial(RESTORE, Faults.storeGone(), before("Restore", "stage database"), GONE),
        new Trial(RESTORE, Faults.storeGone(), before("CutOver", "journal"), GONE),
        new Trial(RESTORE, Faults.storeGoneLong(), before("CutOver", "quiesce")),
        new Trial(IN_PLACE, Faults.storeGone(), before("Overwrite", "load database"), GONE),
        new Trial(RECOVER, Faults.storeGone(), before("Recover", "stage files"), GONE),
        new Trial(PRUNE, Faults.storeGone(), before("Prune", "remove set SET"), GONE),
        new Trial(SETTLE_FORWARD, Faults.storeGone(), before("Walk", "journal"), GONE),
        new Trial(BACKUP, Faults.storeFull(), before("Capture", "capture database"), GONE, FULL),
        new Trial(BACKUP, Faults.storeFull(), before("Capture", "capture files"), GONE, FULL)
            .aborted(),
        new Trial(BACKUP, Faults.storeFull(), before("Backup", "preflight"), "NotEnoughSpace"),
        new Trial(RESTORE, Faults.storeFull(), before("Capture", "capture database"), GONE, FULL),
        new Trial(BACKUP, Faults.storeReadOnly(), before("Capture", "capture database"), GONE),
        new Trial(RESTORE, Faults.storeReadOnly(), before("CutOver", "journal"), GONE),
        new Trial(PRUNE, Faults.storeReadOnly(), before("Prune", "remove set SET"), GONE),
        Trial.fromTheBeginning(BACKUP, Faults.storeSlow()),
        Trial.fromTheBeginning(RESTORE, Faults.storeSlow()),
        Trial.fromTheBeginning(PRUNE, Faults.storeSlow()));
  }

  static List<Trial> room() {
    return List.of(
        new Trial(RESTORE, Faults.filesFull(), before("Restore", "stage files"), FULL),
        new Trial(RESTORE, Faults.filesFull(), before("Restore", "stage files"), FULL).aborted(),
        new Trial(BACKUP, Faults.filesFull(), before("Capture", "capture files")),
        new Trial(RECOVER, Faults.filesFull(), before("Recover", "stage files"), FULL),
        new Trial(RESTORE, Faults.serverFull(), before("Restore", "stage database"), FULL),
        new Trial(RESTORE, Faults.serverFull(), before("Restore", "stage database"), FULL)
            .aborted(),
        new Trial(BACKUP, Faults.serverFull(), before("Capture", "capture database")));
  }

  static List<Trial> clocksAndVersions() {
    var little = Duration.ofSeconds(20);
    var much = Duration.ofMinutes(10);
    return List.of(
        Trial.fromTheBeginning(BACKUP, Faults.clockAhead(much), "ClockSkew"),
        Trial.fromTheBeginning(RESTORE, Faults.clockAhead(much), "ClockSkew"),
        Trial.fromTheBeginning(RECOVER, Faults.clockAhead(much), "ClockSkew"),
        Trial.fromTheBeginning(PRUNE, Faults.clockAhead(much)),
        Trial.fromTheBeginning(BACKUP, Faults.clockAhead(little)),
        Trial.fromTheBeginning(RESTORE, Faults.clockAhead(little)),
        new Trial(
            RESTORE,
            Faults.clockJumps(much),
            Moment.endOf(new StepPoint("Restore", "who is alice", 1))),
        new Trial(
            RESTORE,
            Faults.newerWorker(),
            Moment.endOf(new StepPoint("Restore", "check staged copies", 1))),
        new Trial(RESTORE, Faults.newerWorker(), before("CutOver", "swap files")),
        new Trial(BACKUP, Faults.newerWorker(), before("Capture", "commit")),
        new Trial(SETTLE_FORWARD, Faults.newerWorker(), before("Walk", "take over journal")));
  }
}
