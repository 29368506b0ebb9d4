package dev.resurge.workflows.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a restore is about to do. People approve its {@code code}; the digest covers what must not
 * change behind their back and leaves out what may (times, sizes, differences).
 *
 * @param age how old the recovery point was when the plan was made
 * @param givenUp what newer data the live system would lose, first in every plan
 * @param digest sha256 of the canonical JSON of what is binding
 * @param code short, made of run, digest and a nonce; new when a plan is voided
 */
public record Plan(
    RunId run,
    String system,
    SetId set,
    String manifestSha256,
    Instant recoveryPoint,
    Duration age,
    List<String> givenUp,
    List<ComponentPlan> components,
    List<String> workloads,
    List<String> checks,
    List<String> hooks,
    String approval,
    Duration cutOverBudget,
    List<String> warnings,
    String digest,
    String code) {
  public Plan {
    givenUp = List.copyOf(givenUp);
    components = List.copyOf(components);
    workloads = List.copyOf(workloads);
    checks = List.copyOf(checks);
    hooks = List.copyOf(hooks);
    warnings = List.copyOf(warnings);
  }

  /** The same plan under a new code, after the old one was voided. */
  public Plan withCode(String newCode) {
    return new Plan(
        run,
        system,
        set,
        manifestSha256,
        recoveryPoint,
        age,
        givenUp,
        components,
        workloads,
        checks,
        hooks,
        approval,
        cutOverBudget,
        warnings,
        digest,
        newCode);
  }

  /**
   * One component of a plan.
   *
   * @param targetName the database or directory that is replaced
   * @param target its identity: what bears the name now
   * @param strategy {@code staged beside, swapped}
   */
  public record ComponentPlan(
      String component,
      String type,
      String targetName,
      TargetIdentity target,
      String strategy,
      ByteSize live,
      ByteSize set) {}
}
