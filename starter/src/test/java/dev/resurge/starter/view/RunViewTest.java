package dev.resurge.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.Samples;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RunViewTest {
  private final FakeTerminal terminal = new FakeTerminal(false);
  private final RunView view = RunView.on(terminal, InstantSource.fixed(Samples.BEGAN), "resurge");

  @Test
  void intoAPipeEachChangeIsOneLineWithoutControlCodes() {
    view.show(Samples.planned());
    view.show(Samples.planned());

    assertThat(terminal.progressText())
        .isEqualTo(
            """
            restore of library  20261121T031500Z-restore-7f2c
            03:15:01Z ✓ preflight (1.0 s)
            03:15:02Z ✓ plan (1.0 s): plan 7F2C-9A
            03:15:14Z ✓ safety backup database (12.0 s)
            03:15:14Z ▸ stage database: takes 2 to 5 min\
            """);
  }

  @Test
  void intoAPipeAMissingWorkerIsSaidOnceAndAgainWhenItGoesAwayAgain() {
    view.show(Samples.withoutWorker(RunState.Worker.MISSING));
    view.show(Samples.withoutWorker(RunState.Worker.MISSING));
    view.show(Samples.planned());
    view.show(Samples.withoutWorker(RunState.Worker.MISSING));

    assertThat(terminal.progressText().split("no worker polls", -1)).hasSize(3);
  }
}
