package dev.resurge.worker.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What lies in {@code deploy/monitoring}, and what it and its documentation speak of. */
final class MonitoringFiles {
  static final Path FOLDER = Path.of("../deploy/monitoring").toAbsolutePath().normalize();
  static final String RULES = "resurge.rules.yaml";
  static final String TESTS = "resurge.rules.test.yaml";

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:resurge|temporal|jvm|process|system_cpu|logback)_[a-z0-9_]+\\b");

  private MonitoringFiles() {}

  /** The rules. */
  static List<Map<String, Object>> rules() {
    return list(list(yaml(RULES).get("groups")).getFirst().get("rules"));
  }

  /** What is expected of the rules. */
  static List<Map<String, Object>> expectations() {
    return list(yaml(TESTS).get("tests")).stream()
        .flatMap(test -> list(test.get("alert_rule_test")).stream())
        .toList();
  }

  /** Every name of a metric that a rule, the dashboard or the documentation uses. */
  static Set<String> metrics() {
    var names = new TreeSet<String>();
    rules().forEach(rule -> find(rule.get("expr").toString(), names));
    expressions(dashboard(), names);
    find(text(Path.of("../docs/monitoring.md")), names);
    return names;
  }

  static JsonNode dashboard() {
    try {
      return new ObjectMapper().readTree(text(FOLDER.resolve("grafana-dashboard.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void expressions(JsonNode node, Set<String> names) {
    node.findValuesAsText("expr").forEach(expression -> find(expression, names));
    node.findValuesAsText("query").forEach(query -> find(query, names));
  }

  private static void find(String text, Set<String> names) {
    METRIC.matcher(text).results().forEach(found -> names.add(found.group()));
  }

  @SuppressWarnings("unchecked") // the shape of these files is promtool's business
  private static Map<String, Object> yaml(String file) {
    return (Map<String, Object>)
        new Load(LoadSettings.builder().build()).loadFromString(text(FOLDER.resolve(file)));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object value) {
    return (List<Map<String, Object>>) value;
  }
}
