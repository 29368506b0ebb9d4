package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Proof;
import dev.resurge.workflows.model.Run;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Who really said it: the trust roots are the installation's, not the workflow's. */
@ActivityInterface
public interface IdentityActivities {
  /**
   * Checks the decision's signature against the person's key in the configuration.
   *
   * @return authenticated if it holds; claimed if there is no signature; never throws for a wrong
   *     signature: then the name says so and the identity is claimed
   */
  @ActivityMethod
  Person identify(Run run, Decision decision);

  /**
   * Checks the decision's voucher, and uses up the link or form that it came by. The same decision
   * may be proved again; another one by the same link is refused.
   *
   * @param run with its runbook's text, which says where the store is
   * @return never throws for a voucher that does not hold, that is too late or used up: that is a
   *     refusal. A store that does not answer is {@code StoreUnavailable}; nothing is accepted then
   */
  @ActivityMethod
  Proof prove(Run run, Decision decision);
}
