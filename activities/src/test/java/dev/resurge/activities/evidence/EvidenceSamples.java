package dev.resurge.activities.evidence;

import static dev.resurge.activities.evidence.SampleParts.BOB;
import static dev.resurge.activities.evidence.SampleParts.at;
import static dev.resurge.activities.evidence.SampleParts.checks;
import static dev.resurge.activities.evidence.SampleParts.decisions;
import static dev.resurge.activities.evidence.SampleParts.madeSet;
import static dev.resurge.activities.evidence.SampleParts.plan;
import static dev.resurge.activities.evidence.SampleParts.requestedOnly;
import static dev.resurge.activities.evidence.SampleParts.restoreSteps;
import static dev.resurge.activities.evidence.SampleParts.retained;
import static dev.resurge.activities.evidence.SampleParts.run;
import static dev.resurge.activities.evidence.SampleParts.safetySet;
import static dev.resurge.activities.evidence.SampleParts.set;
import static dev.resurge.activities.evidence.SampleParts.some;
import static dev.resurge.activities.evidence.SampleParts.step;
import static dev.resurge.activities.evidence.SampleParts.tried;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Trial.Outcome;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.procedure.Measures;
import dev.resurge.workflows.runbook.Objectives;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One believable report of each kind: a library with a database and a directory of files. */
public final class EvidenceSamples {
  private static final List<CheckResult> RULES =
      List.of(
          rule("a set of today", "store", true, Severity.CRITICAL, "data of 2026-11-21 (UTC)"),
          rule("number of sets", "store", false, Severity.MEDIUM, "9; is anything pruned?"));

  /** When every sample run began. */
  public static final Instant REQUESTED = Instant.parse("2026-11-21T03:15:00.412Z");

  private static final Objectives OBJECTIVES =
      new Objectives(
          Optional.of(Duration.ofHours(4)),
          Optional.of(Duration.ofHours(1)),
          Optional.of(Duration.ofSeconds(60)));

  private EvidenceSamples() {}

  /** One of every kind, for tests of what holds for all of them. */
  public static List<Evidence> all() {
    return List.of(
        passingRestore(),
        swappedBackRestore(),
        refusedRestore(),
        rejectedRestore(),
        backup(),
        verify(),
        drill(),
        failedDrill());
  }

  /** Declared, approved after three hours of waiting, swapped in 30 ms, every objective met. */
  public static Evidence passingRestore() {
    var clocks =
        new Clocks(
            Optional.of(at(-600_000)),
            REQUESTED,
            Optional.of(at(10_902_000)),
            Optional.of(at(62_900)),
            Optional.of(at(10_902_300)),
            Optional.of(at(10_903_180)),
            Optional.of(at(10_905_240)),
            Optional.of(at(10_909_800)));
    return new Draft(Procedure.RESTORE, Verdict.PASS)
        .summary(
            "Restored library to 21 November 03:00 UTC; it is healthy, after 2.9 s of downtime.")
        .reason("Half of the documents were deleted by a wrong script.")
        .set(set())
        .safetySet(safetySet())
        .plan(plan())
        .findings(
            List.of(
                Finding.warning(
                    ErrorType.NOT_ENOUGH_SPACE,
                    "files",
                    "The copy leaves 11.2 GB free on /srv, close to the 5 GB that must stay.")))
        .decisions(decisions())
        .steps(restoreSteps())
        .checks(checks(true))
        .retained(retained())
        .waitedFor(List.of("library/data, held by a Capture (running) for 4.1 s"))
        .clocks(clocks, Measures.of(clocks, some(-900_000), Duration.ofHours(3), OBJECTIVES))
        .ended(at(10_909_902))
        .evidence();
  }

  /** The application did not come up on the restored data, so the old data is live again. */
  public static Evidence swappedBackRestore() {
    var clocks =
        new Clocks(
            Optional.empty(),
            REQUESTED,
            Optional.of(at(95_000)),
            Optional.of(at(62_900)),
            Optional.of(at(95_400)),
            Optional.of(at(96_300)),
            Optional.empty(),
            Optional.empty());
    var steps = new java.util.ArrayList<>(restoreSteps().subList(0, 8));
    steps.addAll(
        List.of(
            step("wait for approval", null, 63_000, 95_000, Step.Outcome.DONE, "approved by bob"),
            step("quiesce", null, 95_400, 96_270, Step.Outcome.DONE, null),
            step("swap", "database", 96_272, 96_300, Step.Outcome.DONE, null),
            step("swap", "files", 96_300, 96_312, Step.Outcome.DONE, null),
            step("resume", null, 96_314, 97_400, Step.Outcome.DONE, null),
            step(
                "check health",
                null,
                97_402,
                127_500,
                Step.Outcome.FAILED,
                "health: expected 200, found 500"),
            step("stop again", null, 127_510, 128_400, Step.Outcome.DONE, null),
            step("swap back", "files", 128_410, 128_425, Step.Outcome.DONE, null),
            step("swap back", "database", 128_425, 128_470, Step.Outcome.DONE, null),
            step("resume", null, 128_480, 129_700, Step.Outcome.DONE, null),
            step("check health", null, 129_700, 130_900, Step.Outcome.DONE, null)));
    return new Draft(Procedure.RESTORE, Verdict.SWAPPED_BACK)
        .summary(
            "library was not healthy on the restored data, so its old data was swapped back; it is"
                + " live and healthy as before the restore.")
        .reason("Half of the documents were deleted by a wrong script.")
        .set(set())
        .safetySet(safetySet())
        .plan(plan())
        .decisions(decisions().subList(1, 2))
        .steps(steps)
        .checks(checks(false))
        .retained(
            List.of(
                new Retained(
                    "database",
                    "library_rejected_7f2c",
                    new TargetIdentity("postgres-7449812231-16990"),
                    "rejected",
                    run(Procedure.RESTORE),
                    new ByteSize(1_700_000_000L)),
                new Retained(
                    "files",
                    "/srv/library/files.rejected-7f2c",
                    new TargetIdentity("files-3d12aa-fe01-990"),
                    "rejected",
                    run(Procedure.RESTORE),
                    new ByteSize(412_000_000L))))
        .clocks(clocks, Measures.of(clocks, some(-900_000), Duration.ofSeconds(32), OBJECTIVES))
        .failure(
            ErrorType.CHECK_FAILED,
            "Asked http://127.0.0.1:8090/health for 30 s after the restart; it answered 500"
                + " 'relation \"document_search\" does not exist'.")
        .ended(at(131_040))
        .evidence();
  }

  /** Preflight found two things, all at once, and nothing was touched. */
  public static Evidence refusedRestore() {
    var clocks = requestedOnly();
    return new Draft(Procedure.RESTORE, Verdict.REFUSED)
        .summary("Preflight found 2 things that must be mended first.")
        .set(set())
        .findings(
            List.of(
                Finding.error(
                    ErrorType.NOT_ENOUGH_SPACE,
                    "database",
                    "The copy needs 3.4 GB and 5 GB must stay free; /var/lib/postgresql has 6.1"
                        + " GB."),
                Finding.error(
                    ErrorType.RIGHTS_MISSING,
                    "database",
                    "Role resurge_admin may not create databases on 127.0.0.1:5432:\n"
                        + "ALTER ROLE resurge_admin CREATEDB;"),
                Finding.warning(
                    ErrorType.CLOCK_SKEW,
                    "database",
                    "The server's clock is 4.2 s ahead of this machine's.")))
        .steps(
            List.of(
                step("load runbook", null, 0, 40, Step.Outcome.DONE, null),
                step("preflight", null, 42, 1_390, Step.Outcome.FAILED, "2 findings")))
        .clocks(clocks, Measures.of(clocks, Optional.empty(), Duration.ZERO, OBJECTIVES))
        .failure(ErrorType.PREFLIGHT_REFUSED, "Preflight of library found 2 errors.")
        .ended(at(1_460))
        .evidence();
  }

  /** A person said no while the run still waited. */
  public static Evidence rejectedRestore() {
    var clocks = requestedOnly();
    return new Draft(Procedure.RESTORE, Verdict.REJECTED)
        .summary("bob rejected the plan; the live data was not touched.")
        .set(set())
        .plan(plan())
        .decisions(
            List.of(
                new DecisionRecord(
                    at(31_000),
                    Decision.Kind.REJECT,
                    "R7K2-9QDX",
                    Optional.empty(),
                    BOB,
                    Optional.of("Wrong set: take the one from before the migration."),
                    true,
                    "rejected")))
        .steps(
            List.of(
                step("load runbook", null, 0, 40, Step.Outcome.DONE, null),
                step("preflight", null, 42, 1_390, Step.Outcome.DONE, null),
                step("plan", null, 1_392, 1_800, Step.Outcome.DONE, null),
                step("wait for approval", null, 1_800, null, Step.Outcome.WAITING, null)))
        .clocks(clocks, Measures.of(clocks, Optional.empty(), Duration.ZERO, OBJECTIVES))
        .failure(ErrorType.REJECTED, "bob (authenticated, by cli-signed) rejected plan R7K2-9QDX.")
        .ended(at(31_200))
        .evidence();
  }

  /** A scheduled backup with a remark. */
  public static Evidence backup() {
    var made = madeSet();
    var clocks = requestedOnly();
    return new Draft(Procedure.BACKUP, Verdict.PASS)
        .requester(new Person("nightly", "schedule", true))
        .summary("Backed up library as set 20261121T031501Z-m2bk: 2.1 GB in 612 MB.")
        .set(made)
        .steps(
            List.of(
                step("load runbook", null, 0, 38, Step.Outcome.DONE, null),
                step("preflight", null, 40, 900, Step.Outcome.DONE, null),
                step("before capture", "pause imports", 905, 1_400, Step.Outcome.DONE, null),
                tried("capture", "database", 1_402, 9_800, 2, "1.7 GB in 480 MB"),
                step("capture", "files", 9_802, 12_100, Step.Outcome.DONE, "412 MB in 132 MB"),
                step("after capture", "resume imports", 12_105, 12_300, Step.Outcome.DONE, null),
                step("commit", null, 12_302, 12_420, Step.Outcome.DONE, null),
                step("compare", null, 12_421, 12_460, Step.Outcome.DONE, "1 remark")))
        .notes(List.of("The set is 12 % smaller than the one before it."))
        .clocks(clocks, List.of())
        .ended(at(12_500))
        .evidence();
  }

  /** Every byte of a set read back. */
  public static Evidence verify() {
    var clocks = requestedOnly();
    return new Draft(Procedure.VERIFY, Verdict.PASS)
        .summary("Every byte of set 20261121T030000Z-k3f9 is what its manifest says.")
        .set(set())
        .steps(
            List.of(
                step("choose set", null, 0, 60, Step.Outcome.DONE, null),
                step("read back", "database", 62, 3_900, Step.Outcome.DONE, "480 MB"),
                step("read back", "files", 3_902, 5_020, Step.Outcome.DONE, "132 MB")))
        .checks(
            List.of(
                new CheckResult(
                    "signature",
                    "set",
                    true,
                    "a trusted signer",
                    "4f0c2a9b7d11e680",
                    Duration.ofMillis(3),
                    Optional.empty())))
        .clocks(clocks, List.of())
        .ended(at(5_100))
        .evidence();
  }

  /** Restored in 48 s, checked, removed again; a rule that is only a warning is broken. */
  public static Evidence drill() {
    var checks = new java.util.ArrayList<>(RULES);
    checks.addAll(checks(true).subList(0, 2));
    return new Draft(Procedure.DRILL, Verdict.PASS)
        .summary(
            "Set 20261121T030000Z-k3f9 can be restored. Restored and verified in 52.4 s; nothing"
                + " of the copies is left. Warnings: medium: number of sets: 9; is anything"
                + " pruned?")
        .reason("monthly restore test")
        .set(set())
        .steps(
            List.of(
                step("stage", "database", 900, 49_300, Step.Outcome.DONE, "library_rs7f2c, 900 MB"),
                step("stage", "files", 910, 12_000, Step.Outcome.DONE, "132 MB"),
                step(
                    "check staged copies",
                    null,
                    51_000,
                    52_400,
                    Step.Outcome.DONE,
                    "2 of 2 passed"),
                step("tear down", "database", 52_500, 52_800, Step.Outcome.DONE, null),
                step(
                    "prove nothing is left",
                    "database",
                    52_800,
                    52_900,
                    Step.Outcome.DONE,
                    "nothing"),
                step("tear down", "files", 52_900, 53_000, Step.Outcome.DONE, null),
                step(
                    "prove nothing is left",
                    "files",
                    53_000,
                    53_010,
                    Step.Outcome.DONE,
                    "nothing")))
        .checks(checks)
        .notes(List.of("medium: number of sets: 9; is anything pruned?"))
        .trial(
            new Trial(
                List.of(
                    part("database", Outcome.PASSED, "library_rs7f2c_k1", "900MB", 48_400),
                    part(
                        "files",
                        Outcome.PASSED,
                        "/srv/library/.files.resurge-7f2c-k1",
                        "132MB",
                        11_090)),
                Outcome.PASSED,
                Outcome.PASSED,
                Optional.of(Duration.ofMillis(48_400)),
                Optional.of(Duration.ofMillis(52_400)),
                List.of(),
                List.of(),
                new Trial.TearDown(List.of("database", "files"), List.of()),
                Optional.of(REQUESTED.plus(Duration.ofDays(30)))))
        .clocks(
            requestedOnly(),
            Measures.ofTrial(
                Optional.of(Duration.ofMillis(52_400)), some(-900_000), REQUESTED, OBJECTIVES))
        .ended(at(53_100))
        .evidence();
  }

  /** A count differs, and one copy could not be removed. */
  public static Evidence failedDrill() {
    var counted = "rows public.document expected 120000, found 119998";
    var left = "left of files: /srv/library/.files.resurge-7f2c-k1: Device or resource busy";
    return new Draft(Procedure.DRILL, Verdict.FAIL_INTEGRITY)
        .summary("Set 20261121T030000Z-k3f9 did not pass: " + counted)
        .set(set())
        .steps(
            List.of(
                step("stage", "database", 900, 49_300, Step.Outcome.DONE, "library_rs7f2c, 900 MB"),
                step("tear down", "files", 52_900, 53_000, Step.Outcome.FAILED, left)))
        .checks(RULES)
        .notes(List.of(counted, left))
        .trial(
            new Trial(
                List.of(
                    part("database", Outcome.PASSED, "library_rs7f2c_k1", "900MB", 48_400),
                    new Trial.Part(
                        "files",
                        Outcome.FAILED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                Outcome.FAILED,
                Outcome.NOT_DONE,
                Optional.of(Duration.ofMillis(48_400)),
                Optional.empty(),
                List.of(counted, left),
                List.of(ErrorType.VERIFICATION_FAILED.remedy(), "Remove by hand what is left."),
                new Trial.TearDown(List.of("database"), List.of(left)),
                Optional.of(REQUESTED.plus(Duration.ofDays(30)))))
        .clocks(
            requestedOnly(),
            Measures.ofTrial(Optional.empty(), some(-900_000), REQUESTED, OBJECTIVES))
        .ended(at(53_100))
        .evidence();
  }

  private static Trial.Part part(
      String component, Outcome restored, String place, String size, long millis) {
    return new Trial.Part(
        component,
        restored,
        Optional.of(place),
        Optional.of(ByteSize.parse(size)),
        Optional.of(Duration.ofMillis(millis)));
  }

  private static CheckResult rule(
      String name, String of, boolean passed, Severity severity, String actual) {
    return new CheckResult(
        name,
        of,
        passed,
        "as the runbook says",
        actual,
        Duration.ZERO,
        Optional.empty(),
        Optional.of(severity));
  }
}
