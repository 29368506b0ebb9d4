package dev.resurge.worker;

import dev.resurge.activities.check.CheckRunner;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.activities.notice.Notifier;
import dev.resurge.activities.step.AttemptHistory;
import dev.resurge.activities.step.Capturing;
import dev.resurge.activities.step.CuttingOver;
import dev.resurge.activities.step.Hooking;
import dev.resurge.activities.step.Identifying;
import dev.resurge.activities.step.Locking;
import dev.resurge.activities.step.Preparing;
import dev.resurge.activities.step.Pruning;
import dev.resurge.activities.step.Reporting;
import dev.resurge.activities.step.RunbookFolder;
import dev.resurge.activities.step.Settling;
import dev.resurge.activities.step.Site;
import dev.resurge.activities.step.Staging;
import dev.resurge.activities.step.Storing;
import dev.resurge.activities.step.Telling;
import dev.resurge.activities.step.TemporalHolders;
import dev.resurge.activities.step.Turns;
import io.temporal.client.WorkflowClient;
import java.util.List;

/** The activity implementations to register. */
public record Activities(List<Object> all) {
  public Activities {
    all = List.copyOf(all);
  }

  /**
   * Those of a worker.
   *
   * @param client to ask Temporal which runs are alive
   */
  public static Activities of(
      Installation installation,
      Site site,
      CheckRunner checks,
      Notifier notifier,
      WorkflowClient client) {
    var holders = new TemporalHolders(client);
    var turns = new Turns(installation.worker().backupsAtOnce());
    return new Activities(
        List.of(
            new Preparing(site, new RunbookFolder(installation.runbooks()), holders, turns),
            new Capturing(site, turns),
            new Staging(site, checks, holders),
            new Storing(site, holders),
            new CuttingOver(site, checks, holders),
            new Pruning(site, holders),
            new Settling(site),
            new Hooking(site),
            new Reporting(site, new AttemptHistory(client)),
            new Locking(holders),
            new Telling(notifier),
            new Identifying(PersonKeys.read(installation.people()), site)));
  }
}
