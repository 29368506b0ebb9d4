package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.YamlNode.Mapping;
import dev.resurge.workflows.runbook.YamlNode.Place;
import dev.resurge.workflows.runbook.YamlNode.Scalar;
import dev.resurge.workflows.runbook.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of a runbook that are well formed, each as its record with its place, so that rules
 * across fields are checked also while other parts are not well formed.
 */
final class Draft {
  private final Mapping root;
  private final Mapping spec;
  private final List<Placed<Component>> components;
  private final List<Placed<Check>> checks;
  private final Optional<Placed<Store>> store;
  private final Optional<Placed<Approval>> approval;
  private final List<Placed<Keep>> keeps;
  private final List<Placed<Schedule>> schedules;

  /** What is well formed as far as the problems found until now say. */
  Draft(Mapping root, Problems problems) {
    this.root = root;
    this.spec = group(root, "spec");
    this.components = all("components", Component.class, problems);
    this.checks = all("checks", Check.class, problems);
    this.store = one("store", Store.class, problems);
    this.approval = one("approval", Approval.class, problems);
    this.keeps = keeps(problems);
    this.schedules = all("schedules", Schedule.class, problems);
  }

  /** A record and where it stands. */
  record Placed<T>(T value, Mapping node) {
    /** The place of that field's value; of the whole part where it is left to its default. */
    Place at(String field) {
      return node.get(field).map(YamlNode::place).orElse(node.place().child(field));
    }

    /** The names in that list of the part. */
    List<Scalar> names(String list) {
      return node.mappings(list).stream().flatMap(item -> item.text("name").stream()).toList();
    }
  }

  Optional<Scalar> systemName() {
    return group(root, "metadata").text("name");
  }

  List<Placed<Component>> components() {
    return components;
  }

  List<Placed<Check>> checks() {
    return checks;
  }

  Optional<Placed<Store>> store() {
    return store;
  }

  Optional<Placed<Approval>> approval() {
    return approval;
  }

  List<Placed<Schedule>> schedules() {
    return schedules;
  }

  boolean hasRetention() {
    return spec.get("retention").isPresent();
  }

  /** How many sets stay, for each kind and each schedule that says so. */
  List<Placed<Keep>> keeps() {
    return keeps;
  }

  /** The names in those lists of {@code spec} as they stand there, well formed or not. */
  List<Scalar> names(String... lists) {
    return List.of(lists).stream()
        .flatMap(list -> spec.mappings(list).stream())
        .flatMap(item -> item.text("name").stream())
        .toList();
  }

  /** The components that checks ask, as they stand there. */
  List<Scalar> askedComponents() {
    return spec.mappings("checks").stream().flatMap(c -> c.text("component").stream()).toList();
  }

  /** The names of all hooks, wherever they are called. */
  List<Scalar> hookNames() {
    var hooks = group(spec, "hooks");
    return hooks.entries().stream()
        .flatMap(entry -> hooks.mappings(entry.key()).stream())
        .flatMap(hook -> hook.text("name").stream())
        .toList();
  }

  /** The texts of a list of {@code spec}, such as approvers. */
  List<Scalar> texts(String section, String list) {
    return group(spec, section).get(list).stream()
        .filter(Sequence.class::isInstance)
        .flatMap(node -> ((Sequence) node).items().stream())
        .filter(Scalar.class::isInstance)
        .map(Scalar.class::cast)
        .toList();
  }

  /** Names and types of all components, also of those with errors in other fields. */
  Map<String, String> componentTypes() {
    var types = new LinkedHashMap<String, String>();
    for (var component : spec.mappings("components")) {
      component
          .text("name")
          .ifPresent(name ->
              types.putIfAbsent(name.text(), component.text("type").map(Scalar::text).orElse("")));
    }
    return types;
  }

  private <T> List<Placed<T>> all(String list, Class<T> type, Problems problems) {
    return spec.mappings(list).stream()
        .filter(node -> !problems.touch(node))
        .map(node -> new Placed<>(read(node, type), node))
        .toList();
  }

  private <T> Optional<Placed<T>> one(String section, Class<T> type, Problems problems) {
    return spec.get(section)
        .filter(Mapping.class::isInstance)
        .filter(node -> !problems.touch(node))
        .map(node -> new Placed<>(read(node, type), (Mapping) node));
  }

  private List<Placed<Keep>> keeps(Problems problems) {
    var retention = group(spec, "retention");
    var ofKinds =
        Stream.of("keep", "scheduled", "manual", "predeploy", "safety")
            .flatMap(field -> retention.get(field).stream());
    var ofSchedules =
        spec.mappings("schedules").stream().flatMap(node -> node.get("keep").stream());
    return Stream.concat(ofKinds, ofSchedules)
        .filter(Mapping.class::isInstance)
        .filter(node -> !problems.touch(node))
        .map(node -> new Placed<>(read(node, Keep.class), (Mapping) node))
        .toList();
  }

  private static Mapping group(Mapping parent, String field) {
    return parent
        .get(field)
        .filter(Mapping.class::isInstance)
        .map(Mapping.class::cast)
        .orElseGet(() -> new Mapping(parent.place().child(field), List.of()));
  }

  /**
   * The record that a node without problems describes.
   *
   * @throws ResurgeException {@code Internal} if the checks let something through
   */
  static <T> T read(YamlNode node, Class<T> type) {
    try {
      return Json.mapper().treeToValue(json(node), type);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // neither message nor cause: they may quote the runbook's text
      throw new ResurgeException(
          ErrorType.INTERNAL,
          "a checked runbook does not fit its records: "
              + type.getSimpleName()
              + " in line "
              + node.place().line());
    }
  }

  private static JsonNode json(YamlNode node) {
    var make = JsonNodeFactory.instance;
    return switch (node) {
      case Mapping mapping -> {
        var object = make.objectNode();
        mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
        yield object;
      }
      case Sequence sequence -> {
        var array = make.arrayNode();
        sequence.items().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Scalar scalar ->
          switch (scalar.kind()) {
            case TEXT -> make.textNode(scalar.text());
            case FLAG -> make.booleanNode(Boolean.parseBoolean(scalar.text()));
            case NOTHING -> make.nullNode();
            case WHOLE, DECIMAL -> make.numberNode(Numbers.read(scalar).orElseThrow());
          };
    };
  }
}
