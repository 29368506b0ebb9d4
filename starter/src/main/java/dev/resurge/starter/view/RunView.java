package dev.resurge.starter.view;

import dev.resurge.starter.runs.RunState;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Shows a run while it goes on. */
public interface RunView {
  /** Shows how it stands now. */
  void show(RunState state);

  /** Something else is about to be written. */
  void interrupt();

  /** Draws in place where the terminal can, else writes a line per change. */
  static RunView on(Terminal terminal, InstantSource clock, String taskQueue) {
    return terminal.redraws()
        ? new Live(terminal, clock, taskQueue)
        : new Changes(terminal, taskQueue);
  }

  /** In place. */
  final class Live implements RunView {
    private final Terminal terminal;
    private final InstantSource clock;
    private final String taskQueue;
    private final LiveText text;
    private boolean drawn;

    Live(Terminal terminal, InstantSource clock, String taskQueue) {
      this.terminal = terminal;
      this.clock = clock;
      this.taskQueue = taskQueue;
      this.text = new LiveText(new Style(terminal.colours()));
    }

    @Override
    public void show(RunState state) {
      terminal.redraw(text.lines(state, clock.instant(), terminal.width(), taskQueue));
      drawn = true;
    }

    @Override
    public void interrupt() {
      if (drawn) {
        terminal.keepDrawn();
        drawn = false;
      }
    }
  }

  /** A line per change, without control codes. */
  final class Changes implements RunView {
    private final Terminal terminal;
    private final String taskQueue;
    private final Set<String> said = new HashSet<>();
    private Optional<String> hint = Optional.empty();

    Changes(Terminal terminal, String taskQueue) {
      this.terminal = terminal;
      this.taskQueue = taskQueue;
    }

    @Override
    public void show(RunState state) {
      state
          .status()
          .ifPresent(status -> {
            if (said.add("run")) {
              terminal.progress(state.ref().describe() + "  " + status.run());
            }
            var steps = status.steps();
            for (int i = 0; i < steps.size(); i++) {
              var step = steps.get(i);
              if (said.add(i + " " + step.outcome() + " " + step.start())) {
                terminal.progress(StepLines.change(step, status.forecast()));
              }
            }
          });
      var now =
          state.ended() ? Optional.<String>empty() : LiveText.workerHint(state.worker(), taskQueue);
      if (!now.equals(hint)) {
        now.ifPresent(words -> terminal.progress("  ! " + words));
        hint = now;
      }
    }

    @Override
    public void interrupt() {}
  }
}
