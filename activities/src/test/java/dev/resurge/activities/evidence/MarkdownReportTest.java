package dev.resurge.activities.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Evidence;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
  private final MarkdownReport report = new MarkdownReport();

  @Test
  void theSameEvidenceGivesTheSameText() {
    for (var sample : EvidenceSamples.all()) {
      assertThat(render(sample)).isEqualTo(new MarkdownReport().render(sample, "ab", "01"));
    }
  }

  @Test
  void everyTableRowHasAsManyCellsAsItsHeadingWhateverTheTextSays() {
    var samples = new java.util.ArrayList<>(EvidenceSamples.all());
    samples.add(HostileSample.evidence());
    for (var sample : samples) {
      int cells = 0;
      for (var line : render(sample).lines().toList()) {
        if (!line.startsWith("|")) {
          cells = 0;
        } else if (cells == 0) {
          cells = cells(line);
        } else {
          assertThat(cells(line)).as(line).isEqualTo(cells);
        }
      }
    }
  }

  @Test
  void otherPeoplesTextNeverBecomesMarkup() {
    var text = render(HostileSample.evidence());

    assertThat(text).doesNotContainPattern("(?<!\\\\)<script").doesNotContain(" *bold*");
    assertThat(text).contains("\\<script\\>alert('x')\\</script\\>", "Größe → 文<br>next");
    assertThat(text).doesNotContain("\u202e").doesNotContain("\u001b");
  }

  @Test
  void namesStayReadable() {
    assertThat(render(EvidenceSamples.passingRestore()))
        .contains("| database | library_retained_7f2c | replaced | 900 MB |");
  }

  @Test
  void sectionsWithoutContentAreNotShown() {
    assertThat(headings(EvidenceSamples.backup()))
        .containsExactly("What was backed up", "Steps", "Notes", "About this report");
  }

  @Test
  void aDrillShowsTheFieldsOfARestoreTestReport() {
    assertThat(render(EvidenceSamples.drill()))
        .contains("monthly restore test", "Asked for by")
        .contains("| database | passed | library_rs7f2c_k1 | 900 MB | 48.4 s |")
        .contains("- Data verification: passed", "- The runbook's checks: passed")
        .contains("- Restored, verified and checked in: 52.4 s", "- Next due (UTC): 2026-12-21")
        .contains("not found: the copies of database, files")
        .contains("| number of sets | store | failed, medium |");
    assertThat(render(EvidenceSamples.failedDrill()))
        .contains("| files | failed | – | – | – |", "- Data verification: failed")
        .contains("- The runbook's checks: not done", "checked in: not measured")
        .contains("- Issue: rows public.document", "- To do: ", "- Left: left of files");
  }

  @Test
  void sectionsAreSetApartByOneEmptyLine() {
    for (var sample : EvidenceSamples.all()) {
      assertThat(render(sample)).doesNotContain("\n\n\n").doesNotContainPattern("[^\n]\n#");
    }
  }

  private String render(Evidence evidence) {
    return report.render(evidence, "ab", "01");
  }

  private List<String> headings(Evidence evidence) {
    return render(evidence)
        .lines()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring(3))
        .toList();
  }

  private static int cells(String row) {
    return (int) CELL_END.matcher(row).results().count();
  }
}
