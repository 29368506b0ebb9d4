package dev.resurge.worker.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.worker.world.Night;
import dev.resurge.worker.world.TestTemporal;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A night of many systems on one worker, all of whose backups Temporal begins together: each is
 * made, none is left out, and the worker's memory has a bound. {@code -Dlab.systems=500} tries as
 * many; the figures are printed as one JSON object.
 */
class NightE2E {
  private static final int SYSTEMS = Integer.getInteger("lab.systems", 40);

  /** Bounded by the worker's slots, not by the number of systems: {@code docs/performance.md}. */
  private static final long MOST_MEBIBYTES = 640;

  @Test
  void everySystemIsBackedUpAndNoneIsLeftOut() throws JsonProcessingException {
    assertThat(TestTemporal.program())
        .as("the lab's Temporal: ./resurge test --lab temporal")
        .isPresent();
    try (var night = new Night(SYSTEMS)) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("systems", SYSTEMS);
      night.startWorker();
      long begin = System.nanoTime();
      night.applySchedules();
      figures.put("applySeconds", seconds(begin));
      long midnight = System.nanoTime();
      night.fall();
      figures.put("triggerSeconds", seconds(midnight));
      night.awaitMorning(Duration.ofMinutes(2).plusSeconds(6L * SYSTEMS));
      double took = seconds(midnight);
      figures.put("seconds", took);
      figures.put("systemsPerMinute", Math.round(SYSTEMS / took * 60));
      figures.put("peakMebibytes", night.peakMebibytes());

      assertAllAreBackedUp(night, figures);
      System.out.println(Json.mapper().writeValueAsString(figures));
      assertNoneWasLeftOut(night);
      assertThat(night.peakMebibytes()).isLessThan(MOST_MEBIBYTES);
    }
  }

  private static double seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
  }

  private static void assertAllAreBackedUp(Night night, Map<String, Object> figures) {
    var reports =
        night.systems().stream()
            .flatMap(system -> {
              var archive = night.archive(system);
              assertThat(archive.sets()).as(system).hasSize(1);
              assertThat(archive.rows(archive.sets().getFirst().set(), "note")).isEqualTo(100);
              return archive.evidences().stream();
            })
            .toList();
    assertThat(reports)
        .hasSize(night.systems().size())
        .allMatch(evidence -> evidence.verdict() == Verdict.PASS);
    figures.put("longestWaitSeconds", longest(reports, "preflight"));
    figures.put("longestCaptureSeconds", longest(reports, "capture"));
    var sizes = night.historySizes();
    figures.put("largestHistoryBytes", sizes.stream().max(Comparator.naturalOrder()).orElse(0L));
    figures.put("allHistoriesBytes", sizes.stream().mapToLong(Long::longValue).sum());
  }

  private static double longest(List<Evidence> reports, String step) {
    return reports.stream()
        .flatMap(evidence -> evidence.steps().stream())
        .filter(done -> done.name().equals(step) && done.end().isPresent())
        .mapToDouble(NightE2E::length)
        .max()
        .orElse(0);
  }

  private static double length(Step step) {
    return Duration.between(step.start(), step.end().orElseThrow()).toMillis() / 1000.0;
  }

  private static void assertNoneWasLeftOut(Night night) {
    assertThat(night.schedules())
        .hasSize(night.systems().size())
        .allMatch(kept -> kept.last().isPresent())
        .allMatch(kept -> kept.skipped() == 0 && kept.missed() == 0);
    assertThat(night.log()).doesNotContain(" ERROR ", "too many clients");
  }
}
