package dev.resurge.workflows.runbook;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.runbook.YamlNode.Entry;
import dev.resurge.workflows.runbook.YamlNode.Kind;
import dev.resurge.workflows.runbook.YamlNode.Mapping;
import dev.resurge.workflows.runbook.YamlNode.Place;
import dev.resurge.workflows.runbook.YamlNode.Scalar;
import dev.resurge.workflows.runbook.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares what stands in the file with what the records allow. */
final class ShapeCheck {
  private static final String SECRET =
      "write {env: NAME} or {file: PATH}; a secret in clear is never accepted";

  private static final int LONGEST_SIZE = 40;

  private final Problems problems;

  ShapeCheck(Problems problems) {
    this.problems = problems;
  }

  /** Adds every way in which the node, and all that is in it, differs from the shape. */
  void check(YamlNode node, Shape shape) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
      problems.add(node.place(), "has no value; give it one or leave the field out");
      return;
    }
    switch (shape) {
      case Shape.Secret secret -> secret(node, secret);
      case Shape.Fields fields ->
          mapping(node, fields.names()).ifPresent(mapping -> fields(mapping, fields, false));
      case Shape.Variants variants ->
          mapping(node, List.of("type", "…")).ifPresent(mapping -> variant(mapping, variants));
      case Shape.Items items -> items(node, items);
      case Shape.Text text -> text(node, text.form());
      case Shape.Choice choice -> choice(node, choice);
      case Shape.Flag flag -> expect(node, Kind.FLAG, "true or false belongs here");
      case Shape.Time time -> time(node);
      case Shape.Size size -> size(node);
      case Shape.Whole whole -> whole(node, whole);
      case Shape.Decimal decimal -> decimal(node, decimal);
    }
  }

  private Optional<Mapping> mapping(YamlNode node, List<String> fields) {
    if (node instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    problems.add(node.place(), "fields belong here (" + list(fields) + "), not " + node.what());
    return Optional.empty();
  }

  private void fields(Mapping mapping, Shape.Fields shape, boolean typed) {
    for (var entry : mapping.entries()) {
      var field = shape.fields().stream().filter(f -> f.name().equals(entry.key())).findFirst();
      if (field.isPresent()) {
        field(entry.value(), field.get());
      } else if (!(typed && entry.key().equals("type"))) {
        unknown(mapping, entry, shape);
      }
    }
    for (var field : shape.fields()) {
      if (field.required()
          && mapping.get(field.name()).isEmpty()
          && !misspelt(mapping, field.name(), shape)) {
        problems.add(mapping.place().child(field.name()), "is missing. " + field.description());
      }
    }
    shape.choice().ifPresent(choice -> exactlyOne(mapping, choice, shape));
  }

  /** A stray word without a value may be a secret, as in {@code {user: ann, s3cret}}. */
  private void unknown(Mapping mapping, Entry entry, Shape.Fields shape) {
    var near = Nearest.find(entry.key(), shape.names());
    if (near.isEmpty() && entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
      var at = new Place(mapping.place().path(), entry.place().line(), entry.place().column());
      problems.add(at, "a word without a value is no field; fields here: " + list(shape.names()));
      return;
    }
    problems.add(
        entry.place(),
        "unknown field '"
            + SecretScan.key(entry.key())
            + "'"
            + Nearest.hint(entry.key(), shape.names(), "fields here:"));
  }

  /** Whether the field is there under a name that was called unknown already. */
  private static boolean misspelt(Mapping mapping, String name, Shape.Fields shape) {
    return mapping.entries().stream()
        .map(Entry::key)
        .filter(key -> !shape.names().contains(key))
        .anyMatch(key -> Nearest.find(key, shape.names()).filter(name::equals).isPresent());
  }

  private static String list(Collection<String> words) {
    return String.join(", ", words);
  }

  private void field(YamlNode value, Shape.Field field) {
    if (field.filled() && value instanceof Sequence list && list.items().isEmpty()) {
      problems.add(value.place(), "is an empty list; it needs at least one entry");
    }
    check(value, field.shape());
  }

  private void exactlyOne(Mapping mapping, ExactlyOneOf choice, Shape.Fields shape) {
    var given =
        Arrays.stream(choice.value()).map(mapping::entry).flatMap(Optional::stream).toList();
    var misspelt = Arrays.stream(choice.value()).anyMatch(f -> misspelt(mapping, f, shape));
    if (given.isEmpty() && !misspelt) {
      problems.add(mapping.place(), choice.otherwise());
    } else if (given.size() > 1) {
      problems.add(
          given.getLast().place(),
          "only one of " + String.join(" and ", choice.value()) + " may be given");
    }
  }

  private void variant(Mapping mapping, Shape.Variants shape) {
    var known = shape.byType().keySet();
    var type = mapping.get("type");
    if (type.isEmpty()) {
      problems.add(mapping.place().child("type"), "is missing; known: " + list(known));
    } else if (!(type.get() instanceof Scalar scalar) || !known.contains(scalar.text())) {
      var word = type.get() instanceof Scalar scalar ? scalar.text() : "";
      problems.add(
          type.get().place(),
          (word.isEmpty() ? "this" : SecretScan.quote(word))
              + " is no type of "
              + shape.type().getSimpleName().toLowerCase(Locale.ROOT)
              + Nearest.hint(word, known, "known:"));
    } else {
      fields(mapping, shape.byType().get(scalar.text()), true);
    }
  }

  /** Says nothing of what stands there, not even a field's name: it may be the secret itself. */
  private void secret(YamlNode node, Shape.Secret shape) {
    var known = shape.fields().names();
    if (node instanceof Mapping mapping
        && mapping.entries().stream().allMatch(entry -> known.contains(entry.key()))) {
      fields(mapping, shape.fields(), false);
    } else {
      problems.add(node.place(), SECRET);
    }
  }

  private void items(YamlNode node, Shape.Items shape) {
    if (!(node instanceof Sequence list)) {
      problems.add(node.place(), "a list belongs here, not " + node.what() + "; write [a, b]");
      return;
    }
    list.items().forEach(item -> check(item, shape.item()));
    var isCommand = shape.item() instanceof Shape.Text(Form form) && form == Form.ARGUMENT;
    if (isCommand
        && !list.items().isEmpty()
        && list.items().getFirst() instanceof Scalar program
        && program.text().isBlank()) {
      problems.add(program.place(), "a command begins with its program");
    }
  }

  private void text(YamlNode node, Form form) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
      form.fault(scalar.text()).ifPresent(fault -> problems.add(node.place(), fault));
    } else {
      var quotes = node instanceof Scalar ? "; put it in quotes" : "";
      problems.add(node.place(), "text belongs here, not " + node.what() + quotes);
    }
  }

  private void choice(YamlNode node, Shape.Choice shape) {
    if (node instanceof Scalar scalar && !shape.words().contains(scalar.text())) {
      problems.add(
          node.place(),
          SecretScan.quote(scalar.text())
              + " is not possible here"
              + Nearest.hint(scalar.text(), shape.words(), "known:"));
    } else if (!(node instanceof Scalar)) {
      problems.add(
          node.place(), String.join(" or ", shape.words()) + " belongs here, not " + node.what());
    }
  }

  private Optional<Scalar> expect(YamlNode node, Kind kind, String expected) {
    if (node instanceof Scalar scalar && scalar.kind() == kind) {
      return Optional.of(scalar);
    }
    problems.add(node.place(), expected + ", not " + node.what());
    return Optional.empty();
  }

  private void time(YamlNode node) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.WHOLE) {
      problems.add(node.place(), "a duration has a unit: 90s, 15m, 1h30m or 7d");
      return;
    }
    expect(node, Kind.TEXT, "a duration such as 90s, 15m, 1h30m or 7d belongs here")
        .ifPresent(scalar -> parsed(scalar, "duration; write 90s, 15m, 1h30m or 7d"));
  }

  private void parsed(Scalar scalar, String otherwise) {
    try {
      if (!Durations.parse(scalar.text()).isPositive()) {
        problems.add(scalar.place(), "a duration is more than 0");
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(scalar.place(), SecretScan.quote(scalar.text()) + " is no " + otherwise);
    }
  }

  private void size(YamlNode node) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.WHOLE) {
      problems.add(node.place(), "a size has a unit: 512MB, 5GB or 2GiB");
      return;
    }
    expect(node, Kind.TEXT, "a size such as 512MB, 5GB or 2GiB belongs here")
        .filter(scalar -> !isSize(scalar.text()))
        .ifPresent(scalar ->
            problems.add(
                scalar.place(),
                SecretScan.quote(scalar.text()) + " is no size; write 512MB, 5GB or 2GiB"));
  }

  private static boolean isSize(String text) {
    try {
      // a number of a million digits would take long to read
      return text.length() <= LONGEST_SIZE && ByteSize.parse(text).bytes() >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void whole(YamlNode node, Shape.Whole shape) {
    expect(node, Kind.WHOLE, "a whole number belongs here")
        .ifPresent(scalar -> inRange(scalar, shape.least(), shape.most()));
  }

  private void decimal(YamlNode node, Shape.Decimal shape) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.WHOLE) {
      inRange(scalar, shape.least(), shape.most());
    } else {
      expect(node, Kind.DECIMAL, "a number belongs here")
          .ifPresent(scalar -> inRange(scalar, shape.least(), shape.most()));
    }
  }

  private void inRange(Scalar scalar, double least, double most) {
    var fits =
        Numbers.read(scalar)
            .filter(n -> n.compareTo(BigDecimal.valueOf(least)) >= 0)
            .filter(n -> n.compareTo(BigDecimal.valueOf(most)) <= 0);
    if (fits.isEmpty()) {
      problems.add(
          scalar.place(), "must be from " + Numbers.plain(least) + " to " + Numbers.plain(most));
    }
  }
}
