package dev.resurge.activities.store.codec;

import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;

/** What the manifest says of an artifact, held against what came from the store. */
final class Expectation {
  /**
   * How much is still read after a failure to tell damaged bytes from a defect: a second or so, not
   * the hours that a big artifact takes.
   */
  private static final long DIAGNOSIS = 256L << 20;

  private final Artifact artifact;
  private final StoredInput source;
  private final String where;

  Expectation(Artifact artifact, StoredInput source, String where) {
    this.artifact = artifact;
    this.source = source;
    this.where = where;
  }

  /** Reads the rest of the stored bytes; they must be those of the manifest. */
  void checkStored() {
    source.drain(Long.MAX_VALUE - source.bytes());
    var found = source.sha256();
    if (source.bytes() != artifact.bytes() || !found.equals(artifact.sha256())) {
      throw corrupt(
          "expected "
              + describe(artifact.bytes(), artifact.sha256())
              + ", found "
              + describe(source.bytes(), found),
          null);
    }
  }

  /** After the last decoded byte. */
  void checkRaw(long rawBytes) {
    if (rawBytes != artifact.rawBytes()) {
      throw corrupt(
          "it decodes to " + rawBytes + " bytes, the manifest says " + artifact.rawBytes(), null);
    }
  }

  /** The failure for bytes that do not decode, with what is wrong with them if that can be told. */
  ResurgeException undecodable(Exception cause) {
    long at = source.bytes();
    if (!source.drain(DIAGNOSIS)) {
      return corrupt(
          "it does not decode within its first "
              + at
              + " stored bytes ("
              + cause.getMessage()
              + "); expected "
              + describe(artifact.bytes(), artifact.sha256()),
          cause);
    }
    try {
      checkStored();
    } catch (ResurgeException damaged) {
      damaged.addSuppressed(cause);
      return damaged;
    }
    return corrupt(
        "its bytes are those of the manifest but do not decode (" + cause.getMessage() + ")",
        cause);
  }

  /** Throws {@code SetCorrupt} if the stored bytes can be seen not to be the manifest's. */
  void refuteIntact(Exception cause) {
    if (source.drain(DIAGNOSIS)) {
      try {
        checkStored();
      } catch (ResurgeException damaged) {
        damaged.addSuppressed(cause);
        throw damaged;
      }
    }
  }

  private ResurgeException corrupt(String what, Exception cause) {
    return new ResurgeException(
        ErrorType.SET_CORRUPT, artifact.path() + " in " + where + " is damaged: " + what, cause);
  }

  private static String describe(long bytes, String sha256) {
    return bytes + " bytes with sha256 " + sha256;
  }
}
