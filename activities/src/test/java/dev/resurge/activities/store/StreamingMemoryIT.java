package dev.resurge.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the data: a JVM of its own with hardly any heap. */
class StreamingMemoryIT {
  private static final long RAW_BYTES = 1L << 30;
  private static final String HEAP = "-Xmx24m";

  /** The JVM itself, zstd's workers and age's buffers; a tenth of what passes through. */
  private static final long MOST_RESIDENT_KIB = 256 * 1024;

  @TempDir Path folder;

  @Test
  void aGibibyteIsStoredAndReadBackWithin24MebibytesOfHeap() throws Exception {
    var output = folder.resolve("output");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                HEAP,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RoundTrip.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }

    var text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    System.out.println("StreamingMemoryIT " + text.strip());
    assertThat(resident(text)).as(text).isLessThan(MOST_RESIDENT_KIB);
  }

  private static long resident(String text) {
    return text.lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** What the other JVM runs: half of the data does not compress, so that age sees it too. */
  static final class RoundTrip {
    private RoundTrip() {}

    public static void main(String[] args) throws IOException {
      var world = new StoreWorld(Path.of(args[0]));
      var set = new SetId("20261121T020000Z-k3f9");
      var piece = new byte[64 * 1024];
      new Random(1).nextBytes(piece);
      Arrays.fill(piece, piece.length / 2, piece.length, (byte) 0);
      var started = System.nanoTime();
      var artifact =
          world
              .sets
              .writer(set, "database", "aaaa1111", List.of(world.keys.recipient()))
              .put(
                  "data",
                  out -> {
                    for (long at = 0; at < RAW_BYTES; at += piece.length) {
                      piece[0] = (byte) at;
                      shuffle(piece, at);
                      out.write(piece);
                    }
                  });
      var manifest = world.manifest(set, SetKind.MANUAL, artifact);
      var reader = world.sets.reader(set, manifest, List.of(world.keys.identity()));
      long read = 0;
      try (var in = reader.open(artifact)) {
        for (int count; (count = in.read(piece)) > 0; ) {
          read += count;
        }
      }
      if (read != RAW_BYTES) {
        throw new AssertionError("read " + read + " of " + RAW_BYTES + " bytes");
      }
      var millis = (System.nanoTime() - started) / 1_000_000;
      System.out.println(artifact.bytes() + " stored bytes, " + millis + " ms");
      Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .forEach(System.out::println);
    }

    /** Cheap noise, so that zstd finds no repetition between pieces. */
    private static void shuffle(byte[] piece, long seed) {
      long state = seed * 0x9E3779B97F4A7C15L + 1;
      for (int i = 0; i + 8 <= piece.length / 2; i += 8) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        for (int b = 0; b < 8; b++) {
          piece[i + b] = (byte) (state >>> (8 * b));
        }
      }
    }
  }
}
