package dev.resurge.activities.store;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.ArtifactWriter;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Hands everything on and remembers in which order keys were written. */
class RecordingStore implements ArtifactStore {
  private final ArtifactStore store;
  private final List<String> written = new ArrayList<>();

  RecordingStore(ArtifactStore store) {
    this.store = store;
  }

  List<String> written() {
    return List.copyOf(written);
  }

  @Override
  public String describe() {
    return store.describe();
  }

  @Override
  public long put(String key, ArtifactWriter.Body body) {
    written.add(key);
    return store.put(key, body);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    written.add(key);
    return store.putIfAbsent(key, content);
  }

  @Override
  public InputStream open(String key) {
    return store.open(key);
  }

  @Override
  public boolean exists(String key) {
    return store.exists(key);
  }

  @Override
  public List<Entry> list(String prefix) {
    return store.list(prefix);
  }

  @Override
  public List<String> folders(String prefix) {
    return store.folders(prefix);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public long free() {
    return store.free();
  }
}
