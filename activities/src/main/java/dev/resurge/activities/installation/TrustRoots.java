package dev.resurge.activities.installation;

import java.util.Optional;

/**
 * The public keys that signatures must be of. They come from configuration, never from a report.
 */
public interface TrustRoots {
  /** The id of the trusted key whose signature this is; empty if it is of none of them. */
  Optional<String> signerOf(byte[] content, byte[] signature);
}
