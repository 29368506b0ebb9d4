package dev.resurge.activities.installation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was given for a setting, and where.
 *
 * @param entries one value under the empty name, list entries under their numbers, or a map
 * @param where for messages: {@code resurge.yaml:3} or the variable's name
 * @param folder what relative paths are relative to
 */
record SettingValue(Map<String, String> entries, String where, Path folder) {

  static SettingValue text(String value, String where, Path folder) {
    return new SettingValue(Map.of("", value), where, folder);
  }

  static SettingValue list(List<String> values, String where, Path folder) {
    var entries = new LinkedHashMap<String, String>();
    values.forEach(value -> entries.put(String.valueOf(entries.size()), value));
    return new SettingValue(entries, where, folder);
  }

  String text() {
    return entries.get("");
  }

  Path path() {
    return resolve(text());
  }

  List<Path> paths() {
    return entries.values().stream().map(this::resolve).toList();
  }

  /** Relative ones are made absolute. */
  Path resolve(String path) {
    return folder.resolve(path).toAbsolutePath().normalize();
  }
}
