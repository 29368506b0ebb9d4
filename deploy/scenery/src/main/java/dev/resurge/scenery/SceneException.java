package dev.resurge.scenery;

/** A scene cannot go on; the message says what was tried and what came back. */
public final class SceneException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what was tried and what came back. */
  public SceneException(String message) {
    super(message);
  }

  /** The same with its cause. */
  public SceneException(String message, Throwable cause) {
    super(message, cause);
  }
}
