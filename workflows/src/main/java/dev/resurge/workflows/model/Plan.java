package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a restore is about to do. People approve its {@code code}; the digest covers what must not
 * change behind their back and leaves out what may (times, sizes, differences).
 *
 * @param set what is restored; empty if it is what a run retained
 * @param fromRetained whose retained copies are swapped in again
 * @param manifestSha256 of the set; empty without one
 * @param age how old the recovery point was when the plan was made
 * @param givenUp what newer data the live system would lose, first in every plan
 * @param digest sha256 of the canonical JSON of what is binding
 * @param code short, made of run, digest and a nonce; new when a plan is voided
 */
public record Plan(
    RunId run,
    String system,
    Optional<SetId> set,
    Optional<RunId> fromRetained,
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

  /** The short code of a plan: bound to run and digest, new with every nonce. */
  public static String codeOf(RunId run, String digest, String nonce) {
    return Json.sha256(run + "\n" + digest + "\n" + nonce).substring(0, 6);
  }

  /** What is restored, for sentences: {@code set 20261121T020000Z-k3f9}. */
  public String source() {
    return set.map(s -> "set " + s)
        .or(() -> fromRetained.map(of -> "what run " + of + " replaced"))
        .orElse("nothing");
  }

  /** Whether live data is removed before the restored data stands. */
  @JsonIgnore
  public boolean inPlace() {
    return components.stream().anyMatch(c -> c.strategy() == Strategy.IN_PLACE);
  }

  /** Whether nothing of what it restores is there now. */
  @JsonIgnore
  public boolean rebuilds() {
    return components.stream().allMatch(c -> c.target().isEmpty());
  }

  /** The same plan under a new code, after the old one was voided. */
  public Plan again(String nonce) {
    return with(warnings, digest, codeOf(run, digest, nonce));
  }

  /** The same plan with something more at stake: another digest, so another approval. */
  public Plan withWarning(String warning, String nonce) {
    var more = new ArrayList<>(warnings);
    more.add(warning);
    var newDigest = Json.sha256(digest + "\n" + warning);
    return with(more, newDigest, codeOf(run, newDigest, nonce));
  }

  /** The same plan with remarks that change nothing of what it binds: digest and code stay. */
  public Plan saying(List<String> remarks) {
    var more = new ArrayList<>(warnings);
    more.addAll(remarks);
    return with(more, digest, code);
  }

  private Plan with(List<String> newWarnings, String newDigest, String newCode) {
    return new Plan(
        run,
        system,
        set,
        fromRetained,
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
        newWarnings,
        newDigest,
        newCode);
  }

  /**
   * One component of a plan.
   *
   * @param targetName the database or directory that is replaced
   * @param target its identity: what bears the name now; empty if nothing does
   * @param source the identity of what the data was captured from
   * @param strategy what becomes of both
   */
  public record ComponentPlan(
      String component,
      String type,
      String targetName,
      Optional<TargetIdentity> target,
      TargetIdentity source,
      Strategy strategy,
      ByteSize live,
      ByteSize set) {}
}
