package dev.resurge.activities.evidence;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.ArtifactWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;

/** A store in memory that remembers in which order objects were written. */
class MemoryStore implements ArtifactStore {
  final SortedMap<String, byte[]> objects = new TreeMap<>();
  final List<String> written = new ArrayList<>();

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public long put(String key, ArtifactWriter.Body body) {
    var out = new ByteArrayOutputStream();
    try {
      body.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    objects.put(key, out.toByteArray());
    written.add(key);
    return out.size();
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    if (objects.putIfAbsent(key, content.clone()) != null) {
      return false;
    }
    written.add(key);
    return true;
  }

  @Override
  public InputStream open(String key) {
    if (!objects.containsKey(key)) {
      throw new NoSuchElementException(key);
    }
    return new ByteArrayInputStream(objects.get(key));
  }

  @Override
  public boolean exists(String key) {
    return objects.containsKey(key);
  }

  @Override
  public List<Entry> list(String prefix) {
    return objects.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .map(e -> new Entry(e.getKey(), e.getValue().length))
        .toList();
  }

  @Override
  public List<String> folders(String prefix) {
    return objects.keySet().stream()
        .filter(k -> k.startsWith(prefix) && k.indexOf('/', prefix.length()) > 0)
        .map(k -> k.substring(prefix.length(), k.indexOf('/', prefix.length())))
        .distinct()
        .toList();
  }

  @Override
  public void delete(String key) {
    objects.remove(key);
  }

  @Override
  public long free() {
    return Long.MAX_VALUE;
  }

  /** Changes one bit in the middle of an object. */
  void damage(String key) {
    var bytes = Arrays.copyOf(objects.get(key), objects.get(key).length);
    bytes[bytes.length / 2] ^= 1;
    objects.put(key, bytes);
  }
}
