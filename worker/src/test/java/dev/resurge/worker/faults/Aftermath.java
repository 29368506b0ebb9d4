package dev.resurge.worker.faults;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.workflows.model.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a run left in a world, looked at from outside. */
final class Aftermath {
  private final SmallWorld world;

  Aftermath(SmallWorld world) {
    this.world = world;
  }

  /**
   * What must not be, whatever happened.
   *
   * @param told what the run's evidence says besides: of what is left behind it has to
   */
  List<String> wrong(List<String> told) {
    var wrong = new ArrayList<String>();
    if (!world.leftOthersAlone()) {
      wrong.add("what is not ours was touched");
    }
    world.beside().stream()
        .filter(path -> path.getFileName().toString().startsWith("."))
        .filter(path -> told.stream().noneMatch(note -> note.contains("copy of files could not")))
        .forEach(path -> wrong.add("left behind: " + path.getFileName()));
    world.server().databases().stream()
        .filter(name -> name.startsWith(world.system() + "_rs"))
        .filter(
            name -> told.stream().noneMatch(note -> note.contains("copy of database could not")))
        .forEach(name -> wrong.add("left behind: " + name));
    world.server().sessions().forEach(session -> wrong.add("a session is left: " + session));
    var unsettled = new Journal(world.store(), world.system(), world.trust()).unsettled();
    if (!unsettled.isEmpty()) {
      wrong.add("unsettled: " + unsettled);
    }
    if (!world.server().database(world.system()).map(d -> d.allowsConnections()).orElse(true)) {
      wrong.add("nobody can connect to the live database");
    }
    wrong.addAll(brokenSets());
    var held = held();
    world.application().acknowledged().stream()
        .filter(written -> !held.contains(written))
        .forEach(written -> wrong.add("lost: acknowledged " + written));
    return wrong;
  }

  /** What the application wrote and that is in live data or a copy; else what sets hold of it. */
  private Set<String> held() {
    var held = new HashSet<String>();
    for (var database : world.server().databases()) {
      world
          .server()
          .contents(database)
          .rows("note")
          .forEach(row -> held.add("row " + row.getFirst()));
    }
    var directories = new ArrayList<>(world.beside());
    directories.add(world.live());
    for (var directory : directories) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          files.forEach(file -> held.add("file " + file.getFileName()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    if (!held.containsAll(world.application().acknowledged())) {
      var sets = sets();
      world.application().acknowledged().stream()
          .filter(written ->
              sets.getOrDefault(written.substring(0, 4), "")
                  .contains(written.substring(written.indexOf(' ') + 1)))
          .forEach(held::add);
    }
    return held;
  }

  /** What committed sets lack. */
  private List<String> brokenSets() {
    var sets = new SetRepository(world.store(), world.system());
    return sets.list(world.trust()).stream()
        .flatMap(entry ->
            entry.summary().stream()
                .flatMap(set ->
                    sets.load(set.set(), world.trust()).manifest().components().stream()
                        .flatMap(component -> component.artifacts().stream())
                        .map(artifact ->
                            world.system() + "/sets/" + set.set() + "/" + artifact.path())))
        .filter(key -> !world.store().exists(key))
        .map(key -> "a committed set lacks " + key)
        .toList();
  }

  /** The bytes of all committed sets, decoded: rows of the database's, names of the files'. */
  private Map<String, String> sets() {
    var sets = new SetRepository(world.store(), world.system());
    var text = new HashMap<String, String>();
    for (var entry : sets.list(world.trust())) {
      var stored = sets.load(entry.summary().orElseThrow().set(), world.trust());
      var reader =
          sets.reader(
              stored.manifest().set(), stored.manifest(), world.installation().keys().identities());
      for (var component : stored.manifest().components()) {
        for (var artifact : component.artifacts()) {
          try (var in = reader.open(artifact)) {
            text.merge(
                component.name().equals("database") ? "row " : "file",
                new String(in.readAllBytes(), StandardCharsets.ISO_8859_1),
                String::concat);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
    return text;
  }

  /** What a run's evidence says besides; it lies in the state folder where the store failed. */
  List<String> notes(RunId run) {
    var archive = new EvidenceArchive(world.store(), world.system());
    var here = new FilesystemStore(world.installation().state().resolve("evidence"));
    return (archive.runs().contains(run) ? archive : new EvidenceArchive(here, world.system()))
        .read(run, world.trust())
        .notes();
  }
}
