package dev.resurge.worker.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A world's runbook as YAML; every section below {@code spec} can be replaced. JSON is YAML, so
 * argument lists are written with {@link #list}.
 *
 * @param system the name
 * @param sections the YAML of each section of the spec, without indentation
 */
public record RunbookText(String system, Map<String, String> sections) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunbookText {
    sections = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** The same with another section, such as {@code with("checks", "- type: tcp …")}. */
  public RunbookText with(String section, String yaml) {
    var changed = new LinkedHashMap<>(sections);
    changed.put(section, yaml);
    return new RunbookText(system, changed);
  }

  /** The same with something more at the end of a section. */
  public RunbookText plus(String section, String yaml) {
    var before = sections.get(section);
    return with(section, before == null ? yaml : before.stripTrailing() + "\n" + yaml);
  }

  /** A hook in its place, such as {@code hook("beforeCapture", "slow", gate.command())}. */
  public RunbookText hook(String place, String name, List<String> command) {
    return plus(
        "hooks", "%s:\n  - name: %s\n    command: %s".formatted(place, name, list(command)));
  }

  /** A command check, asked of the live system. */
  public RunbookText check(String name, List<String> command) {
    return plus(
        "checks", "- type: command\n  name: %s\n  command: %s".formatted(name, list(command)));
  }

  /** An argument list as YAML. */
  public static String list(List<String> arguments) {
    try {
      return JSON.writeValueAsString(arguments);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file's text. */
  public String yaml() {
    var text = new StringBuilder();
    text.append("apiVersion: resurge.dev/v1\nkind: Runbook\nmetadata:\n  name: ")
        .append(system)
        .append("\nspec:\n");
    sections.forEach((name, yaml) ->
        text.append("  ").append(name).append(":\n").append(yaml.stripTrailing().indent(4)));
    return text.toString();
  }
}
