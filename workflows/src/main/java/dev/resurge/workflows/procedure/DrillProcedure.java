package dev.resurge.workflows.procedure;

import dev.resurge.workflows.forecast.Forecaster;
import dev.resurge.workflows.model.DrillInput;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Verdict;
import io.temporal.workflow.WorkflowInit;
import java.util.Optional;

/**
 * choose set → preflight → the rules → stage, verify, check → tear down → evidence. It touches
 * nothing live and takes no lock on the data.
 */
public final class DrillProcedure extends Conducted implements Drill {
  private final DrillInput input;
  private final Rulings rulings = new Rulings(this);
  private final DataDrill drill = new DataDrill(this);

  @WorkflowInit
  public DrillProcedure(DrillInput input) {
    super(Procedure.DRILL, input);
    this.input = input;
  }

  @Override
  public RunResult run(DrillInput same) {
    return conduct(
        input,
        () -> {
          var chosen = rulings.choose(input.set());
          preflight(Optional.of(chosen.set()), Intent.STAGE);
          rulings.judge(Optional.of(chosen.set()));
          drill.run(chosen);
          if (drill.passed() && components().size() == chosen.components().size()) {
            markVerified(chosen);
          }
        });
  }

  @Override
  void cleanUp() {
    drill.tearDown();
  }

  @Override
  Forecaster legs(Forecaster earlier) {
    return earlier.copies("staging and verifying");
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    var name = draft().set().map(s -> "Set " + s.set()).orElse("The set");
    return ended
        .map(e -> name + " was not tried to the end: " + e.failure().message())
        .orElseGet(() -> told(verdict, name));
  }

  private String told(Verdict verdict, String name) {
    return switch (verdict) {
      case PASS -> name + " can be restored." + drill.words() + rulings.words();
      case FAIL_OBJECTIVE ->
          name + " can be restored, but an objective is missed." + drill.words() + rulings.words();
      default -> name + " did not pass: " + String.join("; ", draft().flaws()) + rulings.words();
    };
  }
}
