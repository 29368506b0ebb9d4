package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a set is chosen, as its listing says; read from it once more whenever it is asked for, so
 * that a choice of millions of files takes no memory.
 */
final class ChosenPaths {
  private static final int NAMED = 20;

  /** Other names of files are kept in memory; so many are no oversight any more. */
  private static final int MOST_SOURCES = 100_000;

  private final ComponentManifest manifest;
  private final ArtifactReader set;
  private final PathChoice choice;

  ChosenPaths(ComponentManifest manifest, ArtifactReader set, PathChoice choice) {
    this.manifest = manifest;
    this.set = set;
    this.choice = choice;
  }

  /**
   * What was found.
   *
   * @param entries everything chosen, folders too
   * @param sources files that are not chosen, whose content chosen hard links share
   * @param named the first of them, with their sizes
   */
  record Summary(
      long entries,
      long files,
      long folders,
      ByteSize bytes,
      Set<RawName> sources,
      List<String> named) {

    /** For people: a line with the counts, then one for each of the first files. */
    List<String> lines() {
      var lines = new ArrayList<String>();
      lines.add("%d files and %d folders, %s".formatted(files, folders, bytes.human()));
      lines.addAll(named);
      if (files > named.size()) {
        lines.add("… and " + (files - named.size()) + " more");
      }
      return lines;
    }
  }

  /** Takes lines of the listing. */
  @FunctionalInterface
  interface Lines {
    void accept(ListingLine line, RawName path);
  }

  /**
   * Counts the chosen.
   *
   * @throws ResurgeException {@code InputInvalid} if a path chooses nothing
   */
  Summary summary() {
    var counting = new Counting();
    forEach((line, path) -> counting.add(line, path));
    var without = new BitSet();
    without.set(0, choice.globs().size());
    without.andNot(counting.matched);
    if (!without.isEmpty()) {
      throw nothing(without);
    }
    return counting.summary();
  }

  /** Shows every chosen entry, a folder before what is in it. */
  void forEachChosen(Lines lines) {
    forEach((line, path) -> {
      if (choice.contains(path)) {
        lines.accept(line, path);
      }
    });
  }

  private void forEach(Lines lines) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                set.open(SetArtifacts.listing(manifest)), StandardCharsets.US_ASCII))) {
      for (var text = reader.readLine(); text != null; text = reader.readLine()) {
        var line = ListingLine.parse(text);
        lines.accept(line, RawName.decode(line.path()));
      }
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.STORE_UNAVAILABLE,
          "reading the listing of " + manifest.name() + ": " + e.getMessage(),
          e);
    } catch (IllegalArgumentException e) {
      throw new ResurgeException(
          ErrorType.SET_CORRUPT,
          "the listing of " + manifest.name() + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  private ResurgeException nothing(BitSet without) {
    var nearest = without.stream().mapToObj(i -> new NearestPaths(choice.globs().get(i))).toList();
    forEach((line, path) -> nearest.forEach(near -> near.offer(path)));
    return new ResurgeException(
        ErrorType.INPUT_INVALID,
        "of component '"
            + manifest.name()
            + "' the set holds nothing under "
            + nearest.stream()
                .map(NearestPaths::words)
                .collect(Collectors.joining(", nor under ")));
  }

  private final class Counting {
    private final BitSet matched = new BitSet();
    private final Set<RawName> sources = new HashSet<>();
    private final List<String> named = new ArrayList<>();
    private long entries;
    private long files;
    private long bytes;

    void add(ListingLine line, RawName path) {
      var matching = choice.matching(path);
      if (matching.isEmpty()) {
        return;
      }
      matched.or(matching);
      entries++;
      if (line.isFolder()) {
        return;
      }
      files++;
      bytes += line.size();
      line.hardLink().filter(source -> !choice.contains(source)).ifPresent(this::addSource);
      if (named.size() < NAMED) {
        named.add(
            Symbols.readable(path)
                + line.hardLink()
                    .map(first -> ", another name of " + Symbols.readable(first))
                    .orElseGet(() -> ", " + new ByteSize(line.size()).human()));
      }
    }

    private void addSource(RawName source) {
      sources.add(source);
      if (sources.size() > MOST_SOURCES) {
        throw new ResurgeException(
            ErrorType.INPUT_INVALID,
            "more than "
                + MOST_SOURCES
                + " of the chosen files are further names of files that are not chosen, such as "
                + Symbols.readable(source)
                + "; choose these too");
      }
    }

    Summary summary() {
      return new Summary(
          entries,
          files,
          entries - files,
          new ByteSize(bytes),
          Set.copyOf(sources),
          List.copyOf(named));
    }
  }
}
