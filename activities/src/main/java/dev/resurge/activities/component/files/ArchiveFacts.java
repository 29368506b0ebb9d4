package dev.resurge.activities.component.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/**
 * What a manifest says of a captured directory besides its fingerprint.
 *
 * @param path where it was
 * @param tar which program packed it
 * @param allocated about how many bytes a restored copy takes on disk
 * @param devices how many device files there are
 * @param privilegedAttributes how many entries have attributes that only root may set
 * @param users how many entries each user id owns; {@code others} beyond the first thousand
 * @param groups the same for group ids
 */
record ArchiveFacts(
    String path,
    String tar,
    long allocated,
    long devices,
    long privilegedAttributes,
    Map<String, Long> users,
    Map<String, Long> groups) {

  /** As it stands in the manifest. */
  static ObjectNode of(Path path, String tar, Tally tally) {
    var facts = tally.facts();
    facts.put("path", path.toString());
    facts.put("tar", tar);
    return facts;
  }

  /**
   * @throws ResurgeException {@code SetCorrupt} if the manifest's facts are of another form
   */
  static ArchiveFacts of(ComponentManifest manifest) {
    try {
      return Json.mapper().treeToValue(manifest.facts(), ArchiveFacts.class);
    } catch (JsonProcessingException e) {
      throw new ResurgeException(
          ErrorType.SET_CORRUPT,
          "the manifest's facts of " + manifest.name() + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  /** How many entries belong to users other than {@code mine}. */
  static long foreign(Map<String, Long> owners, Collection<String> mine) {
    return owners.entrySet().stream()
        .filter(owner -> !mine.contains(owner.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
