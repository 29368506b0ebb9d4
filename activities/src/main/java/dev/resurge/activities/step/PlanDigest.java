package dev.resurge.activities.step;

import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Plan.ComponentPlan;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Runbook;
import java.util.LinkedHashMap;
import java.util.List;

/** What must not change behind an approver's back; no times, no measured values. */
final class PlanDigest {
  private PlanDigest() {}

  /**
   * sha256 of the canonical JSON of what is binding.
   *
   * @param runbook as {@code scope} makes it
   * @param source the set, or the run whose retained copies are swapped in again
   * @param manifestSha256 of the set; empty without one
   */
  static String of(
      Runbook runbook,
      Scope scope,
      String source,
      String manifestSha256,
      List<ComponentPlan> components) {
    var spec = runbook.spec();
    var binding = new LinkedHashMap<String, Object>();
    binding.put("system", runbook.system());
    binding.put("source", source);
    binding.put("manifest", manifestSha256);
    binding.put("targets", components.stream().map(PlanDigest::target).toList());
    binding.put("scope", scope);
    binding.put("components", spec.components());
    binding.put("workloads", spec.workloads());
    binding.put("checks", spec.checks());
    binding.put("hooks", spec.hooks());
    binding.put("approval", spec.approval());
    binding.put("restore", spec.restore());
    return Json.sha256(Json.canonical(binding));
  }

  private static List<String> target(ComponentPlan component) {
    return List.of(
        component.component(),
        component.targetName(),
        component.target().map(TargetIdentity::value).orElse(""),
        component.strategy().name());
  }
}
