package dev.resurge.activities.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where log files ended just before a run started the workloads. Lines need not carry a time, so
 * which of them are new is known by position only; it is kept in a file because the checks may be
 * asked by another attempt, even of another worker.
 */
final class LogMarks {
  private static final Logger LOG = LoggerFactory.getLogger(LogMarks.class);

  private final Path folder;

  /**
   * @param folder made when needed
   */
  LogMarks(Path folder) {
    this.folder = folder;
  }

  /**
   * The end of a file.
   *
   * @param inode by which a rotated file is told from its successor; 0 if there was no file
   */
  record Mark(@JsonProperty("inode") long inode, @JsonProperty("size") long size) {
    /** Where {@code file} ends now. */
    static Mark of(Path file) throws IOException {
      if (!Files.exists(file)) {
        return new Mark(0, 0);
      }
      var attributes = Files.readAttributes(file, "unix:ino,size");
      return new Mark((long) attributes.get("ino"), (long) attributes.get("size"));
    }
  }

  /** The marks of one run, by file. */
  record Marks(
      @JsonProperty("round") String round, @JsonProperty("files") Map<String, Mark> files) {}

  /**
   * Notes where the files end, once a round: what another attempt of the same start has written
   * already is what the checks are to see, and what was written before an earlier start is not.
   * When it cannot be noted the workloads must be started all the same; the checks will fail and
   * say why.
   */
  void mark(RunId run, String round, Iterable<Path> logs) {
    var place = place(run);
    try {
      if (Files.exists(place) && read(place).round().equals(round)) {
        return;
      }
      var marks = new TreeMap<String, Mark>();
      for (var log : logs) {
        marks.put(log.toString(), Mark.of(log));
      }
      Files.createDirectories(folder);
      var half = Files.createTempFile(folder, run.value(), ".tmp");
      Files.write(half, Json.pretty(new Marks(round, marks)));
      Files.move(half, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("run {}: where logs end cannot be noted in {}: {}", run, place, e.toString());
    }
  }

  /** Where a file ended; empty if that was never noted for the run. */
  Optional<Mark> find(RunId run, Path log) throws IOException {
    var place = place(run);
    return Files.exists(place)
        ? Optional.ofNullable(read(place).files().get(log.toString()))
        : Optional.empty();
  }

  private static Marks read(Path place) throws IOException {
    return Json.mapper().readValue(Files.readString(place), Marks.class);
  }

  Path place(RunId run) {
    return folder.resolve(run.value() + ".json");
  }
}
