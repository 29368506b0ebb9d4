package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Person;
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
}
