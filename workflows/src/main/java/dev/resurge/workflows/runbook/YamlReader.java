package dev.resurge.workflows.runbook;

import dev.resurge.workflows.runbook.YamlNode.Entry;
import dev.resurge.workflows.runbook.YamlNode.Kind;
import dev.resurge.workflows.runbook.YamlNode.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema) into nodes that know their place. Size, depth and what aliases
 * expand to are bounded, so that no text can exhaust the worker.
 */
final class YamlReader {
  private static final int CHARACTERS = 1 << 20;
  private static final int DEPTH = 32;
  private static final int NODES = 20_000;
  private static final String UNKNOWN_TAG =
      "a runbook has no tags (!name); quote a text that begins with !";
  private static final Map<Tag, Kind> KINDS =
      Map.of(
          Tag.STR, Kind.TEXT,
          Tag.INT, Kind.WHOLE,
          Tag.FLOAT, Kind.DECIMAL,
          Tag.BOOL, Kind.FLAG,
          Tag.NULL, Kind.NOTHING);
  private static final Place WHOLE_FILE = new Place("", 1, 1);
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setCodePointLimit(CHARACTERS)
          // duplicates are found below, with the path and all of them at once
          .setAllowDuplicateKeys(true)
          .build();

  private final Problems problems;
  private int nodes;

  YamlReader(Problems problems) {
    this.problems = problems;
  }

  /** The document, or nothing after a problem that makes the rest unreadable. */
  Optional<YamlNode> read(String text) {
    try {
      if (text.length() > CHARACTERS) {
        problems.add(WHOLE_FILE, "a runbook has at most " + CHARACTERS + " characters");
        return Optional.empty();
      }
      if (tooDeep(text)) {
        return Optional.empty();
      }
      var root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        problems.add(WHOLE_FILE, "the file is empty; a runbook begins with apiVersion");
      }
      return root.map(node -> convert(node, "", 0));
    } catch (TooMuch e) {
      problems.add(e.place, "too much: aliases that contain themselves or multiply");
    } catch (MarkedYamlEngineException e) {
      problems.add(place("", e.getProblemMark()), "this cannot be read: " + withoutContent(e));
    } catch (YamlEngineException e) {
      // its message may quote the text; what is left here is characters and aliases
      problems.add(
          WHOLE_FILE,
          "this cannot be read: a character that YAML does not allow, or too many aliases");
    }
    return Optional.empty();
  }

  /** Looked for on events, because composing nodes recurses. */
  private boolean tooDeep(String text) {
    int depth = 0;
    for (var event : new Parse(SETTINGS).parseString(text)) {
      var id = event.getEventId();
      if (id == Event.ID.MappingStart || id == Event.ID.SequenceStart) {
        depth++;
      } else if (id == Event.ID.MappingEnd || id == Event.ID.SequenceEnd) {
        depth--;
      }
      if (depth > DEPTH) {
        problems.add(place("", event.getStartMark()), "nested deeper than " + DEPTH + " levels");
        return true;
      }
    }
    return false;
  }

  /** The parser's words, except those that would repeat a name from the file. */
  private static String withoutContent(MarkedYamlEngineException e) {
    var problem = e.getProblem() == null ? "" : e.getProblem();
    if (problem.startsWith("found undefined alias")) {
      return "an alias (*name) without an anchor (&name); quote a text that begins with *";
    }
    if (problem.startsWith("found undefined tag handle")) {
      return "a tag (!name); quote a text that begins with !";
    }
    return problem.startsWith("but found another document")
        ? "a second document begins here (---); one file holds one runbook"
        : problem;
  }

  private YamlNode convert(Node node, String path, int depth) {
    var place = place(path, node.getStartMark());
    if (++nodes > NODES || depth > DEPTH) {
      throw new TooMuch(place);
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, place, depth);
      case SequenceNode sequence -> sequence(sequence, place, depth);
      case ScalarNode scalar -> scalar(scalar, place);
      default -> throw new IllegalStateException("an unknown kind of YAML node");
    };
  }

  private YamlNode mapping(MappingNode mapping, Place place, int depth) {
    expectTag(mapping, Tag.MAP, place);
    var entries = new ArrayList<Entry>();
    var lines = new HashMap<String, Integer>();
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(
            place(place.path(), tuple.getKeyNode().getStartMark()), "a field's name is text");
        continue;
      }
      var at = place(place.child(SecretScan.key(key.getValue())).path(), key.getStartMark());
      var before = lines.putIfAbsent(key.getValue(), at.line());
      if (before != null) {
        problems.add(
            at, "'" + SecretScan.key(key.getValue()) + "' is here twice; first in line " + before);
        continue;
      }
      entries.add(
          new Entry(at, key.getValue(), convert(tuple.getValueNode(), at.path(), depth + 1)));
    }
    return new YamlNode.Mapping(place, entries);
  }

  private YamlNode sequence(SequenceNode sequence, Place place, int depth) {
    expectTag(sequence, Tag.SEQ, place);
    var items = new ArrayList<YamlNode>();
    for (var item : sequence.getValue()) {
      items.add(convert(item, place.path() + "[" + items.size() + "]", depth + 1));
    }
    return new YamlNode.Sequence(place, items);
  }

  private YamlNode scalar(ScalarNode scalar, Place place) {
    var kind = KINDS.get(scalar.getTag());
    if (kind == null) {
      problems.add(place, UNKNOWN_TAG);
    }
    return new YamlNode.Scalar(place, scalar.getValue(), kind == null ? Kind.TEXT : kind);
  }

  private void expectTag(Node node, Tag tag, Place place) {
    if (!node.getTag().equals(tag)) {
      problems.add(place, UNKNOWN_TAG);
    }
  }

  private static Place place(String path, Optional<Mark> mark) {
    return mark.map(m -> new Place(path, m.getLine() + 1, m.getColumn() + 1))
        .orElse(new Place(path, 1, 1));
  }

  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Place place;

    TooMuch(Place place) {
      super("too many nodes");
      this.place = place;
    }
  }
}
