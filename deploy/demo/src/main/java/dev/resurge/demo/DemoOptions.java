package dev.resurge.demo;

import java.nio.file.Path;
import java.util.Optional;

/** What the person asked for. */
record DemoOptions(
    boolean yes,
    boolean keep,
    boolean crash,
    int documents,
    Output output,
    Optional<Path> directory) {
  /** Where the result goes. */
  enum Output {
    /** The story on standard output. */
    text,
    /** The story on standard error, one JSON object on standard output. */
    json
  }
}
