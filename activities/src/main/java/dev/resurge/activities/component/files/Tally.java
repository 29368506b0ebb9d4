package dev.resurge.activities.component.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.component.files.tar.TarEntry;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what stands in an archive. The fingerprint is {@code entries}, {@code files} (names of
 * files, further hard links included), {@code directories}, {@code symlinks}, {@code bytes} (of
 * contents as programs read them) and {@code digest}: sha256 over {@code listing.txt}.
 */
final class Tally {
  /** Whose files there are is told for this many owners; more are only counted. */
  private static final int OWNERS = 1000;

  private static final long BLOCK = 4096;
  private final MessageDigest digest = sha256();
  private final Map<String, Long> users = new TreeMap<>();
  private final Map<String, Long> groups = new TreeMap<>();
  private long entries;
  private long files;
  private long directories;
  private long symlinks;
  private long bytes;
  private long allocated;
  private long devices;
  private long privilegedAttributes;

  /** Counts one entry and its line. */
  void add(TarEntry entry, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.US_ASCII));
    entries++;
    switch (entry.type()) {
      case FILE, HARD_LINK -> files++;
      case DIRECTORY -> directories++;
      case SYMBOLIC_LINK -> symlinks++;
      case CHARACTER_DEVICE, BLOCK_DEVICE -> devices++;
      default -> {}
    }
    bytes += entry.size();
    allocated += entry.type() == TarEntry.Type.HARD_LINK ? 0 : roundUp(entry.stored());
    if (entry.attributes().keySet().stream().anyMatch(Tally::privileged)) {
      privilegedAttributes++;
    }
    count(users, entry.uid());
    count(groups, entry.gid());
  }

  private static long roundUp(long size) {
    return size == 0 ? BLOCK : (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static boolean privileged(String keyword) {
    return keyword.startsWith("SCHILY.xattr.trusted.")
        || keyword.startsWith("SCHILY.xattr.security.");
  }

  private static void count(Map<String, Long> owners, long id) {
    var key = Long.toString(id);
    owners.merge(owners.containsKey(key) || owners.size() < OWNERS ? key : "others", 1L, Long::sum);
  }

  /** Bytes counted so far. */
  long bytes() {
    return bytes;
  }

  /** Ends the counting; once only. */
  Fingerprint fingerprint() {
    return new Fingerprint(
        Map.of(
            "entries", Long.toString(entries),
            "files", Long.toString(files),
            "directories", Long.toString(directories),
            "symlinks", Long.toString(symlinks),
            "bytes", Long.toString(bytes),
            "digest", HexFormat.of().formatHex(digest.digest())));
  }

  /** What a restore wants to know beforehand; read again by {@link ArchiveFacts}. */
  ObjectNode facts() {
    var facts = Json.mapper().createObjectNode();
    facts.put("allocated", allocated);
    facts.put("devices", devices);
    facts.put("privilegedAttributes", privilegedAttributes);
    facts.set("users", Json.mapper().valueToTree(users));
    facts.set("groups", Json.mapper().valueToTree(groups));
    return facts;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
