package dev.resurge.activities.store;

import dev.resurge.activities.installation.Signer;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Commits one set: everything else first, then the signature, then the manifest, once. */
final class SetCommit {
  private final ArtifactStore store;
  private final StoreFiles files;
  private final StoreLayout layout;
  private final Signer signer;

  SetCommit(ArtifactStore store, StoreLayout layout, Signer signer) {
    this.store = store;
    this.files = new StoreFiles(store);
    this.layout = layout;
    this.signer = signer;
  }

  SetSummary commit(Manifest draft, Map<String, byte[]> documents) {
    var manifest = complete(draft, documents);
    var key = layout.inSet(manifest.set(), StoreLayout.MANIFEST);
    if (!store.exists(key)) {
      requireArtifacts(manifest);
      new TreeMap<>(documents)
          .forEach((name, text) -> files.write(layout.inSet(manifest.set(), name), text));
      var bytes = Json.pretty(manifest);
      files.write(signatureKey(manifest), signer.sign(bytes));
      // of two attempts one wins; the other goes on with what the winner wrote
      store.putIfAbsent(key, bytes);
    }
    return settle(manifest, key);
  }

  /**
   * The manifest that lies there is the set's, whoever wrote it. A slower attempt may have put its
   * own signature over the winner's in between: whoever comes last makes it fit.
   */
  private SetSummary settle(Manifest ours, String key) {
    var bytes =
        files
            .read(key)
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.STORE_UNAVAILABLE,
                    key + " vanished from " + store.describe() + " after it was written"));
    var stored = files.parse(key, bytes, Manifest.class);
    if (!sameSet(stored, ours)) {
      throw new ResurgeException(
          ErrorType.INTERNAL,
          "set "
              + ours.set()
              + " is committed already with other content: by run "
              + stored.run()
              + ", now run "
              + ours.run());
    }
    var signature = signer.sign(bytes);
    var present = files.read(signatureKey(ours));
    if (present.isEmpty() || !Arrays.equals(present.get(), signature)) {
      files.write(signatureKey(ours), signature);
    }
    return stored.summary(Json.sha256(bytes));
  }

  /** Times may differ: a retried commit knows another end of the capture. */
  private static boolean sameSet(Manifest a, Manifest b) {
    return a.set().equals(b.set())
        && a.system().equals(b.system())
        && a.run().equals(b.run())
        && a.signer().equals(b.signer())
        && Json.canonical(a.components()).equals(Json.canonical(b.components()))
        && a.documents().equals(b.documents());
  }

  private void requireArtifacts(Manifest manifest) {
    var sizes =
        store.list(layout.set(manifest.set())).stream()
            .collect(Collectors.toMap(ArtifactStore.Entry::key, ArtifactStore.Entry::bytes));
    for (var component : manifest.components()) {
      for (var artifact : component.artifacts()) {
        var bytes = sizes.get(layout.inSet(manifest.set(), artifact.path()));
        if (bytes == null || bytes != artifact.bytes()) {
          throw new ResurgeException(
              ErrorType.SET_CORRUPT,
              "set "
                  + manifest.set()
                  + " is not committed: "
                  + artifact.path()
                  + " should have "
                  + artifact.bytes()
                  + " bytes, "
                  + store.describe()
                  + " holds "
                  + (bytes == null ? "none" : bytes));
        }
      }
    }
  }

  private Manifest complete(Manifest draft, Map<String, byte[]> documents) {
    var artifacts =
        new TreeMap<>(documents)
            .entrySet().stream()
                .map(document ->
                    new Artifact(
                        document.getKey(),
                        document.getValue().length,
                        document.getValue().length,
                        Json.sha256(document.getValue()),
                        List.of()))
                .toList();
    return new Manifest(
        draft.formatVersion(),
        draft.set(),
        draft.system(),
        draft.platform(),
        draft.kind(),
        draft.labels(),
        draft.requester(),
        draft.run(),
        draft.installation(),
        draft.resurgeVersion(),
        draft.runbookDigest(),
        draft.captureStarted(),
        draft.captureEnded(),
        draft.recoveryPoint(),
        draft.components(),
        artifacts,
        draft.recipients(),
        draft.secrets(),
        signer.keyId());
  }

  private String signatureKey(Manifest manifest) {
    return layout.inSet(manifest.set(), StoreLayout.SIGNATURE);
  }
}
