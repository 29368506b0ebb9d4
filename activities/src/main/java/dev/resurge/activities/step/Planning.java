package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.runbook.Approval;
import dev.resurge.workflows.runbook.Check;
import dev.resurge.workflows.runbook.Hooks;
import dev.resurge.workflows.runbook.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes down what a restore would do. */
final class Planning {
  private static final String STRATEGY = "staged beside the live data, then swapped";
  private final Attempt attempt;
  private final Workbench bench;

  Planning(Attempt attempt, Workbench bench) {
    this.attempt = attempt;
    this.bench = bench;
  }

  Plan plan(SetId set, String nonce) {
    var stored = bench.manifest(set);
    var manifest = stored.manifest();
    var run = attempt.run();
    var spec = bench.runbook().spec();
    var components = new ArrayList<Plan.ComponentPlan>();
    var age = Duration.between(manifest.recoveryPoint(), bench.site().clock().instant());
    var givenUp = new ArrayList<String>();
    givenUp.add(
        "everything written since "
            + manifest.recoveryPoint()
            + " ("
            + Durations.human(age)
            + " ago); it stays in the retained copies");
    for (var component : spec.components()) {
      var driver = bench.driver(component);
      var part = bench.part(stored, component.name());
      var found = driver.inspect(attempt, component, run.procedure(), Optional.of(part));
      var target =
          found
              .identity()
              .orElseThrow(() ->
                  new ResurgeException(
                      ErrorType.TARGET_CHANGED,
                      "component '"
                          + component.name()
                          + "' was there at preflight and is not now"));
      components.add(
          new Plan.ComponentPlan(
              component.name(),
              component.type(),
              found.name(),
              target,
              STRATEGY,
              found.size(),
              part.raw()));
      driver
          .givenUp(attempt, component, part)
          .forEach(line -> givenUp.add(component.name() + ": " + line));
    }
    var digest = digest(manifest.set().value(), stored.sha256(), components);
    return new Plan(
        run.id(),
        run.system(),
        set,
        stored.sha256(),
        manifest.recoveryPoint(),
        age,
        givenUp,
        components,
        spec.workloads().stream().map(Workload::name).toList(),
        spec.checks().stream().map(Check::name).toList(),
        Stream.concat(spec.hooks().beforeCutOver().stream(), spec.hooks().afterRestore().stream())
            .map(Hooks.Hook::name)
            .toList(),
        describe(spec.approval()),
        spec.restore().cutOverBudget(),
        List.of(),
        digest,
        Plan.codeOf(run.id(), digest, nonce));
  }

  /** What must not change behind an approver's back; no times, no measured values. */
  private String digest(String set, String manifestSha256, List<Plan.ComponentPlan> components) {
    var spec = bench.runbook().spec();
    var binding = new LinkedHashMap<String, Object>();
    binding.put("system", bench.runbook().system());
    binding.put("set", set);
    binding.put("manifest", manifestSha256);
    binding.put(
        "targets",
        components.stream()
            .map(c -> List.of(c.component(), c.targetName(), c.target().value()))
            .toList());
    binding.put("strategy", STRATEGY);
    binding.put("components", spec.components());
    binding.put("workloads", spec.workloads());
    binding.put("checks", spec.checks());
    binding.put("hooks", spec.hooks());
    binding.put("approval", spec.approval());
    binding.put("restore", spec.restore());
    return Json.sha256(Json.canonical(binding));
  }

  private static String describe(Approval rules) {
    return rules.required()
        + " of "
        + (rules.approvers().isEmpty() ? "anybody" : String.join(", ", rules.approvers()))
        + (rules.requesterMayApprove() ? ", whoever asked included" : ", not whoever asked")
        + (rules.identity() == Approval.Identity.CLAIMED ? ", names are taken at their word" : "");
  }
}
