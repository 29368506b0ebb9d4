package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.TargetIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What the sample reports are made of: a library's sets, plan, steps and what people said. */
final class SampleParts {
  static final String DIGEST = "9f2c61be0d5a4f7a8c1e3b7d90a2466f5b1c8e7d3a0f9e2b4c6d8f1a3e5b7c9d";
  static final Person ALICE = new Person("alice", "cli", false);
  static final Person BOB = new Person("bob", "cli-signed", true);
  static final TargetIdentity DATABASE = new TargetIdentity("postgres-7449812231-16401");
  static final TargetIdentity FILES = new TargetIdentity("files-3d12aa-fe01-812");

  private SampleParts() {}

  static List<Step> restoreSteps() {
    return List.of(
        step("load runbook", null, 0, 40, Step.Outcome.DONE, null),
        step("preflight", null, 42, 1_390, Step.Outcome.DONE, "1 warning"),
        step("choose set", null, 1_391, 1_480, Step.Outcome.DONE, "20261121T030000Z-k3f9"),
        step("plan", null, 1_482, 1_800, Step.Outcome.DONE, "code R7K2-9QDX"),
        tried("safety backup", null, 1_802, 14_900, 1, "20261121T031502Z-s4fe"),
        tried("stage", "database", 14_910, 52_300, 2, "worker was lost, staged afresh"),
        step("stage", "files", 52_310, 59_700, Step.Outcome.DONE, "412 MB, 2,113 files"),
        step("verify staged copy", null, 59_710, 62_900, Step.Outcome.DONE, null),
        step("wait for approval", null, 63_000, 10_902_000, Step.Outcome.DONE, "approved by bob"),
        step("escalated", null, 963_000, 963_000, Step.Outcome.NOTE, "told carol"),
        step("quiesce", null, 10_902_300, 10_903_140, Step.Outcome.DONE, null),
        step("swap", "database", 10_903_142, 10_903_172, Step.Outcome.DONE, null),
        step("swap", "files", 10_903_173, 10_903_180, Step.Outcome.DONE, null),
        step("resume", null, 10_903_182, 10_904_300, Step.Outcome.DONE, null),
        step("check health", null, 10_904_302, 10_905_240, Step.Outcome.DONE, null),
        step("after restore", "reindex", 10_905_260, 10_909_700, Step.Outcome.DONE, null));
  }

  static List<DecisionRecord> decisions() {
    return List.of(
        new DecisionRecord(
            at(70_000),
            Decision.Kind.APPROVE,
            "R7K2-9QDX",
            Optional.empty(),
            ALICE,
            Optional.empty(),
            false,
            "refused: alice asked for the restore, another person must approve it"),
        new DecisionRecord(
            at(10_902_000),
            Decision.Kind.APPROVE,
            "R7K2-9QDX",
            Optional.empty(),
            BOB,
            Optional.of("Agreed with the librarian on call."),
            true,
            "approved, 1 of 1"));
  }

  static List<CheckResult> checks(boolean healthy) {
    return List.of(
        check("documents", "staged", true, ">= 200000", "200000", 41),
        check("tables", "staged", true, "document, author, tag", "all there", 12),
        check("health", "healthy", healthy, "200", healthy ? "200" : "500", healthy ? 902 : 30_000),
        check("documents", "healthy", true, ">= 200000", "200000", 38));
  }

  static CheckResult check(
      String name, String when, boolean passed, String expected, String actual, long millis) {
    return new CheckResult(
        name, when, passed, expected, actual, Duration.ofMillis(millis), Optional.empty());
  }

  static List<Retained> retained() {
    return List.of(
        new Retained(
            "database",
            "library_retained_7f2c",
            DATABASE,
            "replaced",
            run(Procedure.RESTORE),
            new ByteSize(900_000_000L)),
        new Retained(
            "files",
            "/srv/library/files.retained-7f2c",
            FILES,
            "replaced",
            run(Procedure.RESTORE),
            new ByteSize(275_000_000L)));
  }

  static Plan plan() {
    return new Plan(
        run(Procedure.RESTORE),
        "library",
        Optional.of(new SetId("20261121T030000Z-k3f9")),
        Optional.empty(),
        DIGEST,
        at(-900_000),
        Duration.ofSeconds(901),
        List.of(
            "database: the live data is 15 min 1 s newer than the set",
            "files: 4 files were changed since"),
        List.of(
            new Plan.ComponentPlan(
                "database",
                "postgres",
                "library",
                Optional.of(DATABASE),
                DATABASE,
                Strategy.SWAPPED,
                new ByteSize(900_000_000L),
                new ByteSize(1_700_000_000L)),
            new Plan.ComponentPlan(
                "files",
                "files",
                "/srv/library/files",
                Optional.of(FILES),
                FILES,
                Strategy.SWAPPED,
                new ByteSize(275_000_000L),
                new ByteSize(412_000_000L))),
        List.of("library"),
        List.of("documents", "tables", "health"),
        List.of("reindex"),
        "1 person other than the requester, authenticated",
        Duration.ofSeconds(60),
        List.of("files: the copy leaves 11.2 GB free"),
        DIGEST.replace('9', '3'),
        "R7K2-9QDX");
  }

  static SetSummary madeSet() {
    var labels = new TreeMap<String, String>();
    labels.put("git.branch", "main");
    labels.put("git.commit", "1c9fa20");
    return new SetSummary(
        new SetId("20261121T031501Z-m2bk"),
        "library",
        SetKind.SCHEDULED,
        labels,
        at(1_420),
        at(1_402),
        at(12_100),
        new ByteSize(612_000_000L),
        new ByteSize(2_112_000_000L),
        List.of("database", "files"),
        List.of("files: 1 file changed while it was read"),
        DIGEST,
        new TreeMap<>());
  }

  static SetSummary set() {
    var labels = new TreeMap<String, String>();
    labels.put("git.branch", "main");
    labels.put("git.commit", "1c9fa20");
    return new SetSummary(
        new SetId("20261121T030000Z-k3f9"),
        "library",
        SetKind.SCHEDULED,
        labels,
        at(-900_000),
        at(-900_300),
        at(-888_000),
        new ByteSize(612_000_000L),
        new ByteSize(2_112_000_000L),
        List.of("database", "files"),
        List.of("files: 1 file changed while it was read"),
        DIGEST,
        new TreeMap<>());
  }

  static SetSummary safetySet() {
    return new SetSummary(
        new SetId("20261121T031502Z-s4fe"),
        "library",
        SetKind.SAFETY,
        new TreeMap<>(),
        at(2_000),
        at(1_802),
        at(14_900),
        new ByteSize(401_000_000L),
        new ByteSize(1_175_000_000L),
        List.of("database", "files"),
        List.of(),
        DIGEST.replace('1', '7'),
        new TreeMap<>());
  }

  static Clocks requestedOnly() {
    return new Clocks(
        Optional.empty(),
        EvidenceSamples.REQUESTED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Step step(
      String name, String component, long start, Integer end, Step.Outcome how, String detail) {
    return new Step(
        name,
        Optional.ofNullable(component),
        at(start),
        Optional.ofNullable(end).map(SampleParts::at),
        1,
        how,
        Optional.ofNullable(detail));
  }

  static Step tried(
      String name, String component, long start, long end, int attempts, String detail) {
    return new Step(
        name,
        Optional.ofNullable(component),
        at(start),
        Optional.of(at(end)),
        attempts,
        Step.Outcome.DONE,
        Optional.of(detail));
  }

  static RunId run(Procedure procedure) {
    return new RunId("20261121T031500Z-" + procedure.id() + "-7f2c");
  }

  static Instant at(long millisAfterRequested) {
    return EvidenceSamples.REQUESTED.plusMillis(millisAfterRequested);
  }

  static Optional<Instant> some(long millis) {
    return Optional.of(at(millis));
  }
}
