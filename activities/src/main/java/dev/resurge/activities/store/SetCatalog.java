package dev.resurge.activities.store;

import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads committed sets and believes none whose signature does not hold. */
final class SetCatalog {
  private final ArtifactStore store;
  private final StoreFiles files;
  private final StoreLayout layout;

  SetCatalog(ArtifactStore store, StoreLayout layout) {
    this.store = store;
    this.files = new StoreFiles(store);
    this.layout = layout;
  }

  StoredManifest load(SetId set, TrustRoots trust) {
    var key = layout.inSet(set, StoreLayout.MANIFEST);
    var bytes =
        files
            .read(key)
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.SET_UNKNOWN,
                    store.describe()
                        + " holds no committed set "
                        + set
                        + " of "
                        + layout.system()));
    requireKnownFormat(key, bytes);
    var signer = requireSigned(set, key, bytes, trust);
    var manifest = files.parse(key, bytes, Manifest.class);
    // a genuine manifest copied into another set's folder would pass off old data as new
    if (!set.equals(manifest.set()) || !layout.system().equals(manifest.system())) {
      throw forged(key, "it is the manifest of set " + manifest.set() + " of " + manifest.system());
    }
    if (!signer.equals(manifest.signer())) {
      throw forged(key, "it names the signer " + manifest.signer() + " but is signed by " + signer);
    }
    return new StoredManifest(manifest, Json.sha256(bytes), badReason(set));
  }

  /** Before anything else is made of it: a newer format may mean something else by every field. */
  private void requireKnownFormat(String key, byte[] bytes) {
    var tree = files.tree(key, bytes);
    int version = tree.path("formatVersion").asInt(0);
    if (version < 1) {
      throw files.corrupt(key, "it has no formatVersion", null);
    }
    if (version > Manifest.FORMAT_VERSION) {
      throw new ResurgeException(
          ErrorType.FORMAT_UNKNOWN,
          key
              + " in "
              + store.describe()
              + " has format version "
              + version
              + ", written by Resurge "
              + tree.path("resurgeVersion").asText("unknown")
              + "; this version reads up to "
              + Manifest.FORMAT_VERSION);
    }
  }

  private String requireSigned(SetId set, String key, byte[] bytes, TrustRoots trust) {
    var signature =
        files
            .read(layout.inSet(set, StoreLayout.SIGNATURE))
            .orElseThrow(() -> forged(key, StoreLayout.SIGNATURE + " is missing beside it"));
    return trust
        .signerOf(bytes, signature)
        .orElseThrow(() ->
            forged(
                key,
                "its signature is of no trusted key (it names the signer "
                    + files.tree(key, bytes).path("signer").asText("none")
                    + ")"));
  }

  private ResurgeException forged(String key, String problem) {
    return new ResurgeException(
        ErrorType.SET_FORGED, key + " in " + store.describe() + " is not believed: " + problem);
  }

  /** The mark counts even if its text cannot be read. */
  private Optional<String> badReason(SetId set) {
    var key = layout.inSet(set, StoreLayout.BAD);
    return files
        .read(key)
        .map(bytes -> {
          try {
            return files.tree(key, bytes).path("why").asText("no reason was given");
          } catch (ResurgeException e) {
            return "marked bad; the reason cannot be read";
          }
        });
  }

  /** Each is read when it is asked for. */
  Stream<SetEntry> newestFirst(TrustRoots trust) {
    return committed().stream().map(set -> entry(set, trust));
  }

  private SetEntry entry(SetId set, TrustRoots trust) {
    try {
      var stored = load(set, trust);
      return new SetEntry(set, Optional.of(stored.summary()), stored.badReason(), Optional.empty());
    } catch (ResurgeException e) {
      if (e.type() == ErrorType.STORE_UNAVAILABLE) {
        throw e;
      }
      return new SetEntry(
          set,
          Optional.empty(),
          Optional.empty(),
          Optional.of(new SetEntry.Unreadable(e.type(), e.getMessage())));
    }
  }

  SetSummary latest(TrustRoots trust, Collection<String> components) {
    var skipped = new ArrayList<String>();
    var parts = new TreeSet<String>();
    int partial = 0;
    for (var set : committed()) {
      var entry = entry(set, trust);
      if (entry.canBeLatest()) {
        var found = entry.summary().orElseThrow();
        if (found.holds(components)) {
          remark(partial, parts).ifPresent(skipped::add);
          return withRemarks(found, skipped);
        }
        partial++;
        parts.addAll(found.components());
      } else if (entry.unreadable().isPresent()) {
        var why = entry.unreadable().get();
        skipped.add("newer set " + set + " was skipped: " + why.type().id() + ": " + why.message());
      } else if (entry.badReason().isPresent()) {
        skipped.add("newer set " + set + " was skipped: marked bad: " + entry.badReason().get());
      }
    }
    remark(partial, parts).ifPresent(skipped::add);
    throw new ResurgeException(
        ErrorType.SET_UNKNOWN,
        store.describe()
            + " holds no set of "
            + layout.system()
            + " that can be latest"
            + (skipped.isEmpty() ? "" : ": " + String.join("; ", skipped)));
  }

  /** One line for all of them: where the database is captured every hour there are many. */
  private static Optional<String> remark(int partial, Set<String> parts) {
    return partial == 0
        ? Optional.empty()
        : Optional.of(
            (partial == 1 ? "a newer set was" : partial + " newer sets were")
                + " skipped: only "
                + String.join(", ", parts)
                + (partial == 1 ? " is in it" : " is in them"));
  }

  /** Newest first. */
  private List<SetId> committed() {
    return store.folders(layout.sets()).stream()
        .filter(SetId::isValid)
        .map(SetId::new)
        .filter(set -> store.exists(layout.inSet(set, StoreLayout.MANIFEST)))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static SetSummary withRemarks(SetSummary set, List<String> remarks) {
    var warnings = new ArrayList<>(set.warnings());
    warnings.addAll(remarks);
    return new SetSummary(
        set.set(),
        set.system(),
        set.kind(),
        set.labels(),
        set.recoveryPoint(),
        set.captureStarted(),
        set.captureEnded(),
        set.stored(),
        set.raw(),
        set.components(),
        warnings,
        set.manifestSha256(),
        set.sizes());
  }
}
