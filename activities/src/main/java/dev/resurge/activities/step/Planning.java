package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Plan.ComponentPlan;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Approval;
import dev.resurge.workflows.runbook.Check;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Hooks;
import dev.resurge.workflows.runbook.RestoreSettings;
import dev.resurge.workflows.runbook.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes down what a restore would do. */
final class Planning {
  private final Attempt attempt;
  private final Workbench bench;

  Planning(Attempt attempt, Workbench bench) {
    this.attempt = attempt;
    this.bench = bench;
  }

  Plan plan(SetId set, String nonce) {
    var stored = bench.manifest(set);
    var point = stored.manifest().recoveryPoint();
    var components = new ArrayList<ComponentPlan>();
    var givenUp = new ArrayList<String>();
    for (var component : bench.components()) {
      var part = bench.part(stored, component.name());
      var driver = bench.driver(component);
      var found = driver.inspect(attempt, component, Intent.REPLACE, Optional.of(part));
      requireLooked(component, found);
      components.add(
          planned(component, found, part.target(), strategy(found), found.size(), part.raw()));
      if (found.identity().isPresent() && !attempt.run().scope().partial()) {
        driver
            .givenUp(attempt, component, part)
            .forEach(line -> givenUp.add(component.name() + ": " + line));
      }
    }
    givenUp.addFirst(stake(point, components));
    return plan(
        Optional.of(set), Optional.empty(), stored.sha256(), point, givenUp, components, nonce);
  }

  /** Back to what a restore replaced: it is as of the moment that it was replaced. */
  Plan planFromRetained(RunId of, String nonce) {
    var components = new ArrayList<ComponentPlan>();
    for (var component : bench.components()) {
      var kept = bench.retained(attempt, component, of);
      var found =
          bench.driver(component).inspect(attempt, component, Intent.REPLACE, Optional.empty());
      requireLooked(component, found);
      components.add(
          planned(
              component,
              found,
              kept.identity(),
              Strategy.SWAPPED_AGAIN,
              found.size(),
              kept.size()));
    }
    var point = replacedAt(of);
    return plan(
        Optional.empty(),
        Optional.of(of),
        "",
        point,
        List.of(stake(point, components)),
        components,
        nonce);
  }

  /** Its evidence says when the workloads were stopped; without it, when the run began. */
  private Instant replacedAt(RunId of) {
    if (!bench.evidence().runs().contains(of)) {
      return of.started();
    }
    var clocks = bench.evidence().read(of, bench.site().trust()).clocks();
    return clocks.quiesced().orElse(clocks.requested());
  }

  private static void requireLooked(Component component, Inspection found) {
    if (found.identity().isEmpty() && found.absent().isEmpty()) {
      var why = found.findings().stream().filter(f -> f.severity() == Finding.Severity.ERROR);
      var first = why.findFirst();
      throw new ResurgeException(
          first.map(Finding::type).orElse(ErrorType.TARGET_CHANGED),
          "component '"
              + component.name()
              + "' could be looked at in preflight and cannot now"
              + first.map(f -> ": " + f.message()).orElse(""));
    }
  }

  private Strategy strategy(Inspection found) {
    if (found.identity().isEmpty()) {
      return Strategy.PLACED;
    }
    return bench.runbook().spec().restore().strategy() == RestoreSettings.Strategy.IN_PLACE
        ? Strategy.IN_PLACE
        : Strategy.SWAPPED;
  }

  private static ComponentPlan planned(
      Component component,
      Inspection found,
      TargetIdentity source,
      Strategy strategy,
      ByteSize live,
      ByteSize set) {
    return new ComponentPlan(
        component.name(),
        component.type(),
        found.name(),
        found.identity(),
        source,
        strategy,
        live,
        set);
  }

  /** What people risk, before anything else. */
  private String stake(Instant point, List<ComponentPlan> components) {
    var since =
        "everything written since "
            + point
            + " ("
            + Durations.human(Duration.between(point, bench.site().clock().instant()))
            + " ago)";
    if (attempt.run().scope().partial() || bench.elsewhere()) {
      return "nothing: the live data stays as it is; what comes back lacks " + since;
    }
    if (components.stream().allMatch(c -> c.target().isEmpty())) {
      return since + ", which is lost already: there is no live data";
    }
    if (components.stream().anyMatch(c -> c.strategy() == Strategy.IN_PLACE)) {
      return since + "; it stays in the safety set only, for the live data is removed";
    }
    return since + "; it stays in the retained copies";
  }

  private Plan plan(
      Optional<SetId> set,
      Optional<RunId> fromRetained,
      String manifestSha256,
      Instant point,
      List<String> givenUp,
      List<ComponentPlan> components,
      String nonce) {
    var run = attempt.run();
    var spec = bench.runbook().spec();
    var source = set.map(SetId::value).or(() -> fromRetained.map(RunId::value)).orElseThrow();
    var digest = PlanDigest.of(bench.runbook(), run.scope(), source, manifestSha256, components);
    return new Plan(
        run.id(),
        run.system(),
        set,
        fromRetained,
        manifestSha256,
        point,
        Duration.between(point, bench.site().clock().instant()),
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

  private static String describe(Approval rules) {
    return rules.required()
        + " of "
        + (rules.approvers().isEmpty() ? "anybody" : String.join(", ", rules.approvers()))
        + (rules.requesterMayApprove() ? ", whoever asked included" : ", not whoever asked")
        + (rules.identity() == Approval.Identity.CLAIMED ? ", names are taken at their word" : "");
  }
}
