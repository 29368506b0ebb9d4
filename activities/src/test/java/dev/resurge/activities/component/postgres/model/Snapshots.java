package dev.resurge.activities.component.postgres.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What sessions let others read for as long as their transactions last. */
final class Snapshots {
  private final Map<String, Exported> all = new HashMap<>();
  private int next = 1;

  /** What one of them sees. */
  record Exported(ModelSession holder, Contents contents) {}

  /** Its name. */
  String export(ModelSession holder, Contents seen) {
    var id = "%08X-%08X-1".formatted(holder.pid(), next++);
    all.put(id, new Exported(holder, seen));
    return id;
  }

  Optional<Exported> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Its transaction has ended. */
  void withdraw(ModelSession holder) {
    all.values().removeIf(s -> s.holder() == holder);
  }
}
