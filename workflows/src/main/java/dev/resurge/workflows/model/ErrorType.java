package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The one table of errors: the code that throws them, the exit codes of the command line and {@code
 * docs/errors.md} are all made from it. Names are stable: scripts and alerts match them.
 */
public enum ErrorType {
  RUNBOOK_INVALID(
      Kind.USER,
      2,
      "A runbook has errors; nothing was started.",
      "Run ./resurge validate FILE: it lists every error with file, line and path."),
  RUNBOOK_UNKNOWN(
      Kind.USER,
      2,
      "No runbook of that name is in the runbook folder.",
      "Name one of the systems the message lists, or add its file to the folder."),
  CONFIGURATION_INVALID(
      Kind.USER,
      2,
      "The installation's configuration cannot be used.",
      "Correct the named setting; ./resurge doctor checks the whole configuration."),
  INPUT_INVALID(
      Kind.USER, 2, "An argument or payload is malformed.", "Correct it as the message says."),
  SET_UNKNOWN(
      Kind.USER,
      2,
      "The store holds no such committed set.",
      "./resurge list sets SYSTEM shows what there is."),
  RUN_UNKNOWN(
      Kind.USER,
      2,
      "No run of that name is known to the store or to Temporal.",
      "./resurge list runs SYSTEM shows what there is."),
  PREFLIGHT_REFUSED(
      Kind.USER,
      3,
      "Preflight found what must be mended first; nothing was touched.",
      "Mend every finding listed, then start again."),
  TARGET_BUSY(
      Kind.USER,
      3,
      "Another run holds the system.",
      "Wait for the run named in the message, or cancel it."),
  TARGET_OWNED(
      Kind.USER,
      3,
      "The target belongs to another system or installation.",
      "Check that the runbook names the right target; the owner is in the message."),
  TARGET_FOREIGN(
      Kind.USER,
      3,
      "The target is no heir of the one the set was captured from.",
      "Choose a set of this target, or restore to a target that descends from the set's source."),
  TARGET_OCCUPIED(
      Kind.USER,
      3,
      "Something stands where data is to be built, and nothing is replaced there.",
      "Look whose it is; move or remove it, or name another place, then begin again. To replace live"
          + " data: ./resurge restore."),
  TARGET_CHANGED(
      Kind.USER,
      3,
      "The world differs from the plan and from every state a cut over passes through.",
      "Look at what the message found, put it right by hand, then decide retry or rollback."),
  JOURNAL_UNSETTLED(
      Kind.USER,
      3,
      "An earlier cut over never wrote how it ended.",
      "./resurge settle SYSTEM shows where things stand and walks forward or back."),
  PLAN_CHANGED(
      Kind.USER,
      3,
      "The approval or decision names another plan.",
      "Show the run, read its present plan, and use the code printed there."),
  APPROVAL_EXPIRED(
      Kind.USER,
      3,
      "Nobody approved in time; the live data was not touched.",
      "Start again when an approver is at hand, or raise approval.expiresAfter."),
  APPROVAL_REFUSED(
      Kind.USER,
      3,
      "The rules of approval refuse this answer.",
      "Read the rule in the message: usually another person must approve."),
  REJECTED(
      Kind.USER,
      7,
      "A person rejected the plan; the live data was not touched.",
      "Read the comment in the evidence."),
  ABORTED(
      Kind.USER,
      7,
      "A person ended the run.",
      "The evidence says what was done and what was undone."),
  NOT_ENOUGH_SPACE(
      Kind.EXTERNAL,
      3,
      "There is no room for the copy on the file system it would use.",
      "Free the room the message names, or lower the runbook's space rule if it is too careful."),
  VERSION_MISMATCH(
      Kind.EXTERNAL,
      3,
      "Versions do not fit: tools, server and archive.",
      "Install client tools of the server's version, or restore into a server as new as the archive's."),
  RIGHTS_MISSING(Kind.EXTERNAL, 3, "A right is missing.", "Grant what the message lists."),
  CLOCK_SKEW(
      Kind.EXTERNAL,
      3,
      "Clocks differ too much for honest times.",
      "Bring NTP in order on the machines the message names."),
  SET_CORRUPT(
      Kind.EXTERNAL,
      4,
      "A set's bytes are not what its manifest says.",
      "Use another set; check the store's disks; mark this set bad."),
  SET_FORGED(
      Kind.EXTERNAL,
      4,
      "The signature of a set or report does not hold, or its signer is not trusted.",
      "Treat the store as tampered with; if the signer is yours, add its public key to trust."),
  FORMAT_UNKNOWN(
      Kind.EXTERNAL,
      4,
      "The set or report was written in a newer format than this version reads.",
      "Use the version of Resurge that wrote it; a set has its own RESTORE.md as well."),
  KEY_WRONG(
      Kind.EXTERNAL,
      4,
      "None of the identities opens this set.",
      "Point keys.identities to the file whose recipient the message names."),
  ARCHIVE_UNSAFE(
      Kind.EXTERNAL,
      4,
      "An archive names a place outside the directory it is for.",
      "Treat the set as forged; nothing outside was written."),
  VERIFICATION_FAILED(
      Kind.EXTERNAL,
      4,
      "The restored copy is not what was counted at capture.",
      "Choose another set; the live data was not touched."),
  STORE_UNAVAILABLE(
      Kind.EXTERNAL,
      5,
      "The store does not answer or refuses to be written.",
      "Check the store's path, rights and room."),
  DATABASE_UNAVAILABLE(
      Kind.EXTERNAL,
      5,
      "The database server does not answer.",
      "Start the server, or correct host and port."),
  AUTHENTICATION_FAILED(
      Kind.EXTERNAL,
      5,
      "The database refuses the credentials.",
      "Correct the secret that the runbook refers to; its name is in the message."),
  TEMPORAL_UNAVAILABLE(
      Kind.EXTERNAL,
      5,
      "Temporal does not answer.",
      "Start it (./resurge up starts one on this machine), or correct temporal.address."),
  WORKER_MISSING(
      Kind.EXTERNAL,
      5,
      "No worker answers.",
      "Start one: ./resurge up; ./resurge worker in the foreground shows what it lacks."),
  SECRET_MISSING(
      Kind.EXTERNAL,
      5,
      "A referenced secret is not there.",
      "Set the environment variable or create the file that the message names, for the worker."),
  PROGRAM_MISSING(
      Kind.EXTERNAL,
      5,
      "A program is not installed where it is needed.",
      "Install the package that the message names."),
  FILES_UNAVAILABLE(
      Kind.EXTERNAL,
      5,
      "A file system failed or did not answer.",
      "Look at the disk or mount of the path in the message; the system's log says more."),
  PROGRAM_FAILED(
      Kind.EXTERNAL, 5, "A program ended with an error.", "Read its last lines in the message."),
  WORKLOAD_FAILED(
      Kind.EXTERNAL,
      5,
      "A workload did not stop or start as told.",
      "Read the workload's own log; the message has its last lines."),
  CHECK_FAILED(
      Kind.EXTERNAL,
      6,
      "The system was not healthy after the cut over.",
      "The old data is live again; the rejected copy is kept for a look."),
  CAPTURE_DISTURBED(
      Kind.EXTERNAL,
      5,
      "The schema kept changing while it was captured.",
      "Back up when no DDL runs, or use consistency: quiesced."),
  CUT_OVER_BUDGET(
      Kind.EXTERNAL,
      6,
      "The cut over took longer than its budget.",
      "Raise restore.cutOverBudget if the system honestly needs longer."),
  NOTICE_UNDELIVERED(
      Kind.EXTERNAL,
      5,
      "A notification could not be delivered; no run fails by it.",
      "Bring the service that the message names back; ./resurge notify test tries each channel."),
  NOTICE_REFUSED(
      Kind.EXTERNAL,
      5,
      "A notification was refused, and trying again would not help.",
      "Correct the channel in notifications.channels; ./resurge notify test tries each."),
  INTERNAL(Kind.INTERNAL, 1, "A defect in Resurge.", "Report it with the run's evidence.");

  /** Who can mend it. */
  public enum Kind {
    /** The person who asked. */
    USER,
    /** Whoever runs the machine, store or service concerned. */
    EXTERNAL,
    /** Resurge's developers. */
    INTERNAL
  }

  private final Kind kind;
  private final int exitCode;
  private final String meaning;
  private final String remedy;

  ErrorType(Kind kind, int exitCode, String meaning, String remedy) {
    this.kind = kind;
    this.exitCode = exitCode;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** Who can mend it. */
  public Kind kind() {
    return kind;
  }

  /** What the command line exits with. */
  public int exitCode() {
    return exitCode;
  }

  /** What happened, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** What to do next, in one sentence. */
  public String remedy() {
    return remedy;
  }

  /** The stable name in failures, evidence and documentation: {@code SetCorrupt}. */
  @JsonValue
  public String id() {
    var id = new StringBuilder();
    for (var word : name().split("_", -1)) {
      id.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return id.toString();
  }

  /** The type with that stable name; {@link #INTERNAL} for a name that is none of ours. */
  @JsonCreator
  public static ErrorType ofId(String id) {
    for (var type : values()) {
      if (type.id().equals(id)) {
        return type;
      }
    }
    return INTERNAL;
  }

  /**
   * Whether trying again without a change cannot help. Only what may pass by itself (a service that
   * is away, a disk that is full) is worth a retry.
   */
  public boolean permanent() {
    return switch (this) {
      case STORE_UNAVAILABLE,
          DATABASE_UNAVAILABLE,
          TEMPORAL_UNAVAILABLE,
          WORKER_MISSING,
          FILES_UNAVAILABLE,
          PROGRAM_FAILED,
          WORKLOAD_FAILED,
          CAPTURE_DISTURBED,
          NOTICE_UNDELIVERED,
          INTERNAL ->
          false;
      default -> true;
    };
  }
}
