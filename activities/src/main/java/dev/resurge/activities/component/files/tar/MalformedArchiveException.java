package dev.resurge.activities.component.files.tar;

import java.io.IOException;

/** The bytes are no tar archive, or one that ends too early. The message says where and why. */
public final class MalformedArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedArchiveException(String message) {
    super(message);
  }
}
