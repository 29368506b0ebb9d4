package dev.resurge.activities.store.codec;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Hashes and counts what comes from the store. A failure of the store is thrown unchecked, so that
 * decoders above do not make it look like damaged data.
 */
final class StoredInput extends InputStream {
  private final InputStream in;
  private final String what;
  private final MessageDigest digest = Digests.sha256();
  private long bytes;
  private boolean ended;

  StoredInput(InputStream in, String what) {
    this.in = in;
    this.what = what;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      int count = in.read(buffer, offset, length);
      if (count < 0) {
        ended = true;
      } else {
        digest.update(buffer, offset, count);
        bytes += count;
      }
      return count;
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.STORE_UNAVAILABLE,
          "cannot read on in " + what + " after " + bytes + " bytes: " + e.getMessage(),
          e);
    }
  }

  /** Reads on, to the end or at most {@code limit} bytes; whether the end was reached. */
  boolean drain(long limit) {
    var buffer = new byte[128 * 1024];
    long most = bytes + limit;
    while (!ended && bytes < most) {
      read(buffer, 0, buffer.length);
    }
    return ended;
  }

  long bytes() {
    return bytes;
  }

  /** Once, after the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
