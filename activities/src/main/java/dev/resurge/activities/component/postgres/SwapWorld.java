package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseCatalog.Entry;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands under a swap's names at one moment, compared by identity. */
record SwapWorld(Swap swap, Map<String, Entry> found) {
  /** Which data bears which name, whether or not it accepts connections. */
  enum Names {
    BEFORE,
    AFTER,
    BACK,
    /** There was no old data, and the copy that was rejected was removed. */
    REMOVED,
    OTHER
  }

  SwapWorld {
    found = Map.copyOf(found);
  }

  /** Looks; in a transaction, at what it has made of the world so far. */
  static SwapWorld look(PostgresSession session, Swap swap) {
    var found = new LinkedHashMap<String, Entry>();
    for (var entry : DatabaseCatalog.all(session)) {
      found.put(entry.name(), entry);
    }
    return new SwapWorld(swap, found);
  }

  Names names() {
    if (oldIsLive()
        && bears(swap.stagedName(), swap.staged())
        && isFree(swap.retainedName())
        && isFree(swap.rejectedName())) {
      return Names.BEFORE;
    }
    if (bears(swap.liveName(), swap.staged())
        && oldIsRetained()
        && isFree(swap.stagedName())
        && isFree(swap.rejectedName())) {
      return Names.AFTER;
    }
    if (oldIsLive()
        && bears(swap.rejectedName(), swap.staged())
        && isFree(swap.stagedName())
        && isFree(swap.retainedName())) {
      return Names.BACK;
    }
    return swap.live().isEmpty() && nothingIsThere() ? Names.REMOVED : Names.OTHER;
  }

  private boolean nothingIsThere() {
    return Stream.of(swap.liveName(), swap.stagedName(), swap.retainedName(), swap.rejectedName())
            .allMatch(this::isFree)
        && found.values().stream().noneMatch(e -> e.identity().equals(swap.staged()));
  }

  private boolean oldIsLive() {
    return swap.live().map(old -> bears(swap.liveName(), old)).orElse(isFree(swap.liveName()));
  }

  private boolean oldIsRetained() {
    return swap.live()
        .map(old -> bears(swap.retainedName(), old))
        .orElse(isFree(swap.retainedName()));
  }

  /** Where the world stands: in between as long as the live name accepts no connections. */
  Position position() {
    var names = names();
    if (names == Names.OTHER) {
      return Position.CHANGED;
    }
    var bearer = Optional.ofNullable(found.get(swap.liveName()));
    if (bearer.filter(e -> !e.allowsConnections()).isPresent()) {
      return Position.BETWEEN;
    }
    return switch (names) {
      case BEFORE -> Position.BEFORE;
      case AFTER -> Position.AFTER;
      default -> Position.BACK;
    };
  }

  /** For people: each name, what bears it, what was expected to be where. */
  String describe() {
    var lines = new ArrayList<String>();
    lines.add(line(swap.liveName()));
    lines.add(line(swap.stagedName()));
    lines.add(line(swap.retainedName()));
    lines.add(line(swap.rejectedName()));
    lines.add(
        swap.live()
            .map(old -> "the old data (" + old + ") is " + place(old))
            .orElse("there was no old data"));
    lines.add("the restored data (" + swap.staged() + ") is " + place(swap.staged()));
    return String.join("; ", lines);
  }

  private String line(String name) {
    return Optional.ofNullable(found.get(name))
        .map(e ->
            "'"
                + name
                + "' is "
                + e.identity()
                + (e.allowsConnections() ? "" : " (closed to connections)"))
        .orElse("'" + name + "' does not exist");
  }

  private String place(TargetIdentity identity) {
    return found.values().stream()
        .filter(e -> e.identity().equals(identity))
        .findFirst()
        .map(e -> "'" + e.name() + "'")
        .orElse("nowhere on this server");
  }

  private boolean bears(String name, TargetIdentity identity) {
    return Optional.ofNullable(found.get(name))
        .filter(e -> e.identity().equals(identity))
        .isPresent();
  }

  private boolean isFree(String name) {
    return !found.containsKey(name);
  }
}
