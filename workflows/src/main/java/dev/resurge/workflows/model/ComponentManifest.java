package dev.resurge.workflows.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * One component's part of a set's manifest.
 *
 * @param target what it was captured from
 * @param recoveryPoint the moment the data is of, by the data's own clock
 * @param facts what its driver needs to restore it (server version, encoding, owner …)
 * @param warnings what a person should know, such as files that changed while they were read
 */
public record ComponentManifest(
    String name,
    String type,
    TargetIdentity target,
    Instant recoveryPoint,
    JsonNode facts,
    Fingerprint fingerprint,
    List<Artifact> artifacts,
    List<String> warnings) {
  public ComponentManifest {
    artifacts = List.copyOf(artifacts);
    warnings = List.copyOf(warnings);
  }

  /** Size as stored. */
  public ByteSize stored() {
    return new ByteSize(artifacts.stream().mapToLong(Artifact::bytes).sum());
  }

  /** Size before encoding. */
  public ByteSize raw() {
    return new ByteSize(artifacts.stream().mapToLong(Artifact::rawBytes).sum());
  }
}
