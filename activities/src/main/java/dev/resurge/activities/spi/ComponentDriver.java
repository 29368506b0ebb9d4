package dev.resurge.activities.spi;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one technology is captured and proved. Every operation looks at the real state first and then
 * acts, so that running it twice equals running it once; long ones report progress.
 *
 * @param <C> its record in the runbook
 */
public interface ComponentDriver<C extends Component> {
  /** The record it serves. */
  Class<C> component();

  /** Looks at the live target and finds all that would go wrong with {@code intent}. */
  Inspection inspect(Attempt attempt, C component, Intent intent, Optional<ComponentManifest> set);

  /** Streams the component's data into the set. */
  ComponentManifest capture(Attempt attempt, C component, ArtifactWriter set);

  /** Reads every artifact back, decodes it and lists it. */
  List<CheckResult> verify(
      Attempt attempt, C component, ComponentManifest manifest, ArtifactReader set);

  /** The lines of RESTORE.md that bring this component back without Resurge. */
  String restoreInstructions(ComponentManifest manifest);

  /**
   * For people who compare: what the live data has now that differs from the set, in a few lines.
   */
  List<String> givenUp(Attempt attempt, C component, ComponentManifest manifest);

  /**
   * What was found at the target.
   *
   * @param identity empty if the target cannot be reached or does not exist
   * @param absent said of a place that answers and holds nothing of that name: what it holds
   * @param owner what the marker on the target says of its owner, if it bears one
   * @param clock the data's own clock, if it has one
   * @param room where a staged copy would stand, if it can be told
   */
  record Inspection(
      Optional<TargetIdentity> identity,
      Optional<String> absent,
      String name,
      ByteSize size,
      Optional<Owner> owner,
      Optional<Instant> clock,
      List<Finding> findings,
      Optional<Room> room) {
    public Inspection {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Room for a staged copy.
   *
   * @param where the file system, for messages
   * @param needed what the copy itself is expected to take, without any reserve
   */
  record Room(String where, ByteSize free, ByteSize needed) {}

  /** Whose target it is. */
  record Owner(String system, String installation) {
    /** For people and claims. */
    public String describe() {
      return "system " + system + " of installation " + installation;
    }
  }
}
