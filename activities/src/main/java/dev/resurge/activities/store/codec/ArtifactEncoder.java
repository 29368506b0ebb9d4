package dev.resurge.activities.store.codec;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.resurge.activities.installation.AgeRecipients;
import dev.resurge.activities.spi.ArtifactWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Encodes artifacts: zstd, then age if there are recipients. Several may be encoded at once; each
 * takes about 15 MiB beside the heap, whatever its size.
 */
public final class ArtifactEncoder {
  /** Names of encodings in manifests. */
  static final String ZSTD = "zstd";

  static final String AGE = "age";

  /** zstd's own default: the knee between speed and size; its window is 2 MiB. */
  private static final int LEVEL = 3;

  private static final int MOST_WORKERS = 4;

  /**
   * What a worker of zstd takes at a time. Left to itself zstd takes 8 MiB, and 43 MiB in all; so
   * it takes 14 MiB, and archives grow by one in a hundred (measured, see docs/performance.md).
   */
  private static final int JOB = 2 << 20;

  /** Drivers may write little pieces; each call into zstd costs, so they are gathered. */
  private static final int BUFFER = 128 * 1024;

  private final Optional<AgeRecipients> recipients;

  /**
   * An encoder to these recipients; to none, artifacts lie in clear.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code RunbookInvalid} for what is no
   *     recipient
   */
  public ArtifactEncoder(List<String> recipients) {
    this.recipients =
        recipients.isEmpty() ? Optional.empty() : Optional.of(AgeRecipients.of(recipients));
  }

  /** From the inside out. */
  public List<String> encodings() {
    return recipients.isPresent() ? List.of(ZSTD, AGE) : List.of(ZSTD);
  }

  /** What a file so encoded ends with. */
  public String suffix() {
    return recipients.isPresent() ? ".zst.age" : ".zst";
  }

  /**
   * Writes what {@code body} writes to {@code sink}, encoded. The sink stays open.
   *
   * @throws IOException from {@code body}; what was written by then is to be thrown away
   */
  public Encoded encode(OutputStream sink, ArtifactWriter.Body body) throws IOException {
    var stored = new HashingOutput(sink);
    var raw = new RawOutput(new BufferedOutputStream(compress(encrypt(stored)), BUFFER));
    try (raw.target) {
      body.writeTo(raw);
    }
    return new Encoded(raw.bytes, stored.bytes(), stored.sha256());
  }

  private OutputStream encrypt(OutputStream stored) throws IOException {
    return recipients.isPresent() ? recipients.get().encrypt(stored) : stored;
  }

  private static OutputStream compress(OutputStream out) throws IOException {
    // one thread is left to whoever produces the data and to encryption
    int workers = Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 0, MOST_WORKERS);
    return new ZstdOutputStreamNoFinalizer(out, LEVEL)
        .setChecksum(true)
        .setWorkers(workers)
        .setJobSize(JOB);
  }

  /**
   * What was written.
   *
   * @param rawBytes before encoding
   * @param storedBytes after it
   * @param sha256 of the stored bytes, in hex
   */
  public record Encoded(long rawBytes, long storedBytes, String sha256) {}

  /** Counts, and keeps a driver's flush and close from cutting the compression short. */
  private static final class RawOutput extends OutputStream {
    private final OutputStream target;
    private long bytes;

    RawOutput(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      target.write(b);
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      target.write(buffer, offset, length);
      bytes += length;
    }
  }
}
