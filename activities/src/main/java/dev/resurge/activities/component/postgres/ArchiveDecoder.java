package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.PostgresTools.Toolbox;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Decodes an archive without a server. It is read once and given to two pg_restores: one lists it,
 * one turns it all into SQL that nobody keeps, for which it must decode every block.
 */
final class ArchiveDecoder {
  private final PostgresTools tools;
  private final Attempt attempt;
  private final Component.Postgres component;
  private final Toolbox toolbox;

  ArchiveDecoder(
      PostgresTools tools, Attempt attempt, Component.Postgres component, Toolbox toolbox) {
    this.tools = tools;
    this.attempt = attempt;
    this.component = component;
    this.toolbox = toolbox;
  }

  /**
   * What an archive holds.
   *
   * @param bytes decoded from the set's encodings
   */
  record Decoded(int entries, int tablesWithRows, ByteSize bytes) {}

  /**
   * Decodes one archive to its end.
   *
   * @throws ResurgeException {@code SetCorrupt} if its bytes or its inside are damaged
   */
  Decoded decode(Artifact artifact, ArtifactReader set, TransferMeter meter) {
    try (var in = set.open(artifact);
        var lister = tools.startOffline(attempt, component, toolbox, List.of("--list"));
        var decoder =
            tools.startOffline(attempt, component, toolbox, List.of("--file=/dev/null"))) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Listing> reading = () -> listing(lister);
        var listing = threads.submit(reading);
        var bytes = feed(artifact, in, lister, decoder, meter);
        awaitDecoded(artifact, decoder);
        awaitDecoded(artifact, lister);
        return new Decoded(listing.get().entries(), listing.get().tables(), new ByteSize(bytes));
      }
    } catch (IOException | ExecutionException e) {
      throw new ResurgeException(
          ErrorType.STORE_UNAVAILABLE, "reading " + artifact.path() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while decoding");
    }
  }

  private long feed(
      Artifact artifact,
      InputStream in,
      Shell.Running lister,
      Shell.Running decoder,
      TransferMeter meter)
      throws IOException {
    try (var toLister = new LeavingSink(lister.stdin());
        var toDecoder = new LeavingSink(decoder.stdin())) {
      var buffer = new byte[256 * 1024];
      long bytes = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        toLister.write(buffer, read);
        toDecoder.write(buffer, read);
        bytes += read;
        meter.add("decoding " + artifact.name(), read);
      }
      return bytes;
    }
  }

  /** Lines that are no comment: {@code 3412; 0 16400 TABLE DATA public document owner}. */
  private static Listing listing(Shell.Running lister) throws IOException {
    int entries = 0;
    int tables = 0;
    try (var lines =
        new BufferedReader(new InputStreamReader(lister.stdout(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith(";") && !line.isBlank()) {
          entries++;
          tables += line.matches("\\d+; \\d+ \\d+ TABLE DATA .*") ? 1 : 0;
        }
      }
    }
    return new Listing(entries, tables);
  }

  private record Listing(int entries, int tables) {}

  private void awaitDecoded(Artifact artifact, Shell.Running program) {
    int code = program.awaitExit();
    if (code != 0) {
      attempt.checkCancelled();
      throw new ResurgeException(
          ErrorType.SET_CORRUPT,
          "decoding "
              + artifact.path()
              + ": pg_restore ended with exit code "
              + code
              + ": "
              + program.stderrTail().strip());
    }
  }

  /** A program's input that may stop reading when it has read enough; its exit code says so. */
  private static final class LeavingSink implements AutoCloseable {
    private final OutputStream out;
    private boolean gone;

    LeavingSink(OutputStream out) {
      this.out = out;
    }

    void write(byte[] buffer, int length) {
      if (!gone) {
        try {
          out.write(buffer, 0, length);
        } catch (IOException e) {
          gone = true;
        }
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        gone = true;
      }
    }
  }
}
