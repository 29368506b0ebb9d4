package dev.resurge.activities.check;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.runbook.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Watches a log file for the check's whole time: that nothing bad was written is known at its end.
 *
 * @param resumed for the words only; which lines are new the marks tell
 */
record LogProbe(Check.Log check, LogMarks marks, Attempt attempt, Instant resumed)
    implements Probe {
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Override
  public String expected() {
    return "no line of "
        + check.file()
        + " since "
        + resumed
        + " that matches "
        + String.join(" or ", check.mustNotMatch());
  }

  @Override
  public Outcome ask(Duration limit) {
    var file = Path.of(check.file());
    try {
      var mark = marks.find(attempt.run().id(), file);
      if (mark.isEmpty()) {
        return Outcome.failed(
            "where "
                + file
                + " ended when the workloads were started was not noted: "
                + marks.place(attempt.run().id())
                + " is not there, or does not name it");
      }
      var patterns = check.mustNotMatch().stream().map(Pattern::compile).toList();
      return watch(new LogFollower(file, mark.get(), patterns), file, limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome watch(LogFollower follower, Path file, Duration limit) {
    var match = new AtomicReference<Optional<String>>(Optional.empty());
    Poll.until(
        attempt,
        limit,
        PAUSE,
        () -> {
          match.set(next(follower));
          return match.get().isPresent();
        });
    return match
        .get()
        .or(() -> next(follower))
        .or(follower::lastMatch)
        .map(line -> Outcome.failed("found: " + line))
        .orElseGet(() ->
            Files.exists(file)
                ? Outcome.passed("none in " + Durations.human(limit))
                : Outcome.failed("there is no file " + file));
  }

  private static Optional<String> next(LogFollower follower) {
    try {
      return follower.nextMatch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
