package dev.resurge.worker.matrix;

import static dev.resurge.worker.matrix.Course.BACKUP;
import static dev.resurge.worker.matrix.Course.IN_PLACE;
import static dev.resurge.worker.matrix.Course.PRUNE;
import static dev.resurge.worker.matrix.Course.RECOVER;
import static dev.resurge.worker.matrix.Course.RESTORE;
import static dev.resurge.worker.matrix.Course.SETTLE_BACK;
import static dev.resurge.worker.matrix.Course.SETTLE_FORWARD;

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

  static Moment before(String workflow, String label) {
    return Moment.startOf(new StepPoint(workflow, label, 1));
  }

  static List<Trial> server() {
    return List.of(
        Trial.quiet(BACKUP, Faults.serverKilled(), before("Capture", "capture database")),
        Trial.retried(BACKUP, Faults.serverGone(), before("Capture", "capture database"), DOWN),
        Trial.quiet(BACKUP, Faults.serverHangs(), before("Capture", "capture database")),
        Trial.quiet(BACKUP, Faults.serverHangsLong(), before("Capture", "capture database")),
        Trial.quiet(RESTORE, Faults.serverKilled(), before("Restore", "stage database")),
        Trial.retried(RESTORE, Faults.serverGone(), before("Restore", "stage database"), DOWN),
        Trial.quiet(RESTORE, Faults.serverHangs(), before("Restore", "stage database")),
        Trial.quiet(RESTORE, Faults.serverKilled(), before("CutOver", "swap database")),
        Trial.quiet(RESTORE, Faults.serverHangs(), before("CutOver", "swap database")),
        Trial.quiet(RESTORE, Faults.serverHangsLong(), before("CutOver", "swap database")),
        Trial.quiet(RESTORE, Faults.serverKilled(), before("CutOver", "check health")),
        Trial.quiet(RESTORE, Faults.serverKilled(), before("CutOver", "retain old data database")),
        Trial.quiet(IN_PLACE, Faults.serverKilled(), before("Overwrite", "load database")),
        Trial.quiet(
            IN_PLACE, Faults.serverKilled(), before("Overwrite", "remove live data database")),
        Trial.quiet(RECOVER, Faults.serverKilled(), before("Recover", "stage database")),
        Trial.quiet(RECOVER, Faults.serverHangs(), before("CutOver", "swap database")),
        Trial.quiet(PRUNE, Faults.serverKilled(), before("Prune", "look at retained copies")),
        Trial.quiet(SETTLE_FORWARD, Faults.serverKilled(), before("Walk", "swap database")),
        Trial.retried(
            SETTLE_BACK,
            Faults.serverGone(),
            before("Walk", "swap back database"),
            "keeps failing",
            DOWN));
  }

  static List<Trial> store() {
    return List.of(
        Trial.quiet(BACKUP, Faults.storeGoneLong(), before("Capture", "capture database")),
        Trial.retried(BACKUP, Faults.storeGone(), before("Capture", "capture files"), GONE),
        Trial.aborted(BACKUP, Faults.storeGone(), before("Capture", "commit"), GONE),
        Trial.retried(RESTORE, Faults.storeGone(), before("Restore", "stage database"), GONE),
        Trial.retried(RESTORE, Faults.storeGone(), before("CutOver", "journal"), GONE),
        Trial.quiet(RESTORE, Faults.storeGoneLong(), before("CutOver", "quiesce")),
        Trial.wentBack(IN_PLACE, Faults.storeGone(), before("Overwrite", "load database"), GONE),
        Trial.retried(RECOVER, Faults.storeGone(), before("Recover", "stage files"), GONE),
        Trial.retried(PRUNE, Faults.storeGone(), before("Prune", "remove set SET"), GONE),
        Trial.retried(SETTLE_FORWARD, Faults.storeGone(), before("Walk", "journal"), GONE),
        Trial.retried(
            BACKUP, Faults.storeFull(), before("Capture", "capture database"), GONE, FULL),
        Trial.aborted(BACKUP, Faults.storeFull(), before("Capture", "capture files"), GONE, FULL),
        Trial.quiet(BACKUP, Faults.storeFull(), before("Backup", "evidence")),
        Trial.refused(BACKUP, Faults.storeFull(), before("Backup", "preflight"), "NotEnoughSpace"),
        Trial.retried(
            RESTORE, Faults.storeFull(), before("Capture", "capture database"), GONE, FULL),
        Trial.retried(BACKUP, Faults.storeReadOnly(), before("Capture", "capture database"), GONE),
        Trial.retried(RESTORE, Faults.storeReadOnly(), before("CutOver", "journal"), GONE),
        Trial.retried(PRUNE, Faults.storeReadOnly(), before("Prune", "remove set SET"), GONE),
        Trial.quiet(BACKUP, Faults.storeSlow()),
        Trial.quiet(RESTORE, Faults.storeSlow()),
        Trial.quiet(PRUNE, Faults.storeSlow()));
  }

  static List<Trial> room() {
    return List.of(
        Trial.retried(RESTORE, Faults.filesFull(), before("Restore", "stage files"), FULL),
        Trial.aborted(RESTORE, Faults.filesFull(), before("Restore", "stage files"), FULL),
        Trial.quiet(BACKUP, Faults.filesFull(), before("Capture", "capture files")),
        Trial.retried(RECOVER, Faults.filesFull(), before("Recover", "stage files"), FULL),
        Trial.retried(RESTORE, Faults.serverFull(), before("Restore", "stage database"), FULL),
        Trial.aborted(RESTORE, Faults.serverFull(), before("Restore", "stage database"), FULL),
        Trial.quiet(BACKUP, Faults.serverFull(), before("Capture", "capture database")));
  }

  static List<Trial> clocksAndVersions() {
    var little = Duration.ofSeconds(20);
    var much = Duration.ofMinutes(10);
    return List.of(
        Trial.refused(BACKUP, Faults.clockAhead(much), "ClockSkew"),
        Trial.refused(RESTORE, Faults.clockAhead(much), "ClockSkew"),
        Trial.refused(RECOVER, Faults.clockAhead(much), "ClockSkew"),
        Trial.quiet(PRUNE, Faults.clockAhead(much)),
        Trial.quiet(BACKUP, Faults.clockAhead(little)),
        Trial.quiet(RESTORE, Faults.clockAhead(little)),
        Trial.quiet(
            RESTORE,
            Faults.clockJumps(much),
            Moment.endOf(new StepPoint("Restore", "who is alice", 1))),
        Trial.quiet(
            RESTORE,
            Faults.newerWorker(),
            Moment.endOf(new StepPoint("Restore", "check staged copies", 1))),
        Trial.quiet(RESTORE, Faults.newerWorker(), before("CutOver", "swap files")),
        Trial.quiet(BACKUP, Faults.newerWorker(), before("Capture", "commit")),
        Trial.quiet(SETTLE_FORWARD, Faults.newerWorker(), before("Walk", "take over journal")));
  }
}
