package dev.resurge.workflows.procedure;

/** The task queues of a site, by the one that its configuration names. */
public final class TaskQueues {
  private TaskQueues() {}

  /**
   * Where backups ask for their turn. Those of many systems begin at the same moment of the night;
   * here they wait, in Temporal and not in a worker, and keep nothing else from being done.
   */
  public static String ofBackups(String taskQueue) {
    return taskQueue + "/backups";
  }
}
