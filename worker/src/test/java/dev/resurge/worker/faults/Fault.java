package dev.resurge.worker.faults;

/** What becomes of one external call. */
record Fault(Call call, Kind kind) {
  /** How it fails. */
  enum Kind {
    /** It fails and has done nothing. */
    BEFORE,
    /** It has done its work, and fails. */
    AFTER,
    /** The worker dies just before it. */
    DEATH,
    /** No answer; when its attempt has long been given up, it does its work after all. */
    NEVER
  }

  /**
   * Looking whether a file is there never fails: an error there is a no. And who was not connected
   * has no connection.
   */
  boolean isPossible() {
    var looks = call.name().startsWith("Files.is") || call.name().endsWith("xists");
    return switch (kind) {
      case BEFORE -> !looks;
      case AFTER -> !looks && !call.name().equals("Connector.connect");
      case DEATH, NEVER -> true;
    };
  }

  @Override
  public String toString() {
    return kind + " " + call;
  }
}
