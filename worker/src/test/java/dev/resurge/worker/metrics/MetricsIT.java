package dev.resurge.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.spi.Poll;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a real worker serves at {@code /metrics} while real runs come and go. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class MetricsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void everyNameInTheRulesTheDashboardAndTheDocumentationIsServed() {
    try (var world = start()) {
      world.backup();
      world.expect(Verdict.PASS, world.runs().drill());
      world.expect(Verdict.PASS, world.runs().restore().approve());
      world.runs().restore().awaitWaiting("wait for approval");
      awaitLine(world, "resurge_waiting{", "question=\"approval\"");
      awaitLine(world, "temporal_request_total{");
      System.gc();
      awaitLine(world, "jvm_gc_pause_seconds_count{");
      var served = new TreeSet<>(names(world));
      world.temporal().kill();
      awaitLine(world, "resurge_temporal_up 0.0");
      awaitLine(world, "temporal_long_request_failure_total{");
      served.addAll(names(world));
      world.temporal().startAgain();

      assertThat(served).containsAll(MonitoringFiles.metrics());
    }
  }

  @Test
  void aRunIsCountedOnceAndItsSystemStandsAsItLeftIt() throws IOException {
    try (var world = start()) {
      var system = "system=\"" + world.system() + "\"";
      awaitLine(world, "resurge_temporal_up 1.0");
      awaitLine(world, "resurge_ready{" + system + "} 0.0");
      assertThat(names(world)).doesNotContain("resurge_backup_age_seconds", "resurge_waiting");

      world.backup();
      world.backup();
      world.expect(Verdict.PASS, world.runs().drill());

      awaitLine(world, "resurge_ready{" + system + "} 1.0");
      awaitLine(world, "resurge_systems 1.0");
      assertThat(lines(world))
          .contains(
              "resurge_runs_total{procedure=\"backup\"," + system + ",verdict=\"pass\"} 2.0",
              "resurge_runs_total{procedure=\"drill\"," + system + ",verdict=\"pass\"} 1.0",
              "resurge_run_duration_seconds_count{procedure=\"backup\"," + system + "} 2",
              "resurge_step_duration_seconds_count{procedure=\"backup\",step=\"commit\"} 2",
              "resurge_backup_objective_seconds{" + system + "} 86400.0",
              "resurge_look_failed{" + system + "} 0.0");
      assertThat(value(world, "resurge_backup_age_seconds{" + system + "}")).isBetween(0.0, 300.0);
      assertThat(value(world, "resurge_recovery_seconds{" + system + "}")).isPositive();

      Files.delete(world.runbooks().resolve(world.system() + ".yaml"));

      awaitLine(world, "resurge_systems 0.0");
      assertThat(lines(world))
          .filteredOn(line -> line.startsWith("resurge_"))
          .noneMatch(line -> line.contains(system));
    }
  }

  @Test
  void aBackupThatWasMissedWhileNoWorkerRanIsSeenAtTheFirstLookOfTheNextOne() {
    try (var world = start()) {
      var age = "resurge_backup_age_seconds{system=\"" + world.system() + "\"}";
      world.backup();
      awaitLine(world, age);
      assertThat(value(world, age)).isLessThan(86_400);

      world.changeWorker(false, Oddities.NONE.ahead(Duration.ofHours(25)));

      awaitLine(world, age);
      assertThat(value(world, age)).isGreaterThan(86_400);
      awaitLine(world, "resurge_ready{system=\"" + world.system() + "\"} 0.0");
    }
  }

  private static World start() {
    var world = World.start(Setting.STANDARD.withItsOwnTemporal().withWatchfulWorker());
    world.runbook(standard -> standard.with("objectives", "rpo: 24h\nrto: 1h"));
    return world;
  }

  private static Stream<String> read(World world) {
    return world.ask("/metrics").lines().filter(line -> !line.startsWith("#"));
  }

  private static List<String> lines(World world) {
    return read(world).toList();
  }

  /** Of series, and of what several of them make up, such as a summary. */
  private static Set<String> names(World world) {
    return world
        .ask("/metrics")
        .lines()
        .filter(line -> !line.startsWith("# HELP"))
        .map(line -> line.replace("# TYPE ", "").split("[{ ]", 2)[0])
        .collect(Collectors.toSet());
  }

  private static double value(World world, String series) {
    return read(world)
        .filter(line -> line.startsWith(series + " "))
        .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitLine(World world, String beginning, String... parts) {
    assertThat(
            Poll.until(
                SOON,
                Duration.ofMillis(100),
                () ->
                    read(world)
                        .anyMatch(line ->
                            line.startsWith(beginning)
                                && Stream.of(parts).allMatch(line::contains))))
        .as(beginning + " in " + world.ask("/metrics"))
        .isTrue();
  }
}
