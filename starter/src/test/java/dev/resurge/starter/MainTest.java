package dev.resurge.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resurge.starter.archive.Archive.ArchivedSet;
import dev.resurge.starter.command.Globals;
import dev.resurge.starter.runs.Delivery;
import dev.resurge.starter.runs.RunRef;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.testing.FakeArchive;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.FakeWorld;
import dev.resurge.starter.testing.Samples;
import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.DrillInput;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.model.VerifyInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MainTest {
  private static final Path EXAMPLE = Path.of("../runbooks/library.yaml");

  @TempDir Path folder;
  private final FakeTerminal terminal = new FakeTerminal(true);
  private final FakeRuns runs = new FakeRuns().ends(Samples.result(Verdict.PASS));
  private final FakeArchive archive = new FakeArchive();

  @BeforeEach
  void writeTheRunbook() throws IOException {
    Files.createDirectories(folder.resolve("runbooks"));
    Files.copy(EXAMPLE, folder.resolve("runbooks/library.yaml"));
  }

  private int run(String... arguments) {
    return new Main(new FakeWorld(folder, terminal, runs, archive), new Globals()).run(arguments);
  }

  private JsonNode json() throws IOException {
    assertThat(terminal.out()).hasSize(1);
    return Json.mapper().readTree(terminal.out().getFirst());
  }

  @ParameterizedTest
  @EnumSource(ErrorType.class)
  void everyTypeOfErrorHasItsExitCodeAndSaysWhatToDoNext(ErrorType type) {
    runs.fails(type);

    assertThat(run("watch", "library")).isEqualTo(type.exitCode());
    assertThat(terminal.errorText())
        .isEqualTo("error: trying something on something: it failed\n  next: " + type.remedy());
    assertThat(terminal.out()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void everyVerdictHasItsExitCode(Verdict verdict) {
    runs.looks(Samples.ended()).ends(Samples.result(verdict));

    assertThat(run("restore", "library", "--yes")).isEqualTo(verdict.exitCode());
  }

  @Test
  void anErrorWithOutputJsonIsOneObject() throws IOException {
    runs.fails(ErrorType.TEMPORAL_UNAVAILABLE);

    assertThat(run("watch", "library", "-o", "json")).isEqualTo(5);
    assertThat(json().at("/error/type").asText()).isEqualTo("TemporalUnavailable");
    assertThat(json().at("/error/exitCode").asInt()).isEqualTo(5);
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheNearestOne() {
    assertThat(run("bakup", "library")).isEqualTo(2);
    assertThat(terminal.errorText()).startsWith("error: ").contains("Did you mean backup");
  }

  @Test
  void aRestoreTakesSetReasonAndDeclaredTime() {
    runs.looks(Samples.ended());

    run("restore", "library", "--set", Samples.SET.value(), "--declared", "10m ago", "--yes");

    assertThat(runs.inputs())
        .singleElement()
        .isInstanceOfSatisfying(
            RestoreInput.class,
            input -> {
              assertThat(input.set()).isEqualTo(Samples.SET.value());
              assertThat(input.declared()).contains(Instant.parse("2026-11-21T03:06:00Z"));
              assertThat(input.requester().orElseThrow().describe())
                  .isEqualTo("alice (claimed, by cli)");
            });
  }

  @Test
  void aMistypedRunToGoBackToIsAUsersMistake() {
    assertThat(run("restore", "library", "--from-retained", "No Run"))
        .isEqualTo(ErrorType.INPUT_INVALID.exitCode());
    assertThat(terminal.errorText()).startsWith("error: ").contains("No Run");
    assertThat(runs.inputs()).isEmpty();
  }

  @Test
  void aRestoreEndsWithOneObjectForScripts() throws IOException {
    runs.looks(Samples.planned(), Samples.ended());

    assertThat(run("restore", "library", "--yes", "--output", "json")).isZero();
    assertThat(json().get("outcome").asText()).isEqualTo("pass");
    assertThat(json().get("downtimeSeconds").asDouble()).isEqualTo(1.5);
    assertThat(json().get("requestedToHealthySeconds").asDouble()).isEqualTo(82.5);
    assertThat(json().get("declaredToHealthySeconds").isNull()).isTrue();
  }

  @Test
  void aBackupBeforeADeploymentPutsNothingButTheSetOnStdout() {
    runs.looks(Samples.ended());

    assertThat(run("backup", "library", "--pre-deploy", "--label", "version=2.1")).isZero();

    assertThat(terminal.out()).containsExactly(Samples.SET.value());
    assertThat(runs.inputs())
        .singleElement()
        .isInstanceOfSatisfying(
            BackupInput.class,
            input -> {
              assertThat(input.kind()).isEqualTo(SetKind.PREDEPLOY);
              assertThat(input.labels()).containsEntry("version", "2.1");
            });
  }

  @Test
  void aBackupOnChangeThatIsQuietPutsNothingButTheSetOnStdout() {
    runs.looks(Samples.ended());

    assertThat(run("backup", "library", "--if-changed", "--quiet")).isZero();

    assertThat(terminal.out()).containsExactly(Samples.SET.value());
    assertThat(runs.inputs())
        .singleElement()
        .isInstanceOfSatisfying(
            BackupInput.class,
            input -> {
              assertThat(input.ifChanged()).isTrue();
              assertThat(input.kind()).isEqualTo(SetKind.MANUAL);
            });
  }

  @Test
  void aBackupThatDidNotPassPutsNoSetOnStdout() {
    runs.looks(Samples.ended()).ends(Samples.result(Verdict.FAIL_INTEGRITY));

    assertThat(run("backup", "library", "--pre-deploy")).isEqualTo(4);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void aDrillTakesSetAndComponents() {
    runs.looks(Samples.ended()).ends(Samples.result(Verdict.FAIL_OBJECTIVE));

    assertThat(run("drill", "library", "--set", Samples.SET.value(), "--only", "files,database"))
        .isEqualTo(8);

    assertThat(runs.inputs())
        .singleElement()
        .isInstanceOfSatisfying(
            DrillInput.class,
            input -> {
              assertThat(input.set()).isEqualTo(Samples.SET.value());
              assertThat(input.only()).containsExactly("files", "database");
            });
  }

  @Test
  void verifyTakesALevel() {
    runs.looks(Samples.ended());

    run("verify", "library");
    run("verify", "library", "--level", "restore");

    assertThat(runs.inputs())
        .extracting(input -> ((VerifyInput) input).level())
        .containsExactly(VerifyInput.Level.CHECKSUM, VerifyInput.Level.RESTORE);
    assertThat(run("verify", "library", "--level", "everything")).isEqualTo(2);
    assertThat(terminal.errorText()).contains("checksum, restore");
  }

  @Test
  void noWaitStartsOnly() {
    assertThat(run("backup", "library", "--no-wait")).isZero();
    assertThat(String.join("\n", terminal.out())).contains("./resurge watch library backup");
  }

  @Test
  void aSystemThatHasNoRunbookIsRefusedBeforeAnythingIsAsked() {
    assertThat(run("backup", "libary")).isEqualTo(2);
    assertThat(terminal.errorText()).contains("'libary'", "known are library");
    assertThat(runs.inputs()).isEmpty();
  }

  @Test
  void approvingWithACodeSendsItUnasked() {
    runs.looks(Samples.planned());

    assertThat(run("approve", "library", Samples.CODE, "--comment", "go", "--as", "bob")).isZero();
    assertThat(runs.decisions())
        .singleElement()
        .satisfies(d -> {
          assertThat(d.by()).isEqualTo("bob");
          assertThat(d.comment()).contains("go");
          assertThat(d.kind()).isEqualTo(Decision.Kind.APPROVE);
        });
  }

  @Test
  void approvingWithoutACodeShowsThePlanAndAsks() {
    runs.looks(Samples.planned());
    terminal.type("library");

    assertThat(run("approve", "library")).isZero();
    assertThat(terminal.progressText()).containsSubsequence("gives up", "to approve this plan");
    assertThat(runs.decisions()).hasSize(1);
  }

  @Test
  void aWrongNameApprovesNothing() {
    runs.looks(Samples.planned());
    terminal.type("yes");

    assertThat(run("approve", "library")).isEqualTo(2);
    assertThat(runs.decisions()).isEmpty();
  }

  @Test
  void nobodyAgreesToAPlanUnread() {
    runs.looks(Samples.planned());
    terminal.type("library");

    assertThat(run("approve", "library", "--yes")).isEqualTo(2);
    assertThat(runs.decisions()).isEmpty();
  }

  @Test
  void aWrongCodeIsSentSoThatEvidenceShowsTheAttempt() {
    runs.looks(Samples.planned());
    runs.delivers(new Delivery.Answered(new DecisionAnswer(false, "refused: another plan")));

    assertThat(run("approve", "library", "OLD")).isEqualTo(ErrorType.APPROVAL_REFUSED.exitCode());
    assertThat(terminal.out()).containsExactly("✗ refused: another plan");
  }

  @Test
  void withoutAWorkerAnAnswerIsRecordedAndSaidToBe() {
    runs.looks(Samples.planned()).delivers(new Delivery.Recorded());

    assertThat(run("reject", "library", Samples.CODE)).isZero();
    assertThat(terminal.out().getFirst()).contains("recorded", "one will take it when one is back");
  }

  @Test
  void decidingFindsTheQuestionsCode() {
    runs.looks(Samples.parked("Q7"));

    assertThat(run("decide", "library", "retry")).isZero();
    assertThat(runs.decisions()).extracting(Decision::code).containsExactly("Q7");
  }

  @Test
  void decidingWhenNothingIsAskedSaysSo() {
    runs.looks(Samples.planned());

    assertThat(run("decide", "library", "retry")).isEqualTo(2);
    assertThat(terminal.errorText()).contains("asks anything just now");
  }

  @Test
  void cancelIsADecisionToAbortThatNamesTheRun() {
    runs.looks(Samples.planned());

    assertThat(run("cancel", "library")).isZero();
    assertThat(runs.decisions())
        .singleElement()
        .satisfies(d -> {
          assertThat(d.choice()).contains("abort");
          assertThat(d.code()).isEqualTo(Samples.RUN.value());
        });
    assertThat(runs.cancelled()).isFalse();
  }

  @Test
  void cancelByForceGoesThroughTemporal() {
    runs.looks(Samples.planned());

    assertThat(run("cancel", "library", "restore", "--force")).isZero();
    assertThat(runs.cancelled()).isTrue();
  }

  @Test
  void showReadsARunThatGoesOnAndAnEndedOne() {
    runs.looks(Samples.parked("Q1"));
    assertThat(run("show", "library")).isZero();
    assertThat(String.join("\n", terminal.out()))
        .contains("stage database", "./resurge decide library retry --code Q1");
  }

  @Test
  void showReadsEvidenceWhenNothingGoesOn() {
    archive.with(Samples.evidence());

    assertThat(run("show", Samples.RUN.value())).isZero();
    assertThat(String.join("\n", terminal.out()))
        .contains("verdict     pass", "downtime: not measured, objective 10.0 s")
        .doesNotContain("met");
  }

  @Test
  void listRunsServesWithoutTemporal() throws IOException {
    archive.with(Samples.evidence());
    runs.fails(ErrorType.TEMPORAL_UNAVAILABLE);

    assertThat(run("list", "runs", "library", "-o", "json")).isZero();
    assertThat(json().at("/runs/0/outcome").asText()).isEqualTo("pass");
    assertThat(terminal.errorText()).contains("runs that go on are not shown");
  }

  @Test
  void listSetsNeverHidesWhatCannotBeRead() {
    archive.with(
        new ArchivedSet(
            Samples.SET, Optional.empty(), Optional.of("SetForged: the signature does not hold")));

    assertThat(run("list", "sets", "library")).isZero();
    assertThat(String.join("\n", terminal.out()))
        .contains(Samples.SET.value(), "BAD: SetForged: the signature does not hold");
  }

  @Test
  void aReportIsWrittenWithAllThatProvesIt() {
    archive.with(Samples.evidence());
    var out = folder.resolve("r.html");

    assertThat(run("report", "library", "--out", out.toString())).isZero();
    assertThat(out).hasContent("html of " + Samples.RUN);
    assertThat(folder.resolve("r.json")).exists();
    assertThat(folder.resolve("r.sig")).exists();
  }

  @Test
  void verifyingAReportAsksForNothingButItsFile() throws IOException {
    var file = folder.resolve("r.html");
    Files.writeString(file, "not a report");
    assertThat(run("report", "verify", file.toString())).isEqualTo(2);
    assertThat(terminal.errorText()).contains("r.html").doesNotContain("WHAT");
    assertThat(run("report")).isEqualTo(2);
  }

  @Test
  void validatePrintsEveryErrorWithItsPlaceAndExitsWithTwo() throws IOException {
    var broken = folder.resolve("broken.yaml");
    Files.writeString(broken, "apiVersion: resurge.dev/v1\nkind: Rumbook\nsurprise: 1\n");

    assertThat(run("validate", broken.toString())).isEqualTo(2);
    assertThat(terminal.out()).anySatisfy(l -> assertThat(l).contains("broken.yaml:2:"));
    assertThat(terminal.out()).anySatisfy(l -> assertThat(l).contains("broken.yaml:3:"));
    assertThat(run("validate", folder.resolve("runbooks/library.yaml").toString())).isZero();
  }

  @Test
  void keysAreMadeOnceAndNeverOverwritten() {
    var keys = folder.resolve("keys").toString();

    assertThat(run("keys", "new", "--dir", keys)).isZero();
    assertThat(String.join("\n", terminal.out())).contains("age1").doesNotContain("SECRET");
    assertThat(run("keys", "new", "--dir", keys)).isEqualTo(2);
    assertThat(terminal.errorText()).contains("never overwritten");
  }

  @Test
  void anAnswerIsSignedWithAPersonsKey() {
    runs.looks(Samples.planned());
    var keys = folder.resolve("keys");
    run("keys", "person", "alice", "--dir", keys.toString());

    run("approve", "library", Samples.CODE, "--key", keys + "/people/alice.key");

    assertThat(runs.decisions())
        .singleElement()
        .satisfies(d -> assertThat(d.signature()).isPresent());
  }

  @Test
  void doctorExaminesEverythingThoughTemporalIsAway() {
    runs.fails(ErrorType.TEMPORAL_UNAVAILABLE);

    assertThat(run("doctor")).isNotZero();
    assertThat(terminal.out()).anySatisfy(l -> assertThat(l).startsWith("ok   runbook library"));
    assertThat(terminal.out()).anySatisfy(l -> assertThat(l).startsWith("fail store of library"));
    assertThat(terminal.out()).anySatisfy(l -> assertThat(l).startsWith("fail Temporal"));
  }

  private static RunState pruned(boolean stays) {
    var fate =
        new SetFate(
            Samples.SET,
            stays,
            "manual",
            Optional.of(Samples.BEGAN),
            new ByteSize(1_000_000),
            List.of("last: number 8 of its group, 7 stay", "daily: another one is newer"),
            List.of());
    var status =
        new Status(
            Samples.RUN,
            Procedure.PRUNE,
            "library",
            "done",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(fate),
            Forecast.NONE,
            Optional.empty());
    return new RunState(
        new RunRef(Procedure.PRUNE, "library", Optional.of("temporal-run")),
        Samples.BEGAN,
        Optional.of(Samples.BEGAN.plusSeconds(1)),
        "completed",
        Optional.empty(),
        Optional.of(status),
        List.of(),
        RunState.Worker.ANSWERS);
  }

  private List<Boolean> dryRuns() {
    return runs.inputs().stream().map(input -> ((PruneInput) input).dryRun()).toList();
  }

  @Test
  void aDryRunShowsEverySetWithAllReasonsAndAsksNothing() {
    runs.looks(pruned(false));

    assertThat(run("prune", "library", "--dry-run")).isZero();
    assertThat(dryRuns()).containsExactly(true);
    assertThat(terminal.out().getFirst()).startsWith("SET").endsWith("WHY");
    assertThat(terminal.out().get(1))
        .startsWith(Samples.SET.value())
        .contains("manual", "goes  last: number 8 of its group, 7 stay");
    assertThat(terminal.out().get(2)).endsWith("  daily: another one is newer");
    assertThat(terminal.progressText()).doesNotContain("Type the system's name");
  }

  @Test
  void aPruneShowsWhatGoesAndAsksBeforeItRemoves() {
    runs.looks(pruned(false));
    terminal.hesitate().type("library");

    assertThat(run("prune", "library")).isZero();
    assertThat(dryRuns()).containsExactly(true, false);
    assertThat(terminal.progressText())
        .containsSubsequence(
            "goes  last: number 8", "Type the system's name, library, to remove 1 set (1.0 MB): ");
  }

  @Test
  void anythingButTheNameRemovesNothing() {
    runs.looks(pruned(false));
    terminal.type("yes");

    assertThat(run("prune", "library")).isEqualTo(7);
    assertThat(dryRuns()).containsExactly(true);
    assertThat(terminal.out()).containsExactly("Nothing was removed.");
  }

  @Test
  void whoHasLeftRemovesNothing() {
    runs.looks(pruned(true));

    assertThat(run("prune", "library")).isEqualTo(7);
    assertThat(dryRuns()).containsExactly(true);
    assertThat(terminal.progressText()).contains("to remove no set, but what crashed runs left");
  }

  @Test
  void aPruneThatIsToldYesAsksNothing() throws IOException {
    runs.looks(pruned(false));

    assertThat(run("prune", "library", "--yes", "-o", "json")).isZero();
    assertThat(dryRuns()).containsExactly(false);
    assertThat(json().at("/sets/0/stays").asBoolean(true)).isFalse();
    assertThat(json().at("/sets/0/why/1").asText()).isEqualTo("daily: another one is newer");
  }

  @Test
  void aDryRunThatIsRefusedAsksNothing() {
    runs.looks(pruned(false)).ends(Samples.result(Verdict.REFUSED));
    terminal.type("library");

    assertThat(run("prune", "library")).isEqualTo(3);
    assertThat(dryRuns()).containsExactly(true);
  }

  @Test
  void whereNobodySitsPruneMustBeToldWhatIsMeant() {
    var script = new FakeTerminal(false);
    runs.looks(pruned(false));

    assertThat(
            new Main(new FakeWorld(folder, script, runs, archive), new Globals())
                .run("prune", "library"))
        .isEqualTo(2);
    assertThat(script.errorText()).contains("--yes", "--dry-run");
    assertThat(runs.inputs()).isEmpty();
  }
}
