package dev.resurge.starter.view;

import dev.resurge.starter.stack.StackState;
import dev.resurge.starter.stack.StackState.Part;
import dev.resurge.starter.stack.StackState.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How Temporal and the worker stand, as people and scripts read it. */
public final class StackText {
  private final Style style;

  public StackText(Style style) {
    this.style = style;
  }

  /** Lines of text. */
  public List<String> lines(StackState state) {
    var lines = new ArrayList<String>();
    part("Temporal", state.temporal(), lines);
    state.ui().ifPresent(pages -> lines.add("            its pages    " + pages));
    part("worker", state.worker(), lines);
    state.console().ifPresent(page -> lines.add("            its console  " + page));
    if (!state.works()) {
      lines.add("       next: ./resurge up");
    }
    return lines;
  }

  private void part(String name, Part part, List<String> lines) {
    lines.add(
        "%s  %-8s  %-11s  %s%s"
            .formatted(
                mark(part.standing()),
                name,
                word(part.standing()),
                part.address(),
                part.pid().map(pid -> "  (process " + pid + ")").orElse("")));
    if (!part.standing().works()) {
      part.trouble().ifPresent(trouble -> lines.add("            " + trouble));
      part.log().ifPresent(log -> lines.add("            its log      " + log));
    }
  }

  private String mark(Standing standing) {
    return switch (standing) {
      case running, elsewhere -> style.good("✓");
      case notReady -> style.warn("…");
      case stopped -> style.bad("✗");
    };
  }

  private static String word(Standing standing) {
    return switch (standing) {
      case running -> "runs";
      case elsewhere -> "is there";
      case notReady -> "not ready";
      case stopped -> "not running";
    };
  }

  /** The fields of the JSON object. */
  public static Map<String, Object> fields(StackState state) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("works", state.works());
    fields.put("temporal", fields(state.temporal()));
    fields.put("worker", fields(state.worker()));
    state.ui().ifPresent(pages -> fields.put("ui", pages));
    state.console().ifPresent(page -> fields.put("console", page));
    state.memory().ifPresent(file -> fields.put("memory", file.toString()));
    return fields;
  }

  private static Map<String, Object> fields(Part part) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("state", part.standing().name());
    fields.put("address", part.address());
    part.pid().ifPresent(pid -> fields.put("pid", pid));
    part.log().ifPresent(log -> fields.put("log", log.toString()));
    part.trouble().ifPresent(trouble -> fields.put("trouble", trouble));
    return fields;
  }
}
