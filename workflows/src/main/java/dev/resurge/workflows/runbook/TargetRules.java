package dev.resurge.workflows.runbook;

import dev.resurge.workflows.runbook.Draft.Placed;
import dev.resurge.workflows.runbook.YamlNode.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** No two parts of a runbook may be the same data, or one within the other. */
final class TargetRules {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final Draft draft;
  private final Problems problems;

  TargetRules(Draft draft, Problems problems) {
    this.draft = draft;
    this.problems = problems;
  }

  private record Directory(String owner, Path path, Place place) {}

  private record Database(String host, int port, String name) {}

  void check() {
    var components = draft.components();
    databases(components);
    directories(components);
  }

  private void databases(List<Placed<Component>> components) {
    var owners = new HashMap<Database, String>();
    for (var component : components) {
      if (!(component.value() instanceof Component.Postgres postgres)) {
        continue;
      }
      if (postgres.database().equals(postgres.maintenanceDatabase())) {
        problems.add(
            component.at("database"),
            SecretScan.quote(postgres.database())
                + " is also the maintenance database; a database is not renamed while it is"
                + " connected to: set maintenanceDatabase to another");
      }
      var host = LOOPBACK.contains(postgres.host()) ? "localhost" : postgres.host();
      var before =
          owners.putIfAbsent(
              new Database(host, postgres.port(), postgres.database()), postgres.name());
      if (before != null) {
        problems.add(
            component.at("database"),
            "component '" + before + "' is this database already; one component protects it");
      }
    }
  }

  private void directories(List<Placed<Component>> components) {
    var seen = new ArrayList<Directory>();
    draft
        .store()
        .ifPresent(store -> {
          if (store.value() instanceof Store.Filesystem filesystem) {
            seen.add(new Directory("the store", path(filesystem.path()), store.at("path")));
          }
        });
    for (var component : components) {
      if (component.value() instanceof Component.Files files) {
        var owner = "component '" + files.name() + "'";
        var directory = new Directory(owner, path(files.path()), component.at("path"));
        seen.forEach(other -> apart(other, directory));
        seen.add(directory);
      }
    }
  }

  private void apart(Directory first, Directory second) {
    var relation = relation(first.path(), second.path());
    if (!relation.isEmpty()) {
      var withStore = first.owner().equals("the store");
      problems.add(
          second.place(),
          SecretScan.quote(second.path().toString())
              + relation
              + SecretScan.quote(first.path().toString())
              + " of "
              + first.owner()
              + (withStore ? "; a backup would contain itself" : "; it would be swapped twice"));
    }
  }

  private static String relation(Path first, Path second) {
    if (first.equals(second)) {
      return " is the same as ";
    }
    if (second.startsWith(first)) {
      return " lies inside ";
    }
    return first.startsWith(second) ? " contains " : "";
  }

  private static Path path(String text) {
    return Path.of(text).normalize();
  }
}
