package dev.resurge.workflows.model;

/** The keys of the labels that runs themselves put on sets; what they label is a run's id. */
public final class SetLabels {
  /** A safety set: made of the live data before that run replaced it. */
  public static final String BEFORE_RESTORE = "before-restore";

  /** A safety set: made of the copies that that run retained, which are gone since. */
  public static final String REPLACED_BY = "replaced-by";

  /** Made of the copies that that run retained, before a prune removed them. */
  public static final String FROM_RETAINED = "from-retained";

  private SetLabels() {}
}
