package dev.resurge.workflows.model;

/**
 * A failure with a stable type. The message says what was tried, on what, and what came back; what
 * to do next is the type's remedy. Holds no secrets.
 */
public final class ResurgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ErrorType type;

  public ResurgeException(ErrorType type, String message) {
    super(message);
    this.type = type;
  }

  public ResurgeException(ErrorType type, String message, Throwable cause) {
    super(message, cause);
    this.type = type;
  }

  /** Which row of the table of errors this is. */
  public ErrorType type() {
    return type;
  }
}
