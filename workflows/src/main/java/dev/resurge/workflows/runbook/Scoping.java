package dev.resurge.workflows.runbook;

import dev.resurge.workflows.model.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a {@link Scope} makes of a runbook. */
public final class Scoping {
  private Scoping() {}

  /** Whether what is restored stands beside the live system and takes no part in it. */
  public static boolean elsewhere(Scope scope, Runbook runbook) {
    return runbook.spec().components().stream()
        .anyMatch(c -> !scope.to().getOrDefault(c.name(), c.place()).equals(c.place()));
  }

  /** The components it is about, in the runbook's order. */
  public static List<Component> components(Scope scope, Runbook runbook) {
    var chosen = scope.only().isEmpty() ? scope.to().keySet() : Set.copyOf(scope.only());
    return runbook.spec().components().stream()
        .filter(c -> chosen.isEmpty() || chosen.contains(c.name()))
        .toList();
  }

  /**
   * The runbook for this scope. Elsewhere, components lie where they were told to, nothing is
   * stopped or hooked, and the live system is asked nothing.
   */
  public static Runbook apply(Scope scope, Runbook written) {
    var runbook = scope.store().map(store -> from(Store.parse(store), written)).orElse(written);
    if (!elsewhere(scope, runbook)) {
      return runbook;
    }
    var spec = runbook.spec();
    var about = components(scope, runbook).stream().map(Component::name).toList();
    var moved =
        spec.components().stream()
            .map(c -> Optional.ofNullable(scope.to().get(c.name())).map(c::at).orElse(c))
            .toList();
    return new Runbook(
        runbook.apiVersion(),
        runbook.kind(),
        runbook.metadata(),
        spec.elsewhere(
            moved,
            spec.checks().stream()
                .filter(check -> check.asked().filter(about::contains).isPresent())
                .toList()));
  }

  private static Optional<String> wrongStore(String text) {
    try {
      Store.parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Runbook from(Store store, Runbook runbook) {
    return new Runbook(
        runbook.apiVersion(), runbook.kind(), runbook.metadata(), runbook.spec().withStore(store));
  }

  /** What of it the runbook does not know or does not allow, one line each. */
  public static List<String> problems(Scope scope, Runbook runbook) {
    var problems = new ArrayList<String>();
    var names = runbook.componentNames();
    Stream.concat(scope.only().stream(), scope.to().keySet().stream())
        .distinct()
        .filter(name -> !names.contains(name))
        .forEach(name ->
            problems.add(
                "there is no component '" + name + "'" + Nearest.hint(name, names, "known:")));
    if (!scope.only().isEmpty()) {
      scope.to().keySet().stream()
          .filter(name -> !scope.only().contains(name))
          .forEach(name -> problems.add("'" + name + "' is to go elsewhere but is not chosen"));
    }
    scope
        .to()
        .forEach((name, place) -> {
          var component = runbook.spec().components().stream().filter(c -> c.name().equals(name));
          component
              .findFirst()
              .flatMap(c -> c.misplaced(place))
              .ifPresent(why -> problems.add(name + ": " + why));
        });
    if (elsewhere(scope, runbook)
        && components(scope, runbook).stream()
            .anyMatch(c -> scope.to().getOrDefault(c.name(), c.place()).equals(c.place()))) {
      problems.add("either all components that are restored go elsewhere, or none");
    }
    scope.store().flatMap(Scoping::wrongStore).ifPresent(problems::add);
    if (!scope.tables().isEmpty() && !scope.paths().isEmpty()) {
      problems.add("tables and paths are brought back one after the other, not at once");
    }
    if (!scope.to().isEmpty() && !scope.tables().isEmpty()) {
      problems.add("tables go into a schema of the live database; they cannot go elsewhere too");
    }
    return problems;
  }
}
