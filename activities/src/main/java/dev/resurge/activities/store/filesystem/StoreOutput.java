package dev.resurge.activities.store.filesystem;

import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * A stream into the store that fails as the store: its failures pass through encoders and drivers
 * without being taken for failures of what they read. The store closes the file, not the writer.
 */
final class StoreOutput extends OutputStream {
  private final OutputStream file;
  private final Function<IOException, ResurgeException> failure;

  StoreOutput(OutputStream file, Function<IOException, ResurgeException> failure) {
    this.file = file;
    this.failure = failure;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      throw failure.apply(e);
    }
  }

  @Override
  public void close() {
    // see above
  }
}
