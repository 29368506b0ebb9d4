package dev.resurge.starter.view;

import dev.resurge.workflows.model.SetFate;
import java.util.ArrayList;
import java.util.List;

/** Which sets stay and which go, with every reason. */
public final class FateText {
  private FateText() {}

  /** A table, newest first; each further reason is a line of its own. */
  public static List<String> lines(List<SetFate> fates) {
    var rows = new ArrayList<List<String>>();
    for (var fate : fates) {
      rows.add(
          List.of(
              fate.set().value(),
              fate.group(),
              fate.recoveryPoint().map(Times::text).orElse("?"),
              fate.stored().human(),
              fate.stays() ? "stays" : "goes",
              fate.why().getFirst()));
      fate.why().stream().skip(1).forEach(reason -> rows.add(List.of("", "", "", "", "", reason)));
    }
    return Columns.table(List.of("SET", "OF", "RECOVERS TO", "STORED", "FATE", "WHY"), rows);
  }
}
