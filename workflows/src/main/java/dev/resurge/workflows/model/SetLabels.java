package dev.resurge.workflows.model;

/** The keys of the labels that runs themselves put on sets. */
public final class SetLabels {
  /** A safety set: made of the live data before the run of that id replaced it. */
  public static final String BEFORE_RESTORE = "before-restore";

  /** A safety set: made of the copies that the run of that id retained, which are gone since. */
  public static final String REPLACED_BY = "replaced-by";

  /** Made of the copies that the run of that id retained, before a prune removed them. */
  public static final String FROM_RETAINED = "from-retained";

  /** Made by the schedule of that name. */
  public static final String SCHEDULE = "schedule";

  private SetLabels() {}
}
