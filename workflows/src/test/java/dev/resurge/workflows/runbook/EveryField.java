package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which fields that records declare a text does not use, so that a test of all is one of all. */
final class EveryField {
  // the two halves of what is given exactly once
  private static final Set<String> OTHER_HALF = Set.of("Encryption.unencrypted", "Spec.writers");

  private EveryField() {}

  static List<String> leftOut(String yaml) {
    var declared = new TreeSet<String>();
    var used = new TreeSet<String>();
    walk(Shape.of(Runbook.class), List.of(Yaml.json(yaml)), declared, used);
    declared.removeAll(used);
    declared.removeAll(OTHER_HALF);
    return List.copyOf(declared);
  }

  private static void walk(
      Shape shape, List<JsonNode> nodes, Set<String> declared, Set<String> used) {
    switch (shape) {
      case Shape.Fields fields -> fields(fields, nodes, declared, used);
      case Shape.Secret secret -> fields(secret.fields(), nodes, declared, used);
      case Shape.Items items -> {
        var elements = new ArrayList<JsonNode>();
        nodes.forEach(node -> node.forEach(elements::add));
        walk(items.item(), elements, declared, used);
      }
      case Shape.Variants variants ->
          variants
              .byType()
              .forEach((type, fields) ->
                  fields(
                      fields,
                      nodes.stream().filter(n -> n.path("type").asText().equals(type)).toList(),
                      declared,
                      used));
      default -> {}
    }
  }

  private static void fields(
      Shape.Fields shape, List<JsonNode> nodes, Set<String> declared, Set<String> used) {
    for (var field : shape.fields()) {
      var name = shape.type().getSimpleName() + "." + field.name();
      declared.add(name);
      var values = nodes.stream().filter(n -> n.has(field.name())).map(n -> n.get(field.name()));
      var found = values.toList();
      if (!found.isEmpty()) {
        used.add(name);
      }
      walk(field.shape(), found, declared, used);
    }
  }
}
