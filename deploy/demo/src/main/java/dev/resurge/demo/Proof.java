package dev.resurge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resurge.scenery.SceneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What the evidence of the restore says.
 *
 * @param run names the run
 * @param outcome the verdict
 * @param downtime from the stop of the application until it was healthy; empty if not measured
 * @param requestedToHealthy from the command until it was healthy
 * @param recoveryPoint how old the restored data was when the restore was asked for
 */
record Proof(
    String run,
    String outcome,
    Optional<Duration> downtime,
    Optional<Duration> requestedToHealthy,
    Optional<Duration> recoveryPoint) {

  /**
   * Reads the newest evidence of a restore.
   *
   * @param folder the system's evidence in the store
   */
  static Proof newestIn(Path folder) throws SceneException, IOException {
    return read(new ObjectMapper().readTree(Files.readString(newest(folder))));
  }

  private static Path newest(Path folder) throws SceneException, IOException {
    if (!Files.isDirectory(folder)) {
      throw new SceneException("there is no evidence in " + folder);
    }
    try (var files = Files.list(folder)) {
      // the names of runs begin with their time
      return files
          .filter(file -> file.getFileName().toString().matches(".*-restore-....\\.json"))
          .max(Comparator.comparing(file -> file.getFileName().toString()))
          .orElseThrow(() -> new SceneException("there is no evidence of a restore in " + folder));
    }
  }

  static Proof read(JsonNode evidence) {
    var clocks = evidence.path("clocks");
    var requested = instant(clocks.path("requested"));
    var healthy = instant(clocks.path("healthy"));
    return new Proof(
        evidence.path("run").asText(),
        evidence.path("verdict").asText(),
        between(instant(clocks.path("quiesced")), healthy),
        between(requested, healthy),
        between(
            instant(evidence.path("set").path("recoveryPoint")),
            instant(clocks.path("declared")).or(() -> requested)));
  }

  private static Optional<Duration> between(Optional<Instant> from, Optional<Instant> to) {
    return from.flatMap(start -> to.map(end -> Duration.between(start, end)));
  }

  private static Optional<Instant> instant(JsonNode node) {
    return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
  }

  /** Copies the report's forms out of the store; answers where the one for people is. */
  Path copyReport(Path folder, Path target) throws SceneException, IOException {
    try (var files = Files.list(folder)) {
      for (var file :
          files.filter(f -> f.getFileName().toString().startsWith(run + ".")).toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    var page = target.resolve(run + ".html");
    if (!Files.exists(page)) {
      throw new SceneException("the run's evidence in " + folder + " has no HTML report");
    }
    return page;
  }
}
