package dev.resurge.activities.store.codec;

import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Decoded bytes whose end is only reached if the stored bytes were the manifest's. Closing it early
 * reads the rest for the same check; after a failure it just closes.
 */
final class CheckedInput extends InputStream {
  private final InputStream decoded;
  private final Expectation expectation;
  private long bytes;
  private boolean checked;
  private Optional<ResurgeException> failure = Optional.empty();

  CheckedInput(InputStream decoded, Expectation expectation) {
    this.decoded = decoded;
    this.expectation = expectation;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (checked) {
      return -1;
    }
    int count = failing(() -> decode(buffer, offset, length));
    if (count < 0) {
      failing(() -> {
        expectation.checkStored();
        expectation.checkRaw(bytes);
        return 0;
      });
      checked = true;
      return -1;
    }
    bytes += count;
    return count;
  }

  private int decode(byte[] buffer, int offset, int length) {
    try {
      return decoded.read(buffer, offset, length);
    } catch (IOException e) {
      throw expectation.undecodable(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (decoded) {
      if (!checked && failure.isEmpty()) {
        failing(() -> {
          expectation.checkStored();
          return 0;
        });
        checked = true;
      }
    }
  }

  private int failing(IntSupplier action) {
    try {
      return action.getAsInt();
    } catch (ResurgeException e) {
      failure = Optional.of(e);
      throw e;
    }
  }
}
