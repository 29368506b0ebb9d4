package dev.resurge.worker.matrix;

/** How a run may end that met a fault; there is nothing in between. */
enum Outcome {
  HEALTHY("healthy, with the right data"),
  AS_BEFORE("as before"),
  PARKED_THEN_RIGHT("parked; after `retry` healthy, with the right data"),
  PARKED_THEN_AS_BEFORE("parked; as before in the end");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  static Outcome of(boolean passed, boolean parked) {
    if (passed) {
      return parked ? PARKED_THEN_RIGHT : HEALTHY;
    }
    return parked ? PARKED_THEN_AS_BEFORE : AS_BEFORE;
  }

  @Override
  public String toString() {
    return words;
  }
}
