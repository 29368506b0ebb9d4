package dev.resurge.activities.component.postgres.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a session began and has not ended. */
final class Transaction {
  private final boolean readOnly;
  private final boolean repeatable;
  private final List<UnaryOperator<Catalog>> changes = new ArrayList<>();
  private Optional<Seen> seen = Optional.empty();
  private boolean failed;

  /** What a repeatable transaction saw first and sees until its end. */
  record Seen(Catalog catalog, Contents contents) {}

  /**
   * @param options what follows {@code BEGIN}
   */
  Transaction(String options, boolean readOnlyByDefault) {
    readOnly = options.contains("READ ONLY") || readOnlyByDefault;
    repeatable = options.contains("REPEATABLE READ");
  }

  boolean isReadOnly() {
    return readOnly;
  }

  boolean isRepeatable() {
    return repeatable;
  }

  boolean hasFailed() {
    return failed;
  }

  void fail() {
    failed = true;
  }

  Seen see(Seen now) {
    if (!repeatable) {
      return now;
    }
    if (seen.isEmpty()) {
      seen = Optional.of(now);
    }
    return seen.get();
  }

  void change(UnaryOperator<Catalog> change) {
    changes.add(change);
  }

  /** A catalog with all that it has changed so far. */
  Catalog on(Catalog committed) {
    var changed = committed;
    for (var change : changes) {
      changed = change.apply(changed);
    }
    return changed;
  }
}
