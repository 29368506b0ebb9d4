package dev.resurge.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Small objects of a store, read whole. */
final class StoreFiles {
  /** No manifest comes near it; a bigger object is not ours and must not fill the heap. */
  private static final int MOST_BYTES = 64 << 20;

  private final ArtifactStore store;

  StoreFiles(ArtifactStore store) {
    this.store = store;
  }

  /** The object's bytes; empty if there is none of that key. */
  Optional<byte[]> read(String key) {
    try (var in = store.open(key)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw corrupt(key, "it is bigger than 64 MiB", null);
      }
      return Optional.of(bytes);
    } catch (NoSuchElementException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.STORE_UNAVAILABLE,
          "cannot read " + key + " in " + store.describe() + ": " + e.getMessage(),
          e);
    }
  }

  /** Replaces what is there. */
  void write(String key, byte[] content) {
    store.put(key, out -> out.write(content));
  }

  /**
   * Reads JSON of ours.
   *
   * @throws ResurgeException {@code SetCorrupt} naming the key
   */
  <T> T parse(String key, byte[] json, Class<T> type) {
    try {
      var value = Json.mapper().readValue(json, type);
      if (value == null) {
        throw corrupt(key, "it says null", null);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw corrupt(key, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw corrupt(key, String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads any JSON object, as {@link #parse} does. */
  JsonNode tree(String key, byte[] json) {
    var node = parse(key, json, JsonNode.class);
    if (!node.isObject()) {
      throw corrupt(key, "it is no JSON object", null);
    }
    return node;
  }

  /** What lies at the key cannot be used. */
  ResurgeException corrupt(String key, String problem, Exception cause) {
    return new ResurgeException(
        ErrorType.SET_CORRUPT,
        key + " in " + store.describe() + " cannot be read: " + problem,
        cause);
  }
}
