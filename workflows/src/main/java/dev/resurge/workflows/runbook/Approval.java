package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;

/** Who must agree to a plan. */
public record Approval(
    @Between(least = 1, most = 100)
        @JsonPropertyDescription("How many different people. Default 1.")
        Integer required,
    @JsonPropertyDescription("Who may; empty means anybody.") List<String> approvers,
    @JsonPropertyDescription(
            "Whether whoever asked may also approve. Default false. Names are compared, and the"
                + " asker's is only a claim: where four eyes must hold, require two approvals.")
        Boolean requesterMayApprove,
    @JsonPropertyDescription(
            "authenticated: a decision counts only with a proven identity; claimed: what it says of"
                + " itself is believed. Default authenticated.")
        Identity identity,
    @JsonPropertyDescription("Unapproved by then, the run ends. Default 12h.")
        Duration expiresAfter,
    @JsonPropertyDescription("Unapproved by then, the next people are told. Default 15m.")
        Duration escalateAfter,
    @JsonPropertyDescription("Who is told then.") List<String> escalateTo) {
  /** All defaults: what holds as long as nothing else was said. */
  public static final Approval STRICTEST = new Approval(null, null, null, null, null, null, null);

  public Approval {
    required = required == null ? 1 : required;
    approvers = Runbook.copy(approvers);
    requesterMayApprove = requesterMayApprove != null && requesterMayApprove;
    identity = identity == null ? Identity.AUTHENTICATED : identity;
    expiresAfter = expiresAfter == null ? Duration.ofHours(12) : expiresAfter;
    escalateAfter = escalateAfter == null ? Duration.ofMinutes(15) : escalateAfter;
    escalateTo = Runbook.copy(escalateTo);
  }

  /** Which identities count. */
  public enum Identity {
    @JsonProperty("claimed")
    CLAIMED,
    @JsonProperty("authenticated")
    AUTHENTICATED
  }
}
