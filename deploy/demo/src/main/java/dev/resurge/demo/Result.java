package dev.resurge.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resurge.scenery.LibraryClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * How a demo ended.
 *
 * @param before counted through the application just before the destruction
 * @param after counted through the application after the restore
 * @param report the HTML report
 */
record Result(
    Proof proof,
    LibraryClient.Counts before,
    LibraryClient.Counts after,
    boolean workerKilled,
    String report) {

  /** Whether everything is back and every objective was met. */
  boolean good() {
    return proof.outcome().equals("pass") && before.equals(after);
  }

  /** One line for scripts; what was not measured is null. */
  String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("outcome", proof.outcome());
    fields.put("rowsBefore", before.rows());
    fields.put("rowsAfter", after.rows());
    fields.put("filesBefore", before.files());
    fields.put("filesAfter", after.files());
    fields.put("downtimeSeconds", seconds(proof.downtime()));
    fields.put("requestedToHealthySeconds", seconds(proof.requestedToHealthy()));
    fields.put("recoveryPointSeconds", seconds(proof.recoveryPoint()));
    fields.put("workerKilled", workerKilled);
    fields.put("report", report);
    try {
      return new ObjectMapper().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write numbers and texts as JSON", e);
    }
  }

  private static Double seconds(Optional<Duration> duration) {
    return duration.map(d -> d.toMillis() / 1000.0).orElse(null);
  }
}
