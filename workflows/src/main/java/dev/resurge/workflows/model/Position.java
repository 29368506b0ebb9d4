package dev.resurge.workflows.model;

/** Where the world stands, compared with a {@link Swap}. */
public enum Position {
  /** The live name is borne by the old data, the staged copy is beside it. */
  BEFORE,
  /** In one of the states that swapping passes through. */
  BETWEEN,
  /** The live name is borne by the restored data, the old data is retained. */
  AFTER,
  /**
   * As {@link #BEFORE}, after having been {@link #AFTER}: the rejected copy is put aside. Where
   * there was no old data it may have been removed as well, so that nothing is left.
   */
  BACK,
  /** None of these: somebody else changed names or data. */
  CHANGED
}
