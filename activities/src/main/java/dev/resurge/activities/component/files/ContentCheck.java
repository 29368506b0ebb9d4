package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.MalformedArchiveException;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TransferProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares an archive's stream with what the set says was captured: the fingerprint of the
 * manifest, and the listing line by line, so that the first entries that differ can be named.
 */
final class ContentCheck {
  private final java.time.Clock clock;

  ContentCheck(java.time.Clock clock) {
    this.clock = clock;
  }

  /**
   * Where an archive comes from.
   *
   * @param stream read to its end
   * @param ended returns warnings once the stream was read
   */
  record Source(InputStream stream, ArchiveScan.Admission admission, Ended ended) {}

  /** Says whether the stream's source ended well. */
  @FunctionalInterface
  interface Ended {
    List<String> await();
  }

  /** Reads all of {@code source}; a set whose bytes are wrong fails the check. */
  CheckResult compare(
      Attempt attempt, String when, ComponentManifest manifest, ArtifactReader set, Source source)
      throws IOException {
    var begun = clock.instant();
    var expected = describe(manifest.fingerprint());
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                set.open(SetArtifacts.listing(manifest)), StandardCharsets.US_ASCII))) {
      var listing = new ListingComparison(lines);
      long total = SetArtifacts.archive(manifest).rawBytes();
      var scan =
          new ArchiveScan(done ->
              attempt.progress(new TransferProgress(manifest.name() + ": reading", done, total)));
      var tally =
          scan.scan(
              source.stream(),
              OutputStream.nullOutputStream(),
              source.admission(),
              listing::accept);
      listing.finish();
      var found = tally.fingerprint();
      var differences = differences(manifest.fingerprint(), found, listing, source.ended().await());
      return result(
          manifest,
          when,
          expected,
          differences.isEmpty() ? describe(found) : String.join("; ", differences),
          differences.isEmpty(),
          begun);
    } catch (MalformedArchiveException e) {
      return result(manifest, when, expected, "no whole archive: " + e.getMessage(), false, begun);
    } catch (IllegalArgumentException e) {
      return result(manifest, when, expected, "no listing: " + e.getMessage(), false, begun);
    } catch (ResurgeException e) {
      if (e.type() == ErrorType.SET_CORRUPT || e.type() == ErrorType.ARCHIVE_UNSAFE) {
        return result(manifest, when, expected, e.getMessage(), false, begun);
      }
      throw e;
    }
  }

  private static List<String> differences(
      Fingerprint expected, Fingerprint found, ListingComparison listing, List<String> warnings) {
    var differences = new ArrayList<String>();
    if (listing.differences() > 0) {
      differences.add(listing.differences() + " entries differ");
      differences.addAll(listing.named());
    }
    differences.addAll(expected.differences(found));
    differences.addAll(warnings);
    return differences;
  }

  private CheckResult result(
      ComponentManifest manifest,
      String when,
      String expected,
      String actual,
      boolean passed,
      Instant begun) {
    return new CheckResult(
        manifest.name() + ": every file as it was captured",
        when,
        passed,
        expected,
        actual,
        Duration.between(begun, clock.instant()),
        Optional.empty());
  }

  private static String describe(Fingerprint fingerprint) {
    var counts = fingerprint.counts();
    return "%s entries, %s files, %s bytes, digest %s"
        .formatted(
            counts.get("entries"), counts.get("files"), counts.get("bytes"), counts.get("digest"));
  }
}
