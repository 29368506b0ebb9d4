package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.Run;
import io.temporal.activity.Activity;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.MDC;

/** Gives an activity its attempt, and Temporal its cancellation. */
final class Attempts {
  private Attempts() {}

  static <T> T call(Run run, Function<Attempt, T> work) {
    var context = Activity.getExecutionContext();
    MDC.put("system", run.system());
    MDC.put("run", run.id().value());
    try (var attempt = TemporalAttempt.begin(context, run)) {
      try {
        return work.apply(attempt);
      } catch (RuntimeException e) {
        // Whatever a killed program made of it: what Temporal wants to hear is that it stopped.
        if (attempt.cancellation().isPresent()) {
          throw attempt.cancellation().get();
        }
        throw e;
      }
    } finally {
      MDC.clear();
    }
  }

  static void run(Run run, Consumer<Attempt> work) {
    call(
        run,
        attempt -> {
          work.accept(attempt);
          return true;
        });
  }
}
