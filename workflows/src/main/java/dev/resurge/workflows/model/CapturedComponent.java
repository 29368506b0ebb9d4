package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.List;

/**
 * What a capture of one component answers. Its manifest part lies in the store until the commit;
 * the digest proves that it is still the same then.
 */
public record CapturedComponent(
    String component,
    String attempt,
    String partSha256,
    Instant recoveryPoint,
    ByteSize raw,
    ByteSize stored,
    List<String> warnings) {
  public CapturedComponent {
    warnings = List.copyOf(warnings);
  }
}
