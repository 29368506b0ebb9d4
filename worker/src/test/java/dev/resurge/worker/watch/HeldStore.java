package dev.resurge.worker.watch;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.ArtifactWriter;
import java.io.InputStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A store that answers nothing while it is held, and remembers what was asked of it. */
public final class HeldStore implements ArtifactStore {
  private final ArtifactStore store;
  private final Queue<String> opened = new ConcurrentLinkedQueue<>();
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch held = new CountDownLatch(0);

  /** Not held yet. */
  public HeldStore(ArtifactStore store) {
    this.store = store;
  }

  /** From now on nothing is answered. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  /** What was asked meanwhile is answered. */
  public void release() {
    held.countDown();
  }

  /** The keys that were read since it was asked this last. */
  List<String> opened() {
    var keys = List.copyOf(opened);
    opened.clear();
    return keys;
  }

  /** What was called since it was asked this last. */
  List<String> calls() {
    var all = List.copyOf(calls);
    calls.clear();
    return all;
  }

  /** As a directory of a server that is gone: no interrupt ends it. */
  private ArtifactStore once(String call) {
    calls.add(call);
    var interrupted = false;
    while (held.getCount() > 0) {
      try {
        held.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return store;
  }

  @Override
  public String describe() {
    return store.describe();
  }

  @Override
  public long put(String key, ArtifactWriter.Body body) {
    return once("put").put(key, body);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return once("putIfAbsent").putIfAbsent(key, content);
  }

  @Override
  public InputStream open(String key) {
    opened.add(key);
    return once("open").open(key);
  }

  @Override
  public boolean exists(String key) {
    return once("exists").exists(key);
  }

  @Override
  public List<Entry> list(String prefix) {
    return once("list").list(prefix);
  }

  @Override
  public List<String> folders(String prefix) {
    return once("folders").folders(prefix);
  }

  @Override
  public void delete(String key) {
    once("delete").delete(key);
  }

  @Override
  public long free() {
    return once("free").free();
  }
}
