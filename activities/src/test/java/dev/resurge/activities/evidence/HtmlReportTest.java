package dev.resurge.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final String SHA = "ab".repeat(32);
  private final HtmlReport report = new HtmlReport();

  @Test
  void theSamePageIsRenderedInEveryTimeZoneAndLanguage() {
    var here = render(EvidenceSamples.passingRestore());
    var language = Locale.getDefault();
    var zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));

      assertThat(render(EvidenceSamples.passingRestore())).isEqualTo(here);
    } finally {
      Locale.setDefault(language);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void aPageLoadsNothingAndRunsNothing() {
    for (var sample : EvidenceSamples.all()) {
      var page = render(sample);

      assertThat(page)
          .doesNotContainPattern("(?i)<script|<link|<img|<iframe|@import| src=| on\\w+=");
      assertThat(matches("href=\"([^\"]*)\"", page)).containsOnly("#grid");
      assertThat(matches("url\\(([^)]*)\\)", page)).containsOnly("#hatch");
      assertThat(page).contains("default-src 'none'; style-src 'unsafe-inline'");
    }
  }

  @Test
  void otherPeoplesTextNeverBecomesMarkup() {
    var page = render(HostileSample.evidence());

    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;alert(&#39;x&#39;)");
    assertThat(page).contains("Größe → 文");
    assertThat(page).doesNotContain("\u202e").doesNotContain("\u0000").doesNotContain("\u001b");
  }

  @Test
  void theVerdictAndSummaryComeFirst() {
    var page = render(EvidenceSamples.swappedBackRestore());

    assertThat(page.indexOf("Swapped back: the old data is live"))
        .isPositive()
        .isLessThan(page.indexOf("What ended the run"));
    assertThat(page).contains("class=\"tone-warn\"");
  }

  @Test
  void whatWasNotMeasuredIsNeverShownAsMet() {
    var unmeasured =
        new Draft(Procedure.RESTORE, Verdict.PASS)
            .clocks(
                SampleParts.requestedOnly(),
                List.of(
                    Measure.of("taken", Optional.of(Duration.ofSeconds(2)), Optional.empty()),
                    new Measure(
                        "lied",
                        Optional.empty(),
                        Optional.of(Duration.ofHours(1)),
                        Optional.of(true))))
            .evidence();

    assertThat(render(unmeasured))
        .contains("<span class=\"not-measured\">not measured</span>, objective 1 h")
        .doesNotContain("class=\"met\"");
  }

  @Test
  void metAndMissedAreToldApart() {
    var measured =
        new Draft(Procedure.RESTORE, Verdict.FAIL_OBJECTIVE)
            .clocks(
                SampleParts.requestedOnly(),
                List.of(
                    measure("quick", Duration.ofSeconds(60)),
                    measure("slow", Duration.ofSeconds(61))))
            .evidence();

    assertThat(render(measured))
        .contains("<span class=\"met\">met</span>, objective 1 min")
        .contains("<span class=\"missed\">missed</span>, objective 1 min");
  }

  @Test
  void sectionsWithoutContentAreNotShown() {
    assertThat(headings(render(EvidenceSamples.backup())))
        .containsExactly("Timeline", "What was backed up", "Steps", "Notes", "About this report");
    assertThat(headings(render(EvidenceSamples.verify())))
        .containsExactly(
            "Timeline", "The set that was read back", "Checks", "Steps", "About this report");
    assertThat(headings(render(EvidenceSamples.refusedRestore())))
        .containsExactly(
            "What ended the run: PreflightRefused",
            "What preflight found",
            "Timeline",
            "The chosen set",
            "Steps",
            "About this report");
  }

  @Test
  void aCompleteRestoreShowsEverySection() {
    assertThat(headings(render(EvidenceSamples.passingRestore())))
        .containsExactly(
            "Timeline",
            "What was given up",
            "What was restored",
            "The safety set, made of the live data before",
            "What was kept",
            "The plan",
            "What preflight found",
            "Approvals and decisions",
            "Checks",
            "Steps",
            "Who was waited for",
            "About this report");
  }

  @Test
  void theWayBackNamesTheSafetySet() {
    assertThat(render(EvidenceSamples.passingRestore()))
        .contains("./resurge restore library --set 20261121T031502Z-s4fe");
    assertThat(render(EvidenceSamples.swappedBackRestore()))
        .doesNotContain("./resurge restore library --set");
  }

  @Test
  void aRefusedAttemptToApproveIsShownWithHowWellItsAuthorIsKnown() {
    assertThat(render(EvidenceSamples.passingRestore()))
        .containsSubsequence(
            "alice",
            "claimed",
            "refused: alice asked for the restore, another person must approve it");
  }

  @Test
  void onlyARunThatNeverStoppedAnythingIsSaidToHaveTouchedNothing() {
    assertThat(render(EvidenceSamples.rejectedRestore()))
        .contains("The live data was not touched.");
    var stopped =
        new Draft(Procedure.RESTORE, Verdict.REFUSED)
            .steps(List.of(SampleParts.step("quiesce", null, 0, 10, Step.Outcome.DONE, null)))
            .evidence();
    assertThat(render(stopped)).doesNotContain("The live data was not touched.");
    assertThat(render(EvidenceSamples.swappedBackRestore()))
        .doesNotContain("The live data was not touched.");
    assertThat(render(HostileSample.evidence())).doesNotContain("The live data was not touched.");
  }

  @Test
  void thePageNamesTheJsonItWasMadeFrom() {
    assertThat(render(EvidenceSamples.backup()))
        .contains("<meta name=\"resurge-json-sha256\" content=\"" + SHA + "\">")
        .contains("0123456789abcdef");
  }

  private String render(Evidence evidence) {
    return report.render(evidence, SHA, "0123456789abcdef");
  }

  private static Measure measure(String name, Duration actual) {
    return Measure.of(name, Optional.of(actual), Optional.of(Duration.ofSeconds(60)));
  }

  private static List<String> headings(String page) {
    return matches("<h2>([^<]*)</h2>", page);
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
  }
}
