package dev.resurge.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.procedure.Measures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EvidenceDocumentTest {
  @Test
  void everyFieldOfAReportIsExplained() throws IOException {
    var page = page();

    assertThat(
            Stream.of(
                    Evidence.class,
                    Evidence.Failure.class,
                    Clocks.class,
                    Measure.class,
                    Person.class,
                    SetSummary.class,
                    Plan.class,
                    Plan.ComponentPlan.class,
                    Finding.class,
                    DecisionRecord.class,
                    Step.class,
                    CheckResult.class,
                    Trial.class,
                    Trial.Part.class,
                    Trial.TearDown.class,
                    BroughtPart.class,
                    Retained.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(component -> "`" + component.getName() + "`"))
        .allSatisfy(name -> assertThat(page).contains(name));
  }

  @Test
  void everyVerdictIsListedWithItsExitCode() throws IOException {
    var page = page();

    for (var verdict : Verdict.values()) {
      assertThat(page).contains("| `" + verdict.id() + "` | " + verdict.exitCode() + " |");
    }
  }

  @Test
  void everyMeasureIsDefined() throws IOException {
    assertThat(page())
        .contains(
            "| `" + Measures.DECLARED_TO_HEALTHY + "` |",
            "| `" + Measures.REQUESTED_TO_HEALTHY + "` |",
            "| `" + Measures.WITHOUT_WAITING + "` |",
            "| `" + Measures.DOWNTIME + "` |",
            "| `" + Measures.RECOVERY_POINT + "` |");
  }

  @Test
  void errorsBearTheirStableNamesInTheFileToo() {
    assertThat(new String(Json.pretty(EvidenceSamples.refusedRestore()), StandardCharsets.UTF_8))
        .contains("\"severity\" : \"error\"", "\"type\" : \"NotEnoughSpace\"")
        .contains("\"type\" : \"PreflightRefused\"")
        .doesNotContain("NOT_ENOUGH_SPACE");
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "evidence.md"));
  }
}
