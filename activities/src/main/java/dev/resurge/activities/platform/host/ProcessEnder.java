package dev.resurge.activities.platform.host;

import dev.resurge.activities.platform.host.ProcessTable.Entry;
import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Ends processes for good: asks them, then kills them, then waits until none is left. */
final class ProcessEnder {
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration KILLED_END_WITHIN = Duration.ofSeconds(10);

  private final ProcessTable table;
  private final Duration grace;

  /**
   * @param grace between SIGTERM and SIGKILL
   */
  ProcessEnder(ProcessTable table, Duration grace) {
    this.table = table;
    this.grace = grace;
  }

  /**
   * Ends every process that {@code wanted} holds for, also those that come while it looks.
   *
   * @return how many there were
   * @throws ResurgeException {@code ProgramFailed} if one does not end although it was killed
   */
  int end(Predicate<Entry> wanted) {
    var asked = new HashMap<Long, ProcessHandle>();
    if (!Poll.until(grace, PAUSE, () -> noneLeft(wanted, asked, false))
        && !Poll.until(KILLED_END_WITHIN, PAUSE, () -> noneLeft(wanted, asked, true))) {
      var left = table.find(wanted).stream().map(Entry::pid).toList();
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED,
          "Ending processes "
              + left
              + ": killed, but still there after "
              + KILLED_END_WITHIN.toSeconds()
              + " s; they hang in the kernel, usually on storage that does not answer");
    }
    return asked.size();
  }

  private boolean noneLeft(
      Predicate<Entry> wanted, Map<Long, ProcessHandle> asked, boolean forcibly) {
    List<ProcessHandle> left =
        table.find(wanted).stream()
            .map(entry -> ProcessHandle.of(entry.pid()))
            .flatMap(Optional::stream)
            .toList();
    for (var process : left) {
      if (forcibly) {
        asked.put(process.pid(), process);
        process.destroyForcibly();
      } else if (asked.put(process.pid(), process) == null) {
        process.destroy();
      }
    }
    return left.isEmpty();
  }
}
