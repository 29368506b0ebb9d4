package dev.resurge.activities.step;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.RunbookParser;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of runbook files; a file is named as its system. */
public final class RunbookFolder {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml");
  private final Path folder;

  public RunbookFolder(Path folder) {
    this.folder = folder;
  }

  /** A runbook's file and text. */
  public record Entry(Path file, String text) {
    /**
     * What the text says.
     *
     * @throws ResurgeException {@code RunbookInvalid} with every error
     */
    public Runbook runbook() {
      return RunbookParser.parseOrThrow(file.toString(), text);
    }
  }

  /**
   * Reads the runbook of a system.
   *
   * @throws ResurgeException {@code RunbookUnknown} with the names there are; {@code
   *     RunbookInvalid} if two files claim the name or it is no text
   */
  public Entry read(String system) {
    var files = system.matches("[a-z0-9-]+") ? files(system) : List.<Path>of();
    if (files.isEmpty()) {
      throw new ResurgeException(
          ErrorType.RUNBOOK_UNKNOWN,
          "looked for " + system + ".yaml in " + folder + "; there is " + systems());
    }
    if (files.size() > 1) {
      throw new ResurgeException(
          ErrorType.RUNBOOK_INVALID, "two files claim the system " + system + ": " + files);
    }
    try {
      return new Entry(files.getFirst(), Files.readString(files.getFirst()));
    } catch (MalformedInputException e) {
      throw new ResurgeException(
          ErrorType.RUNBOOK_INVALID, files.getFirst() + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.RUNBOOK_UNKNOWN,
          "could not read " + files.getFirst() + ": " + e.getMessage(),
          e);
    }
  }

  private List<Path> files(String system) {
    return ENDINGS.stream()
        .map(e -> folder.resolve(system + e))
        .filter(Files::isRegularFile)
        .toList();
  }

  /** Whether it is there and may be listed. */
  public boolean isReadable() {
    return Files.isDirectory(folder) && Files.isReadable(folder);
  }

  /** The systems by their files' names, sorted; none if the folder cannot be listed. */
  public List<String> systems() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> ENDINGS.stream().anyMatch(n::endsWith))
          .map(n -> n.substring(0, n.lastIndexOf('.')))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
