package dev.resurge.starter.doctor;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Function;

/** Writes a few bytes to a store, reads them back, and removes them. */
public final class StoreProbe {
  private static final byte[] CONTENT = "resurge doctor".getBytes(StandardCharsets.UTF_8);

  private final Function<Store, ArtifactStore> open;

  /**
   * @param open opens the store that a runbook names
   */
  public StoreProbe(Function<Store, ArtifactStore> open) {
    this.open = open;
  }

  /** How the runbook's store did. */
  Diagnosis probe(Runbook runbook) {
    var subject = "store of " + runbook.system();
    try {
      var store = open.apply(runbook.spec().store());
      var key = runbook.system() + "/doctor/" + UUID.randomUUID();
      store.putIfAbsent(key, CONTENT);
      try {
        readBack(store, key);
      } finally {
        store.delete(key);
      }
      return Diagnosis.ok(subject, store.describe() + ", writable" + room(store));
    } catch (ResurgeException e) {
      return Diagnosis.fail(subject, e);
    }
  }

  private static void readBack(ArtifactStore store, String key) {
    try (var in = store.open(key)) {
      if (!Arrays.equals(in.readAllBytes(), CONTENT)) {
        throw unavailable(store, key, "other bytes came back", null);
      }
    } catch (IOException | NoSuchElementException e) {
      throw unavailable(store, key, e.toString(), e);
    }
  }

  private static ResurgeException unavailable(
      ArtifactStore store, String key, String why, Exception cause) {
    return new ResurgeException(
        ErrorType.STORE_UNAVAILABLE,
        "reading back " + key + " in " + store.describe() + ": " + why,
        cause);
  }

  private static String room(ArtifactStore store) {
    var free = store.free();
    return free == Long.MAX_VALUE ? "" : ", " + new ByteSize(free).human() + " free";
  }
}
