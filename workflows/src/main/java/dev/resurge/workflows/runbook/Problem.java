package dev.resurge.workflows.runbook;

/**
 * One error of a runbook.
 *
 * @param file the name the text was read under
 * @param line counted from 1
 * @param column counted from 1, in characters
 * @param path the field, such as {@code spec.components[0].database}; empty for the file as a whole
 * @param message what is wrong and what to write instead; holds no secret
 */
public record Problem(String file, int line, int column, String path, String message) {
  /** One line as compilers write it: {@code library.yaml:12:5: spec.store.path: …}. */
  public String text() {
    var place = file + ":" + line + ":" + column + ": ";
    return path.isEmpty() ? place + message : place + path + ": " + message;
  }
}
