package dev.resurge.activities.spi;

import java.io.InputStream;
import java.util.List;

/**
 * A place for objects by key. Keys are relative paths with {@code /}; an object appears whole or
 * not at all. All methods throw {@code StoreUnavailable} when the place does not answer.
 */
public interface ArtifactStore {
  /** For messages: {@code filesystem /var/backups}. */
  String describe();

  /** Writes an object from what {@code body} writes, durably; replaces one that is there. */
  long put(String key, ArtifactWriter.Body body);

  /** Writes an object only if there is none of that key; whether it was written. */
  boolean putIfAbsent(String key, byte[] content);

  /**
   * Opens an object.
   *
   * @throws java.util.NoSuchElementException if there is none of that key
   */
  InputStream open(String key);

  /** Whether there is an object of that key. */
  boolean exists(String key);

  /** The keys below a prefix that ends with {@code /}, sorted, with their sizes. */
  List<Entry> list(String prefix);

  /** Names of the folders directly below a prefix that ends with {@code /} or is empty, sorted. */
  List<String> folders(String prefix);

  /** Removes an object; does nothing if there is none. */
  void delete(String key);

  /**
   * Removes every object below a prefix that ends with {@code /}, and what writers that died left
   * there where the place knows such a thing. Nobody may be writing there who is still wanted.
   */
  default void deleteAll(String prefix) {
    list(prefix).forEach(entry -> delete(entry.key()));
  }

  /** Bytes free for new objects; {@code Long.MAX_VALUE} where the place does not say. */
  long free();

  /** One stored object. */
  record Entry(String key, long bytes) {}
}
