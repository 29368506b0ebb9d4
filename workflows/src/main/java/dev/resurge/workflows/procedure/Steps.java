package dev.resurge.workflows.procedure;

import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does things as entries of a timeline. A failing step is recorded and its failure passed on. */
final class Steps {
  private final Timeline timeline;

  Steps(Timeline timeline) {
    this.timeline = timeline;
  }

  Timeline timeline() {
    return timeline;
  }

  /** Does it as a step without an answer. */
  void run(String name, Runnable work) {
    call(
        name,
        Optional.empty(),
        () -> {
          work.run();
          return Optional.empty();
        },
        nothing -> "");
  }

  /** The same for one component. */
  void run(String name, String component, Runnable work) {
    call(
        name,
        Optional.of(component),
        () -> {
          work.run();
          return Optional.empty();
        },
        nothing -> "");
  }

  /** Does it as a step with an answer. */
  <T> T call(String name, Supplier<T> work) {
    return call(name, Optional.empty(), work, answer -> "");
  }

  /** The same for one component, with words for what came of it. */
  <T> T call(String name, String component, Supplier<T> work, Function<T, String> words) {
    return call(name, Optional.of(component), work, words);
  }

  /** Does it as a step; {@code words} say in the timeline what came of it. */
  <T> T call(String name, Optional<String> component, Supplier<T> work, Function<T, String> words) {
    int step = timeline.begin(name, component);
    try {
      var answer = work.get();
      timeline.done(step, Optional.of(words.apply(answer)).filter(w -> !w.isEmpty()));
      return answer;
    } catch (TemporalFailure | RunEnded e) {
      timeline.failed(
          step, e instanceof RunEnded ? e.getMessage() : Failures.describe(e).message());
      throw e;
    }
  }
}
