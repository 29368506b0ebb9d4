package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Step;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Does things as entries of a timeline. A step that asks an activity gives it the step's own name
 * as its summary: Temporal's history and our timeline speak of the same things. A failing step is
 * recorded and its failure passed on.
 */
final class Steps {
  private final Timeline timeline;

  Steps(Timeline timeline) {
    this.timeline = timeline;
  }

  Timeline timeline() {
    return timeline;
  }

  /** A step of the whole system. */
  Call step(String name) {
    return new Call(name, Optional.empty(), Manner.PATIENT);
  }

  /** A step of one component. */
  Call step(String name, String component) {
    return new Call(name, Optional.of(component), Manner.PATIENT);
  }

  private enum Manner {
    PATIENT,
    IN_TURN,
    HASTY
  }

  /** One step, about to be done. */
  final class Call {
    private final String name;
    private final Optional<String> component;
    private final Manner manner;

    private Call(String name, Optional<String> component, Manner manner) {
      this.name = name;
      this.component = component;
      this.manner = manner;
    }

    /** In the seconds of a cut over: as often as the budget allows. */
    Call hasty() {
      return new Call(name, component, Manner.HASTY);
    }

    /** When it is this backup's turn. */
    Call inTurn() {
      return new Call(name, component, Manner.IN_TURN);
    }

    /** Asks an activity that answers nothing. */
    <A> void run(Class<A> activities, Consumer<A> work) {
      ask(
          activities,
          activity -> {
            work.accept(activity);
            return Optional.empty();
          });
    }

    /** Asks an activity. */
    <A, T> T ask(Class<A> activities, Function<A, T> work) {
      return ask(activities, work, answer -> "");
    }

    /** Asks an activity; {@code words} say in the timeline what came of it. */
    <A, T> T ask(Class<A> activities, Function<A, T> work, Function<T, String> words) {
      return ask(activities, work, words, answer -> Optional.empty());
    }

    /** Asks an activity that moves data; {@code bytes} say how much it was. */
    <A, T> T ask(
        Class<A> activities,
        Function<A, T> work,
        Function<T, String> words,
        Function<T, Optional<ByteSize>> bytes) {
      var summary = Step.label(name, component);
      var stub =
          switch (manner) {
            case PATIENT -> Stubs.patient(activities, summary);
            case IN_TURN -> Stubs.inTurn(activities, summary);
            case HASTY -> Stubs.hasty(activities, summary);
          };
      return record(() -> work.apply(stub), words, bytes);
    }

    /** Does several things as one step. */
    void record(Runnable work) {
      record(
          () -> {
            work.run();
            return Optional.empty();
          },
          nothing -> "",
          nothing -> Optional.empty());
    }

    private <T> T record(
        Supplier<T> work, Function<T, String> words, Function<T, Optional<ByteSize>> bytes) {
      int step = timeline.begin(name, component);
      try {
        var answer = work.get();
        timeline.done(
            step, Optional.of(words.apply(answer)).filter(w -> !w.isEmpty()), bytes.apply(answer));
        return answer;
      } catch (TemporalFailure e) {
        timeline.failed(step, Failures.describe(e).message());
        throw e;
      } catch (StepFailed | RunEnded e) {
        timeline.failed(step, e.getMessage());
        throw e;
      }
    }
  }
}
