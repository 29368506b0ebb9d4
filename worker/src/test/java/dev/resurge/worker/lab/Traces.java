package dev.resurge.worker.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that runs leave behind for anybody to read: texts by where they are. */
final class Traces {
  private final Map<String, StringBuilder> texts = new LinkedHashMap<>();

  /** Adds something that can be read there. */
  void add(String where, String text) {
    texts.computeIfAbsent(where, w -> new StringBuilder()).append(text).append('\n');
  }

  /** Where a secret gives itself away, and as what. */
  List<String> of(Planted secret) {
    return texts.entrySet().stream()
        .flatMap(text ->
            secret.forms().stream()
                .filter(form -> text.getValue().indexOf(form) >= 0)
                .map(
                    form -> secret.what() + " in " + text.getKey() + around(text.getValue(), form)))
        .toList();
  }

  private static String around(StringBuilder text, String form) {
    int at = text.indexOf(form);
    return ": …"
        + text.substring(Math.max(0, at - 80), Math.min(text.length(), at + form.length() + 20))
        + "…";
  }

  /** How many characters there are from places whose name begins so. */
  long size(String where) {
    return texts.entrySet().stream()
        .filter(text -> text.getKey().startsWith(where))
        .mapToLong(text -> text.getValue().length())
        .sum();
  }
}
