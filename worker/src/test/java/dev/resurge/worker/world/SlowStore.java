package dev.resurge.worker.world;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.ArtifactWriter;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A store behind a bad line: every operation waits first, and every block that passes. */
final class SlowStore implements ArtifactStore {
  private final ArtifactStore store;
  private final Duration delay;

  SlowStore(ArtifactStore store, Duration delay) {
    this.store = store;
    this.delay = delay;
  }

  private ArtifactStore slowly() {
    pause();
    return store;
  }

  private void pause() {
    var until = System.nanoTime() + delay.toNanos();
    for (var left = delay.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public String describe() {
    return store.describe();
  }

  @Override
  public long put(String key, ArtifactWriter.Body body) {
    return slowly().put(key, out -> body.writeTo(new SlowOutput(out)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return slowly().putIfAbsent(key, content);
  }

  @Override
  public InputStream open(String key) {
    return new SlowInput(slowly().open(key));
  }

  @Override
  public boolean exists(String key) {
    return slowly().exists(key);
  }

  @Override
  public List<Entry> list(String prefix) {
    return slowly().list(prefix);
  }

  @Override
  public List<String> folders(String prefix) {
    return slowly().folders(prefix);
  }

  @Override
  public void delete(String key) {
    slowly().delete(key);
  }

  @Override
  public void deleteAll(String prefix) {
    slowly().deleteAll(prefix);
  }

  @Override
  public long free() {
    return slowly().free();
  }

  private final class SlowOutput extends FilterOutputStream {
    SlowOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      pause();
      out.write(bytes, from, count);
    }
  }

  private final class SlowInput extends FilterInputStream {
    SlowInput(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      pause();
      return in.read(bytes, from, count);
    }
  }
}
