package dev.resurge.worker.world;

/**
 * A step of a run, as it can be met again in another run of the same kind.
 *
 * @param workflow the type of the workflow that asks for it, such as {@code CutOver}
 * @param label as people read it, without ids: {@code swap files}
 * @param time 1 for the first step of that workflow type and label since the watch was armed
 */
public record StepPoint(String workflow, String label, int time) {
  private static final String ID = "\\d{8}T\\d{6}Z-[a-z0-9-]+";

  /** The same label of whichever set or run it is about. */
  static String withoutIds(String label) {
    return label.replaceAll(ID, "SET");
  }

  @Override
  public String toString() {
    return workflow + ": " + label + (time == 1 ? "" : ", time " + time);
  }
}
