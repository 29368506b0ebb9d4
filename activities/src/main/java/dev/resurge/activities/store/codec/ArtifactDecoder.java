package dev.resurge.activities.store.codec;

import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.resurge.activities.installation.AgeIdentities;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.List;

/** Decodes artifacts and holds them against their manifest while they stream. */
public final class ArtifactDecoder {
  private static final int BUFFER = 256 * 1024;

  private final AgeIdentities identities;
  private final List<String> recipients;

  /**
   * A decoder with these keys.
   *
   * @param recipients to whom the set says it is encrypted, for messages
   */
  public ArtifactDecoder(AgeIdentities identities, List<String> recipients) {
    this.identities = identities;
    this.recipients = List.copyOf(recipients);
  }

  /**
   * Opens what the store holds of an artifact, as {@link
   * dev.resurge.activities.spi.ArtifactReader#open} promises.
   *
   * @param where of the store, for messages
   */
  public InputStream decode(InputStream stored, Artifact artifact, String where) {
    var source = new StoredInput(stored, artifact.path() + " in " + where);
    var expectation = new Expectation(artifact, source, where);
    try {
      InputStream decoded = new BufferedInputStream(source, BUFFER);
      for (var encoding : artifact.encodings().reversed()) {
        decoded = layer(encoding, decoded, artifact, where, expectation);
      }
      return new CheckedInput(decoded, expectation);
    } catch (ResurgeException e) {
      closeAfter(e, source);
      throw e;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // jagged throws several unchecked exceptions for a header that is no header
      var corrupt = expectation.undecodable(e);
      closeAfter(corrupt, source);
      throw corrupt;
    }
  }

  private InputStream layer(
      String encoding, InputStream in, Artifact artifact, String where, Expectation expectation)
      throws IOException, GeneralSecurityException {
    return switch (encoding) {
      case ArtifactEncoder.ZSTD -> new ZstdInputStreamNoFinalizer(in);
      case ArtifactEncoder.AGE -> decrypt(in, artifact, where, expectation);
      default ->
          throw new ResurgeException(
              ErrorType.FORMAT_UNKNOWN,
              artifact.path() + " in " + where + " has the unknown encoding '" + encoding + "'");
    };
  }

  private InputStream decrypt(
      InputStream in, Artifact artifact, String where, Expectation expectation)
      throws IOException, GeneralSecurityException {
    if (identities.isEmpty()) {
      throw wrongKey(artifact, where, null);
    }
    try {
      return identities.decrypt(in);
    } catch (UnsupportedRecipientStanzaException e) {
      // a damaged header looks like one for somebody else: only intact bytes mean a wrong key
      expectation.refuteIntact(e);
      throw wrongKey(artifact, where, e);
    }
  }

  private ResurgeException wrongKey(Artifact artifact, String where, Exception cause) {
    var have =
        identities.isEmpty()
            ? "there is no identity here"
            : "the identities here are of " + String.join(", ", identities.recipients());
    var problems =
        identities.problems().isEmpty() ? "" : "; " + String.join("; ", identities.problems());
    return new ResurgeException(
        ErrorType.KEY_WRONG,
        "cannot decrypt "
            + artifact.path()
            + " in "
            + where
            + ": it is encrypted to "
            + String.join(", ", recipients)
            + "; "
            + have
            + problems,
        cause);
  }

  private static void closeAfter(Exception failure, InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
