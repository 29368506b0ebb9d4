package dev.resurge.activities.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.activities.installation.AgeIdentities;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCodecTest {
  private static final String WHERE = "set x of y in filesystem z";

  @TempDir Path folder;
  private KeyMaker.InstallationKeys keys;
  private AgeIdentities identities;

  @BeforeEach
  void makeKeys() {
    keys = new KeyMaker(folder, InstantSource.system()).newInstallation();
    identities = AgeIdentities.read(List.of(keys.identity()));
  }

  @Test
  void whateverIsWrittenInWhateverPiecesComesBack() throws IOException {
    long seed = System.nanoTime();
    System.out.println("ArtifactCodecTest seed " + seed);
    var random = new Random(seed);
    // around age's chunk of 64 KiB and zstd's block of 128 KiB, and anything else
    var sizes =
        new int[] {
          0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 196_608, random.nextInt(3 << 20)
        };
    for (int size : sizes) {
      for (var recipients : List.of(List.<String>of(), List.of(keys.recipient()))) {
        var content = random.nextBoolean() ? noise(random, size) : text(random, size);
        var stored = encode(content, recipients, random);

        assertThat(stored.artifact.rawBytes()).isEqualTo(size);
        assertThat(stored.artifact.bytes()).isEqualTo(stored.bytes.length);
        assertThat(stored.artifact.sha256()).isEqualTo(Json.sha256(stored.bytes));
        assertThat(decode(stored.bytes, stored.artifact)).as("seed " + seed).isEqualTo(content);
      }
    }
  }

  @Test
  void everyFlippedByteIsFoundWithDigestsAndSize() throws IOException {
    var random = new Random(1);
    for (var recipients : List.of(List.<String>of(), List.of(keys.recipient()))) {
      var stored = encode(text(random, 200_000), recipients, random);
      for (int i = 0; i < 60; i++) {
        int at = i < 20 ? i * 15 : random.nextInt(stored.bytes.length);
        var damaged = stored.bytes.clone();
        damaged[at % damaged.length] ^= (byte) (1 << random.nextInt(8));

        var thrown =
            catchThrowableOfType(ResurgeException.class, () -> decode(damaged, stored.artifact));

        assertThat(thrown).as("byte " + at).isNotNull();
        assertThat(thrown.type()).as(thrown.getMessage()).isEqualTo(ErrorType.SET_CORRUPT);
        assertThat(thrown)
            .hasMessageContaining(stored.artifact.path() + " in " + WHERE)
            .hasMessageContaining(
                "expected "
                    + stored.bytes.length
                    + " bytes with sha256 "
                    + stored.artifact.sha256())
            .hasMessageContaining(
                "found " + damaged.length + " bytes with sha256 " + Json.sha256(damaged));
      }
    }
  }

  @Test
  void everyTruncationAndEveryAdditionIsFound() throws IOException {
    var random = new Random(2);
    for (var recipients : List.of(List.<String>of(), List.of(keys.recipient()))) {
      var stored = encode(noise(random, 200_000), recipients, random);
      int length = stored.bytes.length;
      for (int cut : new int[] {0, 1, 100, 65_536 + 200, length / 2, length - 1, length + 1}) {
        var thrown =
            catchThrowableOfType(
                ResurgeException.class,
                () -> decode(Arrays.copyOf(stored.bytes, cut), stored.artifact));

        assertThat(thrown).as(cut + " of " + length).isNotNull();
        assertThat(thrown.type()).as(thrown.getMessage()).isEqualTo(ErrorType.SET_CORRUPT);
        assertThat(thrown).hasMessageContaining("found " + cut + " bytes");
      }
    }
  }

  @Test
  void anAgeFileCutAtAChunkIsNotTakenForAShorterOne() throws IOException {
    // without zstd's own end mark: only age's last-chunk flag and the digest can tell
    var random = new Random(3);
    var stored = encode(noise(random, 400_000), List.of(keys.recipient()), random);
    for (int cut = stored.bytes.length % 65_552; cut < stored.bytes.length; cut += 65_552) {
      int end = cut;
      assertThat(
              catchThrowableOfType(
                  ResurgeException.class,
                  () -> decode(Arrays.copyOf(stored.bytes, end), stored.artifact)))
          .as("cut at " + cut)
          .isNotNull();
    }
  }

  @Test
  void closingEarlyStillChecksTheRest() throws IOException {
    var random = new Random(4);
    var stored = encode(noise(random, 3 << 20), List.of(), random);
    stored.bytes[stored.bytes.length - 100] ^= 1;

    var in = decoder(identities).decode(stream(stored.bytes), stored.artifact, WHERE);

    assertThat(in.read(new byte[10])).isPositive();
    assertThatThrownBy(in::close)
        .isInstanceOf(ResurgeException.class)
        .hasMessageContaining("is damaged: expected");
  }

  @Test
  void closingAfterAFailureSaysNothingMoreAndReadingRepeatsIt() throws IOException {
    var stored = encode(new byte[1000], List.of(), new Random(5));
    stored.bytes[10] ^= 1;
    var in = decoder(identities).decode(stream(stored.bytes), stored.artifact, WHERE);

    var first = catchThrowableOfType(ResurgeException.class, in::readAllBytes);

    assertThat(catchThrowableOfType(ResurgeException.class, in::read)).isSameAs(first);
    in.close();
  }

  @Test
  void aWrongIdentityNamesWhoseRecipientsItNeedsAndWhoseItHas() throws IOException {
    var other = new KeyMaker(folder.resolve("other"), InstantSource.system()).newInstallation();
    var stored = encode(new byte[10], List.of(keys.recipient()), new Random(6));
    var wrong =
        decoder(AgeIdentities.read(List.of(other.identity(), folder.resolve("offline.age"))));

    var thrown =
        catchThrowableOfType(
            ResurgeException.class,
            () -> wrong.decode(stream(stored.bytes), stored.artifact, WHERE));

    assertThat(thrown.type()).isEqualTo(ErrorType.KEY_WRONG);
    assertThat(thrown)
        .hasMessageContaining("it is encrypted to " + keys.recipient())
        .hasMessageContaining("the identities here are of " + other.recipient())
        .hasMessageContaining("offline.age: there is no such file")
        .hasMessageNotContaining("AGE-SECRET-KEY");
  }

  @Test
  void withoutAnyIdentityTheMessageSaysSo() throws IOException {
    var stored = encode(new byte[10], List.of(keys.recipient()), new Random(7));
    var none = decoder(AgeIdentities.read(List.of()));

    assertThatThrownBy(() -> none.decode(stream(stored.bytes), stored.artifact, WHERE))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.KEY_WRONG))
        .hasMessageContaining("there is no identity here");
  }

  @Test
  void oneOfSeveralIdentitiesIsEnough() throws IOException {
    var other = new KeyMaker(folder.resolve("other"), InstantSource.system()).newInstallation();
    var stored = encode(new byte[10], List.of(other.recipient(), keys.recipient()), new Random(8));
    for (var identity : List.of(keys.identity(), other.identity())) {
      var decoder = decoder(AgeIdentities.read(List.of(folder.resolve("offline.age"), identity)));
      try (var in = decoder.decode(stream(stored.bytes), stored.artifact, WHERE)) {
        assertThat(in.readAllBytes()).isEqualTo(new byte[10]);
      }
    }
  }

  @Test
  void aStoreThatFailsWhileReadingIsNotADamagedSet() throws IOException {
    var stored = encode(noise(new Random(9), 1 << 20), List.of(keys.recipient()), new Random(9));
    var failing =
        new SequenceInputStream(stream(Arrays.copyOf(stored.bytes, 300_000)), new BrokenInput());

    var in = decoder(identities).decode(failing, stored.artifact, WHERE);
    var thrown = catchThrowableOfType(ResurgeException.class, in::readAllBytes);

    assertThat(thrown.type()).isEqualTo(ErrorType.STORE_UNAVAILABLE);
    assertThat(thrown).hasMessageContaining("Input/output error");
  }

  @Test
  void aBodyThatFlushesAndFailsLeavesItsOwnError() {
    assertThatThrownBy(() ->
            new ArtifactEncoder(List.of(keys.recipient()))
                .encode(
                    new ByteArrayOutputStream(),
                    out -> {
                      out.write(1);
                      out.flush();
                      throw new IOException("pg_dump died");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("pg_dump died");
  }

  @Test
  void whatIsNoRecipientIsRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> new ArtifactEncoder(List.of(keys.recipient(), "age1nonsense")))
        .isInstanceOf(ResurgeException.class)
        .hasMessageContaining("'age1nonsense' is no age recipient");
    assertThatThrownBy(() -> new ArtifactEncoder(List.of("AGE-SECRET-KEY-1QQQQ")))
        .hasMessageNotContaining("QQQQ");
  }

  @Test
  void anUnknownEncodingIsAnUnknownFormat() throws IOException {
    var artifact = new Artifact("a/b/c", 0, 0, "0", List.of("lzma"));

    assertThatThrownBy(() -> decoder(identities).decode(stream(new byte[0]), artifact, WHERE))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.FORMAT_UNKNOWN))
        .hasMessageContaining("'lzma'");
  }

  /** What a store holds after encoding, to be damaged by tests. */
  private static final class Stored {
    final byte[] bytes;
    final Artifact artifact;

    Stored(byte[] bytes, Artifact artifact) {
      this.bytes = bytes;
      this.artifact = artifact;
    }
  }

  private static final class BrokenInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("Input/output error");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw new IOException("Input/output error");
    }
  }

  private static Stored encode(byte[] content, List<String> recipients, Random random)
      throws IOException {
    var encoder = new ArtifactEncoder(recipients);
    var sink = new ByteArrayOutputStream();
    var encoded =
        encoder.encode(
            sink,
            out -> {
              for (int at = 0; at < content.length; ) {
                int piece = Math.min(content.length - at, 1 + random.nextInt(100_000));
                out.write(content, at, piece);
                at += piece;
              }
            });
    return new Stored(
        sink.toByteArray(),
        new Artifact(
            "database/aaaa1111/schema.dump" + encoder.suffix(),
            encoded.storedBytes(),
            encoded.rawBytes(),
            encoded.sha256(),
            encoder.encodings()));
  }

  private byte[] decode(byte[] stored, Artifact artifact) throws IOException {
    try (var in = decoder(identities).decode(stream(stored), artifact, WHERE)) {
      return in.readAllBytes();
    }
  }

  private ArtifactDecoder decoder(AgeIdentities with) {
    return new ArtifactDecoder(with, List.of(keys.recipient()));
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] noise(Random random, int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(Random random, int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(4));
    }
    return bytes;
  }
}
