package dev.resurge.workflows.runbook;

import java.util.List;
import java.util.Optional;

/** A part of a YAML document with its place in the file and its path in the runbook. */
sealed interface YamlNode {
  Place place();

  /** For messages: {@code a list}. */
  String what();

  /**
   * Where a part stands.
   *
   * @param path such as {@code spec.components[0].database}; empty for the whole document
   * @param line counted from 1
   * @param column counted from 1
   */
  record Place(String path, int line, int column) {
    Place child(String field) {
      return new Place(path.isEmpty() ? field : path + "." + field, line, column);
    }
  }

  /** Fields in the order of the file; no key comes twice. */
  record Mapping(Place place, List<Entry> entries) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    Optional<Entry> entry(String key) {
      return entries.stream().filter(e -> e.key().equals(key)).findFirst();
    }

    Optional<YamlNode> get(String key) {
      return entry(key).map(Entry::value);
    }

    /** The text of that field, if it is there and is text. */
    Optional<Scalar> text(String key) {
      return get(key)
          .filter(Scalar.class::isInstance)
          .map(Scalar.class::cast)
          .filter(scalar -> scalar.kind() == Kind.TEXT);
    }

    /** The mappings of the list in that field; none if it is no list. */
    List<Mapping> mappings(String key) {
      return get(key).stream()
          .filter(Sequence.class::isInstance)
          .flatMap(list -> ((Sequence) list).items().stream())
          .filter(Mapping.class::isInstance)
          .map(Mapping.class::cast)
          .toList();
    }

    @Override
    public String what() {
      return "a group of fields";
    }
  }

  /** A list. */
  record Sequence(Place place, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String what() {
      return "a list";
    }
  }

  /** A single value; its text as written, without quotes. */
  record Scalar(Place place, String text, Kind kind) implements YamlNode {
    @Override
    public String what() {
      return kind.what;
    }
  }

  /** A field; its key's own place, and its value. */
  record Entry(Place place, String key, YamlNode value) {}

  /** What YAML 1.2's core schema takes a value for. */
  enum Kind {
    TEXT("text"),
    WHOLE("a number"),
    DECIMAL("a number"),
    FLAG("true or false"),
    NOTHING("nothing");

    private final String what;

    Kind(String what) {
      this.what = what;
    }
  }
}
