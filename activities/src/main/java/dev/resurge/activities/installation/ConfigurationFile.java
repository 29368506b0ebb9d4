package dev.resurge.activities.installation;

import static dev.resurge.activities.installation.YamlSection.isNothing;
import static dev.resurge.activities.installation.YamlSection.scalar;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a configuration file into settings and its one section that has more structure than those,
 * and finds every error in it, each with its line.
 */
final class ConfigurationFile {
  private final Path file;
  private final List<String> errors;
  private final Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
  private Notifications notifications = Notifications.NONE;

  /** What a file says. */
  record Contents(Map<Setting, SettingValue> settings, Notifications notifications) {}

  private ConfigurationFile(Path file, List<String> errors) {
    this.file = file;
    this.errors = errors;
  }

  /** What the file says; what is wrong with it is added to {@code errors}. */
  static Contents read(Path file, List<String> errors) {
    var reading = new ConfigurationFile(file, errors);
    reading.read();
    return new Contents(reading.values, reading.notifications);
  }

  private void read() {
    var settings = LoadSettings.builder().setLabel(file.toString()).build();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      new Compose(settings).composeReader(reader).ifPresent(root -> section("", root));
    } catch (MarkedYamlEngineException e) {
      var mark = e.getProblemMark().or(e::getContextMark);
      errors.add(
          file
              + mark.map(m -> ":" + (m.getLine() + 1)).orElse("")
              + ": no YAML: "
              + e.getProblem());
    } catch (YamlEngineException | IOException e) {
      errors.add(file + ": cannot be read: " + e);
    }
  }

  private void section(String path, Node node) {
    if (isNothing(node)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      errors.add(
          where(node)
              + ": "
              + (path.isEmpty() ? "the file" : path)
              + " is a section with the keys "
              + String.join(", ", keysIn(path)));
      return;
    }
    var seen = new HashSet<String>();
    for (var tuple : mapping.getValue()) {
      entry(path, tuple, seen);
    }
  }

  private void entry(String section, NodeTuple tuple, Set<String> seen) {
    var key = scalar(tuple.getKeyNode()).orElse("?");
    var path = section.isEmpty() ? key : section + "." + key;
    var setting = Setting.at(path);
    if (!seen.add(key)) {
      errors.add(where(tuple.getKeyNode()) + ": " + path + " is given twice");
    } else if (path.equals(NotificationsReader.SECTION)) {
      var source = new YamlSection.Source(file, errors);
      notifications =
          new NotificationsReader(new YamlSection(source, path, tuple.getValueNode())).read();
    } else if (setting.isPresent()) {
      value(setting.get(), tuple.getValueNode());
    } else if (!Setting.keysIn(path).isEmpty()) {
      section(path, tuple.getValueNode());
    } else {
      errors.add(
          where(tuple.getKeyNode())
              + ": unknown key "
              + path
              + "; known here: "
              + String.join(", ", keysIn(section)));
    }
  }

  private static List<String> keysIn(String section) {
    var keys = new TreeSet<>(Setting.keysIn(section));
    if (section.isEmpty()) {
      keys.add(NotificationsReader.SECTION);
    }
    return List.copyOf(keys);
  }

  private void value(Setting setting, Node node) {
    var value =
        switch (setting.shape()) {
          case TEXT -> scalar(node).map(text -> Map.of("", text));
          case LIST, WORDS -> list(node);
          case MAP -> map(node);
          case SECRET -> map(node).filter(ConfigurationFile::isReference);
        };
    if (value.isPresent()) {
      values.put(setting, new SettingValue(value.get(), where(node), folder()));
      return;
    }
    var needed =
        switch (setting.shape()) {
          case TEXT -> "needs a value; leave the line out for the default";
          case LIST -> "needs a list of files";
          case WORDS -> "needs a list";
          case MAP -> "needs names with a file each";
          case SECRET -> "needs {env: NAME} or {file: PATH}; a secret in clear is never accepted";
        };
    errors.add(where(node) + ": " + setting.path() + " " + needed);
  }

  private static Optional<Map<String, String>> list(Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      return Optional.empty();
    }
    var values = new ArrayList<String>();
    for (var item : sequence.getValue()) {
      scalar(item).ifPresent(values::add);
    }
    return values.size() == sequence.getValue().size()
        ? Optional.of(SettingValue.list(values, "", Path.of("")).entries())
        : Optional.empty();
  }

  private static Optional<Map<String, String>> map(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    var values = new LinkedHashMap<String, String>();
    for (var tuple : mapping.getValue()) {
      var name = scalar(tuple.getKeyNode());
      var value = scalar(tuple.getValueNode());
      if (name.isEmpty() || value.isEmpty() || values.put(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static boolean isReference(Map<String, String> entries) {
    return entries.size() == 1 && Set.of("env", "file").containsAll(entries.keySet());
  }

  private Path folder() {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
  }

  private String where(Node node) {
    return file + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
  }
}
