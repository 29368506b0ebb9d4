package dev.resurge.activities.store;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import java.time.Instant;
import java.util.Objects;

/**
 * Which links and forms of a system were used up, and by which decision: the first one has it, for
 * good. The same decision may come again, because whoever recorded it may have died before saying
 * so.
 */
public final class UsedAnswers {
  private final ArtifactStore store;
  private final StoreFiles files;
  private final StoreLayout layout;

  /** Those of {@code system}. */
  public UsedAnswers(ArtifactStore store, String system) {
    this.store = store;
    this.files = new StoreFiles(store);
    this.layout = new StoreLayout(system);
  }

  /**
   * Uses a nonce up.
   *
   * @return what it is used up by: what was asked for, or what was there before
   * @throws ResurgeException {@code StoreUnavailable} if that cannot be found out: then it counts
   *     for nothing
   */
  public Use use(String nonce, Use wanted) {
    var key = layout.answer(nonce);
    if (store.putIfAbsent(key, Json.pretty(wanted))) {
      return wanted;
    }
    return files
        .read(key)
        .map(bytes -> files.parse(key, bytes, Use.class))
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.STORE_UNAVAILABLE, key + " vanished from " + store.describe()));
  }

  /** Whether the nonce was used up by exactly that decision. */
  public boolean isUsedBy(String nonce, String decision) {
    var key = layout.answer(nonce);
    return files
        .read(key)
        .map(bytes -> files.parse(key, bytes, Use.class))
        .filter(use -> use.decision().equals(decision))
        .isPresent();
  }

  /**
   * By what a nonce is used up.
   *
   * @param decision sha256 of the decision's vouched text
   */
  public record Use(RunId run, String by, String decision, Instant at) {
    public Use {
      Objects.requireNonNull(run, "run");
      Objects.requireNonNull(by, "by");
      Objects.requireNonNull(decision, "decision");
      Objects.requireNonNull(at, "at");
    }
  }
}
