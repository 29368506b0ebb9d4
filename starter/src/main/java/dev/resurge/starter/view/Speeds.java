package dev.resurge.starter.view;

import dev.resurge.starter.runs.Transfer;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How fast transfers go, from one heartbeat to the next. Heartbeats come in steps, so a sample
 * counts only when the number of bytes has changed; what is shown is smoothed.
 */
final class Speeds {
  private static final double WEIGHT_OF_NEW = 0.4;

  private final Map<String, Sample> samples = new HashMap<>();

  /**
   * Takes in how far a transfer is and tells what can be said: {@code 120 MB of 1.0 GB, 85 MB/s, 10
   * s left}. Empty if it moves no bytes.
   */
  Optional<String> describe(Transfer transfer, Instant now) {
    return transfer
        .progress()
        .map(progress -> {
          var key = transfer.id() + "/" + transfer.attempt() + "/" + progress.doing();
          var speed = observe(key, progress.doneBytes(), now);
          return words(progress.doing(), progress.doneBytes(), progress.totalBytes(), speed);
        });
  }

  private OptionalDouble observe(String key, long done, Instant now) {
    var before = samples.get(key);
    if (before == null || done < before.done()) {
      samples.put(key, new Sample(done, now, OptionalDouble.empty()));
      return OptionalDouble.empty();
    }
    var seconds = Duration.between(before.at(), now).toMillis() / 1000.0;
    if (done == before.done() || seconds <= 0) {
      return before.perSecond();
    }
    var fresh = (done - before.done()) / seconds;
    var smooth =
        before.perSecond().isPresent()
            ? WEIGHT_OF_NEW * fresh + (1 - WEIGHT_OF_NEW) * before.perSecond().getAsDouble()
            : fresh;
    samples.put(key, new Sample(done, now, OptionalDouble.of(smooth)));
    return OptionalDouble.of(smooth);
  }

  private static String words(String doing, long done, long total, OptionalDouble perSecond) {
    var text = new StringBuilder(doing);
    if (done > 0 || total > 0) {
      text.append(": ").append(new ByteSize(done).human());
    }
    if (total > 0) {
      text.append(" of ").append(new ByteSize(total).human());
    }
    perSecond.ifPresent(speed -> {
      text.append(", ").append(new ByteSize(Math.round(speed)).human()).append("/s");
      if (total > done && speed >= 1) {
        var left = Duration.ofSeconds(Math.round((total - done) / speed));
        text.append(", ").append(left(left)).append(" left");
      }
    });
    return text.toString();
  }

  private static String left(Duration duration) {
    return duration.toMinutes() == 0
        ? Math.max(1, duration.toSeconds()) + " s"
        : Durations.human(duration);
  }

  private record Sample(long done, Instant at, OptionalDouble perSecond) {}
}
