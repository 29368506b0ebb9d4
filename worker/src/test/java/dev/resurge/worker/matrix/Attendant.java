package dev.resurge.worker.matrix;

import dev.resurge.activities.spi.Poll;
import dev.resurge.worker.world.RunHandle;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The person beside a run: approves its plan when it waits for that, says which way, and when it
 * asks for help mends what is broken first.
 */
final class Attendant {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final RunHandle run;
  private final String direction;
  private final String answer;
  private final Runnable mend;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Set<String> answered = new HashSet<>();
  private final CompletableFuture<RunResult> result = new CompletableFuture<>();
  private volatile boolean asked;

  private Attendant(RunHandle run, String direction, String answer, Runnable mend) {
    this.run = run;
    this.direction = direction;
    this.answer = answer;
    this.mend = mend;
  }

  /**
   * Begins to look after it.
   *
   * @param direction the answer to which way
   * @param answer the answer to a question for help
   */
  static Attendant of(RunHandle run, String direction, String answer, Runnable mend) {
    var attendant = new Attendant(run, direction, answer, mend);
    Thread.ofVirtual().start(attendant::awaitEnd);
    Thread.ofVirtual().start(attendant::attend);
    return attendant;
  }

  /** A query may hang for seconds at a worker that died; the end is asked for by itself. */
  private void awaitEnd() {
    try {
      result.complete(run.result());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private void attend() {
    try {
      Poll.until(
          PATIENCE,
          LOOK,
          () -> {
            run.statusIfAnswered().ifPresent(this::look);
            return ended();
          });
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private void look(Status status) {
    var plan = status.plan().filter(p -> waits(status));
    if (plan.isPresent() && answered.add(plan.get().code())) {
      run.signal(Decision.Kind.APPROVE, plan.get().code(), Optional.empty());
    }
    status.question().filter(q -> answered.add(q.code())).ifPresent(this::answer);
  }

  private void answer(Question question) {
    if (question.kind() == Question.Kind.DIRECTION) {
      run.signal(Decision.Kind.DECIDE, question.code(), Optional.of(direction));
    } else {
      help(question);
    }
  }

  private void help(Question question) {
    told.add(question.text());
    asked = true;
    mend.run();
    var choice = question.choices().contains(answer) ? answer : "retry";
    run.signal(Decision.Kind.DECIDE, question.code(), Optional.of(choice));
  }

  private static boolean waits(Status status) {
    return status.steps().stream()
        .anyMatch(s -> s.name().equals("wait for approval") && s.outcome() == Step.Outcome.WAITING);
  }

  /** Whether it asked for help. */
  boolean asked() {
    return asked;
  }

  /** What it said when it asked. */
  String told() {
    return String.join("\n", told);
  }

  /** Whether it has ended, well or not. */
  boolean ended() {
    return result.isDone();
  }

  /** Waits for its end. */
  RunResult result() {
    return result.join();
  }
}
