package dev.resurge.workflows.model;

import java.util.List;
import java.util.Optional;

/**
 * How a run stands: the answer of the query {@code status}.
 *
 * @param fates which sets stay, once a run that prunes has decided it
 * @param forecast how long it is likely to take
 */
public record Status(
    RunId run,
    Procedure procedure,
    String system,
    String phase,
    List<Step> steps,
    Optional<Plan> plan,
    Optional<Question> question,
    List<DecisionRecord> decisions,
    List<Finding> findings,
    List<CheckResult> checks,
    List<SetFate> fates,
    Forecast forecast,
    Optional<RunResult> result) {
  public Status {
    steps = List.copyOf(steps);
    decisions = List.copyOf(decisions);
    findings = List.copyOf(findings);
    checks = List.copyOf(checks);
    fates = fates == null ? List.of() : List.copyOf(fates);
    forecast = forecast == null ? Forecast.NONE : forecast;
  }

  /**
   * What is said beside its plan of how long it takes: nothing when it is over, nor where what was
   * planned before is settled.
   */
  public Optional<Forecast> prediction() {
    return Optional.of(forecast).filter(f -> result.isEmpty() && procedure != Procedure.SETTLE);
  }
}
