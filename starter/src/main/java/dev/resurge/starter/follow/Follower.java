package dev.resurge.starter.follow;

import dev.resurge.starter.runs.RunRef;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.view.RunView;
import dev.resurge.starter.view.Terminal;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Stays with a run to its end. Temporal may go away and come back meanwhile: the run is safe there,
 * so this asks again for five minutes before it gives up.
 */
public final class Follower {
  private static final Duration POLL = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Runs runs;
  private final Terminal terminal;
  private final RunView view;
  private final Attendant attendant;
  private final InstantSource clock;
  private Optional<Status> lastAnswer = Optional.empty();
  private Optional<Instant> silentSince = Optional.empty();
  private volatile boolean left;

  public Follower(
      Runs runs, Terminal terminal, RunView view, Attendant attendant, InstantSource clock) {
    this.runs = runs;
    this.terminal = terminal;
    this.view = view;
    this.attendant = attendant;
    this.clock = clock;
  }

  /**
   * Returns when the run has ended or the person here leaves it to others.
   *
   * @throws ResurgeException if the run failed without a result, or {@code TemporalUnavailable}
   */
  public Followed follow(RunRef run) {
    while (true) {
      while (left) {
        terminal.pause(POLL);
      }
      var looked = look(run);
      if (looked.isPresent()) {
        var state = looked.get();
        if (!attendant.prompting() || !terminal.redraws()) {
          view.show(state);
        }
        attendant.attend(state);
        if (state.ended()) {
          view.interrupt();
          return new Followed.Ended(state, result(state));
        }
        if (waitAWhile(run) == Attendant.Stay.LEAVE) {
          return new Followed.Left(state);
        }
      } else {
        terminal.pause(POLL);
      }
    }
  }

  /** From any thread: this process is about to end, and what the run does now is not shown. */
  public void leave() {
    left = true;
  }

  /** The run's result; a cancelled run keeps it in its last answer. */
  private RunResult result(RunState state) {
    try {
      return runs.result(state.ref());
    } catch (ResurgeException e) {
      return state.status().flatMap(Status::result).orElseThrow(() -> e);
    }
  }

  private Optional<RunState> look(RunRef run) {
    try {
      var state = runs.look(run);
      silentSince = Optional.empty();
      lastAnswer = state.status().or(() -> lastAnswer);
      return Optional.of(state.withStatus(lastAnswer));
    } catch (ResurgeException e) {
      if (left) {
        return Optional.empty();
      }
      if (e.type() != ErrorType.TEMPORAL_UNAVAILABLE || outOfPatience()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private boolean outOfPatience() {
    if (silentSince.isEmpty()) {
      silentSince = Optional.of(clock.instant());
      view.interrupt();
      terminal.progress("  ! Temporal does not answer; the run is safe there; still asking");
    }
    return Duration.between(silentSince.get(), clock.instant()).compareTo(PATIENCE) > 0;
  }

  private Attendant.Stay waitAWhile(RunRef run) {
    if (!attendant.prompting()) {
      terminal.pause(POLL);
      return Attendant.Stay.ON;
    }
    return switch (terminal.await(POLL)) {
      case Terminal.Typed.Line(var text) -> attendant.typed(run, text);
      case Terminal.Typed.Closed() -> {
        attendant.nobodyThere();
        yield Attendant.Stay.ON;
      }
      case Terminal.Typed.Nothing() -> Attendant.Stay.ON;
    };
  }
}
