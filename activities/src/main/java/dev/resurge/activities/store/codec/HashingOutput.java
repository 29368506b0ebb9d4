package dev.resurge.activities.store.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes and counts what passes to the store. Closing it leaves the store's stream open. */
final class HashingOutput extends OutputStream {
  private final OutputStream out;
  private final MessageDigest digest = Digests.sha256();
  private long bytes;

  HashingOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    digest.update(buffer, offset, length);
    bytes += length;
  }

  @Override
  public void close() {
    // the store closes what it opened
  }

  long bytes() {
    return bytes;
  }

  /** Once, when all is written. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
