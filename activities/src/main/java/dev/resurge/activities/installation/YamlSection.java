package dev.resurge.activities.installation;

import dev.resurge.workflows.runbook.SecretRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A part of the file that has structure. What is wrong with it is added to the file's errors. */
final class YamlSection {
  /** The file and what was found wrong with it. */
  record Source(Path file, List<String> errors) {
    String where(Node node) {
      return file + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }

    void bad(Node node, String what) {
      errors.add(where(node) + ": " + what);
    }

    Path folder() {
      return Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    }
  }

  private final Source source;
  private final String path;
  private final Node node;
  private final Map<String, Node> entries = new LinkedHashMap<>();

  YamlSection(Source source, String path, Node node) {
    this.source = source;
    this.path = path;
    this.node = node;
    if (node instanceof MappingNode mapping) {
      for (var tuple : mapping.getValue()) {
        var key = scalar(tuple.getKeyNode()).orElse("?");
        if (entries.putIfAbsent(key, tuple.getValueNode()) != null) {
          source.bad(tuple.getKeyNode(), path + "." + key + " is given twice");
        }
      }
    } else if (!isNothing(node)) {
      source.bad(node, path + " is a section with keys and values");
    }
  }

  String path() {
    return path;
  }

  /** Every other key is an error. */
  YamlSection knowing(String... keys) {
    var known = Set.of(keys);
    entries.forEach((key, value) -> {
      if (!known.contains(key)) {
        source.bad(
            value,
            "unknown key "
                + path
                + "."
                + key
                + "; known here: "
                + String.join(", ", known.stream().sorted().toList()));
      }
    });
    return this;
  }

  /** The names of what stands here. */
  Collection<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /** The section below that key; an empty one if there is none. */
  YamlSection section(String key) {
    return entries.containsKey(key)
        ? new YamlSection(source, path + "." + key, entries.get(key))
        : new YamlSection(
            source, path + "." + key, new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK));
  }

  /** The sections of a list. */
  List<YamlSection> list(String key) {
    var given = entries.get(key);
    if (given == null || isNothing(given)) {
      return List.of();
    }
    if (!(given instanceof SequenceNode sequence)) {
      source.bad(given, path + "." + key + " is a list");
      return List.of();
    }
    var sections = new ArrayList<YamlSection>();
    for (var item : sequence.getValue()) {
      sections.add(new YamlSection(source, path + "." + key + "[" + sections.size() + "]", item));
    }
    return sections;
  }

  /** Whether anything is given. */
  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** A value; one that is no single value is an error. */
  Optional<String> text(String key) {
    return Optional.ofNullable(entries.get(key))
        .flatMap(value -> {
          var text = scalar(value);
          if (text.isEmpty()) {
            source.bad(value, path + "." + key + " needs a value");
          }
          return text;
        });
  }

  /** A value that must be there; what stands for it otherwise is never used. */
  String needed(String key) {
    if (!has(key)) {
      source.bad(node, path + " needs " + key);
    }
    return text(key).orElse("");
  }

  /** A list of values, or one value alone. */
  List<String> texts(String key) {
    var given = entries.get(key);
    if (given == null) {
      return List.of();
    }
    var values =
        given instanceof SequenceNode sequence
            ? sequence.getValue().stream().map(YamlSection::scalar).toList()
            : List.of(scalar(given));
    if (values.stream().anyMatch(Optional::isEmpty)) {
      source.bad(given, path + "." + key + " needs a list of values");
    }
    return values.stream().flatMap(Optional::stream).toList();
  }

  /** A file; relative ones are relative to the configuration. */
  Optional<Path> file(String key) {
    return text(key).map(this::resolve);
  }

  /** A reference to a secret; the secret itself is never accepted, nor shown. */
  Optional<SecretRef> secret(String key) {
    return Optional.ofNullable(entries.get(key))
        .flatMap(value -> {
          var reference = reference(value);
          if (reference.isEmpty()) {
            source.bad(
                value,
                path
                    + "."
                    + key
                    + " needs {env: NAME} or {file: PATH}; a secret in clear is never accepted");
          }
          return reference;
        });
  }

  /** A value, or a reference to one that is secret. */
  Optional<Notifications.Text> textOrSecret(String key) {
    return entries.get(key) instanceof MappingNode
        ? secret(key).map(Notifications.Text.Secret::new)
        : text(key).map(Notifications.Text.Clear::new);
  }

  /** Something is wrong with what is given there. */
  void bad(String key, String what) {
    source.bad(entries.getOrDefault(key, node), path + "." + key + " " + what);
  }

  private Optional<SecretRef> reference(Node value) {
    if (!(value instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
      return Optional.empty();
    }
    var tuple = mapping.getValue().getFirst();
    var where = scalar(tuple.getValueNode());
    return switch (scalar(tuple.getKeyNode()).orElse("")) {
      case "env" -> where.map(name -> new SecretRef(Optional.of(name), Optional.empty()));
      case "file" ->
          where.map(name -> new SecretRef(Optional.empty(), Optional.of(resolve(name).toString())));
      default -> Optional.empty();
    };
  }

  private Path resolve(String name) {
    return source.folder().resolve(name).toAbsolutePath().normalize();
  }

  /** The text of a single value that is not empty. */
  static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar && !isNothing(node) && !scalar.getValue().isBlank()
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** Whether a key stands there without a value. */
  static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
