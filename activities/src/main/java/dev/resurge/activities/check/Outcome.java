package dev.resurge.activities.check;

/**
 * What one try of a check found.
 *
 * @param decided whether trying again could not change it
 */
record Outcome(boolean passed, boolean decided, String actual) {
  private static final int KEPT = 300;

  Outcome {
    actual = shorten(actual);
  }

  static Outcome passed(String actual) {
    return new Outcome(true, true, actual);
  }

  /** Not yet; worth another try. */
  static Outcome notYet(String actual) {
    return new Outcome(false, false, actual);
  }

  /** Failed for good. */
  static Outcome failed(String actual) {
    return new Outcome(false, true, actual);
  }

  /** One line for evidence. */
  static String shorten(String text) {
    var line = text.strip().replaceAll("\\s*\\R\\s*", " / ");
    return line.length() <= KEPT ? line : line.substring(0, KEPT) + "…";
  }
}
