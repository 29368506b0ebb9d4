package dev.resurge.activities.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.activities.installation.Signer;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;

/**
 * Evidence together with what its signature is of: what a report shows.
 *
 * @param sha256 of the exact bytes of the .json, in hex
 * @param signer the id of the key that signed them
 */
record SignedEvidence(Evidence evidence, String sha256, String signer) {

  static SignedEvidence of(Evidence evidence, Signer signer) {
    return new SignedEvidence(evidence, Json.sha256(Json.pretty(evidence)), signer.keyId());
  }

  /**
   * Reads evidence whose signature holds; nothing of it is looked at before that is known.
   *
   * @param where for messages: what these bytes are
   * @throws ResurgeException {@code SetForged} if the signature is of no trusted key or the signed
   *     bytes are no evidence; {@code FormatUnknown} if a newer version wrote it
   */
  static SignedEvidence verified(byte[] json, byte[] signature, TrustRoots trust, String where) {
    var signer =
        trust
            .signerOf(json, signature)
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.SET_FORGED,
                    "Checked the signature of "
                        + where
                        + " (sha256 "
                        + Json.sha256(json)
                        + ", signature of "
                        + signature.length
                        + " bytes): it is of none of the trusted keys. Either the file or its"
                        + " signature was changed, or a key signed it that is not in trust."));
    return new SignedEvidence(parse(json, where), Json.sha256(json), signer);
  }

  private static Evidence parse(byte[] json, String where) {
    try {
      var tree = Json.mapper().readTree(json);
      var version = tree.path("formatVersion").asInt(0);
      if (version > Evidence.FORMAT_VERSION) {
        throw new ResurgeException(
            ErrorType.FORMAT_UNKNOWN,
            "Read "
                + where
                + ": it is of format "
                + version
                + ", written by Resurge "
                + tree.path("resurgeVersion").asText("unknown")
                + "; this version reads up to "
                + Evidence.FORMAT_VERSION
                + ". The signature holds.");
      }
      return Json.mapper().treeToValue(tree, Evidence.class);
    } catch (JsonProcessingException e) {
      throw noEvidence(where, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw noEvidence(where, e.getMessage(), e);
    }
  }

  private static ResurgeException noEvidence(String where, String why, Exception cause) {
    return new ResurgeException(
        ErrorType.SET_FORGED,
        "Read " + where + ": a trusted key signed it, but it is not evidence: " + why,
        cause);
  }
}
