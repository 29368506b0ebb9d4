package dev.resurge.starter.testing;

import dev.resurge.starter.runs.RunRef;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.runs.Transfer;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Expected;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.model.TransferProgress;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The restore of a library at a quarter past three, at several of its moments. */
public final class Samples {
  public static final Instant BEGAN = Instant.parse("2026-11-21T03:15:00Z");
  public static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");
  public static final SetId SET = new SetId("20261121T020000Z-k3f9");
  public static final String CODE = "7F2C-9A";
  public static final RunRef REF =
      new RunRef(Procedure.RESTORE, "library", Optional.of("temporal-run"));

  private Samples() {}

  public static Plan plan() {
    return new Plan(
        RUN,
        "library",
        Optional.of(SET),
        Optional.empty(),
        "ab".repeat(32),
        Instant.parse("2026-11-21T02:00:00Z"),
        Duration.ofMinutes(75),
        List.of(
            "database: 4102 rows of public.document are newer than the set",
            "files: 12 files are not in the set"),
        List.of(
            new Plan.ComponentPlan(
                "database",
                "postgres",
                "library",
                Optional.of(new TargetIdentity("postgres-7449812231-16401")),
                new TargetIdentity("postgres-7449812231-16401"),
                Strategy.SWAPPED,
                ByteSize.parse("1.7GB"),
                ByteSize.parse("1.6GB"))),
        List.of("app"),
        List.of("health", "documents"),
        List.of(),
        "one approval; whoever asked may give it",
        Duration.ofSeconds(60),
        List.of("the set lies in clear"),
        "cd".repeat(32),
        CODE);
  }

  public static Step step(
      String name, String component, int from, int to, Step.Outcome outcome, String detail) {
    return new Step(
        name,
        Optional.of(component).filter(c -> !c.isEmpty()),
        BEGAN.plusSeconds(from),
        to < 0 ? Optional.empty() : Optional.of(BEGAN.plusSeconds(to)),
        1,
        outcome,
        Optional.of(detail).filter(d -> !d.isEmpty()));
  }

  public static List<Step> steps() {
    return List.of(
        step("preflight", "", 0, 1, Step.Outcome.DONE, ""),
        step("plan", "", 1, 2, Step.Outcome.DONE, "plan " + CODE),
        step("safety backup", "database", 2, 14, Step.Outcome.DONE, ""),
        step("stage", "database", 14, -1, Step.Outcome.RUNNING, ""));
  }

  public static Forecast forecast() {
    return new Forecast(
        List.of(
            new Expected(
                "staging and verifying", Duration.ofSeconds(170), Duration.ofMinutes(6), 4),
            new Expected("downtime", Duration.ofMillis(800), Duration.ofMillis(2_300), 3)),
        List.of(new Expected("stage database", Duration.ofSeconds(150), Duration.ofMinutes(5), 4)));
  }

  public static Status status(
      Optional<Plan> plan, Optional<Question> question, List<DecisionRecord> decisions) {
    return new Status(
        RUN,
        Procedure.RESTORE,
        "library",
        "staging",
        steps(),
        plan,
        question,
        decisions,
        List.of(),
        List.of(),
        List.of(),
        forecast(),
        Optional.empty());
  }

  public static RunState state(Status status) {
    return new RunState(
        REF,
        BEGAN,
        Optional.empty(),
        "running",
        Optional.of("staging"),
        Optional.of(status),
        List.of(),
        RunState.Worker.ANSWERS);
  }

  public static RunState planned() {
    return state(status(Optional.of(plan()), Optional.empty(), List.of()));
  }

  public static RunState transferring(long done, int seconds) {
    return new RunState(
        REF,
        BEGAN,
        Optional.empty(),
        "running",
        Optional.of("staging"),
        Optional.of(status(Optional.empty(), Optional.empty(), List.of())),
        List.of(
            new Transfer(
                "5",
                "Stage",
                1,
                Optional.of(new TransferProgress("data-0", done, 1_000_000_000L)),
                Optional.empty())),
        RunState.Worker.ANSWERS);
  }

  public static RunState withoutWorker(RunState.Worker worker) {
    return new RunState(
        REF,
        BEGAN,
        Optional.empty(),
        "running",
        Optional.of("staging"),
        Optional.empty(),
        List.of(),
        worker);
  }

  public static RunState ended() {
    return new RunState(
        REF,
        BEGAN,
        Optional.of(BEGAN.plusSeconds(90)),
        "completed",
        Optional.empty(),
        Optional.of(status(Optional.of(plan()), Optional.empty(), List.of(approved("alice")))),
        List.of(),
        RunState.Worker.ANSWERS);
  }

  public static DecisionRecord approved(String name) {
    return new DecisionRecord(
        BEGAN.plusSeconds(20),
        Decision.Kind.APPROVE,
        CODE,
        Optional.empty(),
        new Person(name, "cli", false),
        Optional.empty(),
        true,
        "approved");
  }

  public static RunState parked(String code) {
    return state(
        status(
            Optional.empty(),
            Optional.of(
                new Question(
                    Question.Kind.PARKED,
                    code,
                    "stage of database failed five times: pg_restore ended with 1",
                    List.of("retry", "abort"),
                    BEGAN.plusSeconds(30))),
            List.of()));
  }

  public static Clocks clocks() {
    return new Clocks(
        Optional.empty(),
        BEGAN,
        Optional.of(BEGAN.plusSeconds(20)),
        Optional.of(BEGAN.plusSeconds(80)),
        Optional.of(BEGAN.plusSeconds(81)),
        Optional.of(BEGAN.plusMillis(81_200)),
        Optional.of(BEGAN.plusMillis(82_500)),
        Optional.of(BEGAN.plusSeconds(85)));
  }

  public static RunResult result(Verdict verdict) {
    return new RunResult(
        Optional.of(RUN),
        Optional.of(verdict),
        "library is back to 20261121T020000Z-k3f9",
        Optional.of(SET),
        Optional.of("library/evidence/" + RUN),
        Optional.empty(),
        clocks(),
        Optional.empty());
  }

  public static Evidence evidence() {
    return new Evidence(
        1,
        RUN,
        Procedure.RESTORE,
        "library",
        "here",
        "0.1.0",
        Verdict.PASS,
        "library is back to 20261121T020000Z-k3f9",
        new Person("alice", "cli", false),
        Optional.empty(),
        "ef".repeat(32),
        Optional.empty(),
        Optional.empty(),
        Optional.of(plan()),
        List.of(),
        List.of(approved("alice")),
        List.of(step("preflight", "", 0, 1, Step.Outcome.DONE, "")),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        clocks(),
        List.of(Measure.of("downtime", Optional.empty(), Optional.of(Duration.ofSeconds(10)))),
        Optional.empty(),
        BEGAN.plusSeconds(90));
  }
}
