package dev.resurge.starter.archive;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.RunbookParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The runbook folder as this machine has it; the worker's may be another one. */
public final class Runbooks {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml");

  private final Path folder;

  /** Reads nothing yet. */
  public Runbooks(Path folder) {
    this.folder = folder;
  }

  /** Where it looks. */
  public Path folder() {
    return folder;
  }

  /** The systems by their files' names, sorted; none if there is no such folder. */
  public List<String> systems() {
    return files().stream().map(Runbooks::system).toList();
  }

  /** The runbook files, sorted; none if there is no such folder. */
  public List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> ENDINGS.stream().anyMatch(name(file)::endsWith))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID, "listing the runbook folder " + folder + ": " + e, e);
    }
  }

  /**
   * Reads a system's runbook.
   *
   * @throws ResurgeException {@code RunbookUnknown} with the systems there are; {@code
   *     RunbookInvalid} with every error
   */
  public Runbook load(String system) {
    var file = find(system).orElseThrow(() -> unknown(system));
    return RunbookParser.parseOrThrow(file.toString(), text(file));
  }

  /** The runbook if it is here and valid; for what is only a courtesy. */
  public Optional<Runbook> ifReadable(String system) {
    try {
      return find(system).map(file -> RunbookParser.parseOrThrow(file.toString(), text(file)));
    } catch (ResurgeException e) {
      return Optional.empty();
    }
  }

  /**
   * Refuses a system that cannot be started, as early as it can be known. Says nothing where this
   * machine has no runbooks at all.
   *
   * @throws ResurgeException as {@link #load}
   */
  public void check(String system) {
    if (!files().isEmpty()) {
      load(system);
    }
  }

  private Optional<Path> find(String system) {
    return files().stream().filter(file -> system(file).equals(system)).findFirst();
  }

  private ResurgeException unknown(String system) {
    var there = systems();
    return new ResurgeException(
        ErrorType.RUNBOOK_UNKNOWN,
        "looking for the runbook of '"
            + system
            + "' in "
            + folder
            + ": "
            + (there.isEmpty() ? "no runbook is there" : "known are " + String.join(", ", there)));
  }

  /**
   * A file's text.
   *
   * @throws ResurgeException {@code InputInvalid} if it cannot be read as UTF-8
   */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID, "reading " + file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID, "reading " + file + ": it is no UTF-8 text", e);
    } catch (IOException e) {
      throw new ResurgeException(ErrorType.INPUT_INVALID, "reading " + file + ": " + e, e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String system(Path file) {
    var name = name(file);
    return name.substring(0, name.lastIndexOf('.'));
  }
}
