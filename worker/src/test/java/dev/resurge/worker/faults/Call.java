package dev.resurge.worker.faults;

/**
 * One external call of a run.
 *
 * @param activity the activity's type and, of several in the run, which: {@code Stage#1}
 * @param name what is called, such as {@code Files.move}
 * @param occurrence how often the activity had called that before
 */
record Call(String activity, String name, int occurrence) {
  @Override
  public String toString() {
    return activity + " " + name + " " + occurrence;
  }
}
