package dev.resurge.activities.store;

import dev.resurge.activities.installation.AgeIdentities;
import dev.resurge.activities.installation.Signer;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.activities.store.codec.ArtifactDecoder;
import dev.resurge.activities.store.codec.ArtifactEncoder;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.CapturedComponent;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One system's sets in a store. Everything of an attempt lies in a folder of its own, so that an
 * attempt that is thought dead can never overwrite what a later one made.
 */
public final class SetRepository {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final ArtifactStore store;
  private final StoreFiles files;
  private final StoreLayout layout;
  private final SetCatalog catalog;
  private final InstantSource clock;

  /** The sets of {@code system} in {@code store}. */
  public SetRepository(ArtifactStore store, String system) {
    this(store, system, InstantSource.system());
  }

  /** The same with a clock of one's own, which only dates marks. */
  public SetRepository(ArtifactStore store, String system, InstantSource clock) {
    this.store = store;
    this.files = new StoreFiles(store);
    this.layout = new StoreLayout(named("system", system));
    this.catalog = new SetCatalog(store, layout);
    this.clock = clock;
  }

  /**
   * Takes a component's artifacts.
   *
   * @param token of the attempt that captures
   * @param recipients to whom they are encrypted; empty if they lie in clear
   * @throws ResurgeException {@code RunbookInvalid} for what is no recipient
   */
  public ArtifactWriter writer(SetId set, String component, String token, List<String> recipients) {
    var encoder = new ArtifactEncoder(recipients);
    var folder = named("component", component) + "/" + named("attempt", token) + "/";
    return (name, body) -> {
      var path = folder + named("artifact", name) + encoder.suffix();
      var encoded = new AtomicReference<ArtifactEncoder.Encoded>();
      store.put(layout.inSet(set, path), out -> encoded.set(encoder.encode(out, body)));
      var result = encoded.get();
      return new Artifact(
          path, result.storedBytes(), result.rawBytes(), result.sha256(), encoder.encodings());
    };
  }

  /** Keeps a captured component's part of the manifest until the commit. */
  public CapturedComponent saveComponent(SetId set, ComponentManifest component, String token) {
    var bytes = Json.pretty(component);
    files.write(layout.componentPart(set, component.name(), named("attempt", token)), bytes);
    return new CapturedComponent(
        component.name(),
        token,
        Json.sha256(bytes),
        component.recoveryPoint(),
        component.raw(),
        component.stored(),
        component.warnings());
  }

  /**
   * Reads a component's part back.
   *
   * @throws ResurgeException {@code SetCorrupt} if it is not what was saved
   */
  public ComponentManifest loadComponent(SetId set, CapturedComponent captured) {
    var key = layout.componentPart(set, captured.component(), captured.attempt());
    var bytes = files.read(key).orElseThrow(() -> files.corrupt(key, "it is missing", null));
    var found = Json.sha256(bytes);
    if (!found.equals(captured.partSha256())) {
      throw files.corrupt(
          key, "expected sha256 " + captured.partSha256() + ", found " + found, null);
    }
    return files.parse(key, bytes, ComponentManifest.class);
  }

  /**
   * Removes what other attempts at a component left in a set, half-written objects too. Only for
   * who commits and knows which attempt's work the set holds: one attempt must never remove
   * another's, for it may be the one that comes too late.
   */
  public void removeOtherAttempts(SetId set, String component, String keepToken) {
    var folder = layout.component(set, named("component", component));
    for (var token : store.folders(folder)) {
      if (!token.equals(keepToken)) {
        store.deleteAll(folder + token + "/");
      }
    }
  }

  /**
   * Makes the set exist: documents, then signature, then manifest. Committing again what is
   * committed answers as the first time did.
   *
   * @param manifest its documents and signer are filled in here
   * @param documents in clear, by name: runbook.yaml and RESTORE.md; the same on every attempt, so
   *     without a time of their own
   * @throws ResurgeException {@code SetCorrupt} if an artifact is not in the store in its full
   *     size; {@code Internal} if the set is committed with other content
   */
  public SetSummary commit(Manifest manifest, Map<String, byte[]> documents, Signer signer) {
    documents.keySet().forEach(name -> named("document", name));
    return new SetCommit(store, layout, signer).commit(manifest, documents);
  }

  /**
   * Reads a committed set's manifest.
   *
   * @throws ResurgeException {@code SetUnknown}; {@code FormatUnknown} for a newer format; {@code
   *     SetForged} if it is not signed by a trusted key or is of another set; {@code SetCorrupt} if
   *     it cannot be read
   */
  public StoredManifest load(SetId set, TrustRoots trust) {
    return catalog.load(set, trust);
  }

  /** All committed sets, newest first; those that cannot be read too, with the reason. */
  public List<SetEntry> list(TrustRoots trust) {
    return newestFirst(trust).toList();
  }

  /** The same, each read when it is asked for. */
  public Stream<SetEntry> newestFirst(TrustRoots trust) {
    return catalog.newestFirst(trust);
  }

  /**
   * The newest committed set that is no safety set, not marked bad, believed, and holds all of the
   * components. Newer ones that were passed over for other reasons than being safety sets are among
   * its warnings.
   *
   * @param components empty: it does not matter what it holds
   * @throws ResurgeException {@code SetUnknown} naming what was passed over
   */
  public SetSummary latest(TrustRoots trust, Collection<String> components) {
    return catalog.latest(trust, components);
  }

  /**
   * Gives back a set's artifacts.
   *
   * @param manifest as {@link #load} answered it
   * @param identityFiles age identities; those that cannot be read matter only if none fits
   */
  public ArtifactReader reader(SetId set, Manifest manifest, List<Path> identityFiles) {
    var decoder = new ArtifactDecoder(AgeIdentities.read(identityFiles), manifest.recipients());
    return artifact -> {
      requireOf(manifest, artifact);
      var where = "set " + set + " of " + layout.system() + " in " + store.describe();
      try {
        return decoder.decode(store.open(layout.inSet(set, artifact.path())), artifact, where);
      } catch (NoSuchElementException e) {
        throw new ResurgeException(
            ErrorType.SET_CORRUPT, artifact.path() + " is missing in " + where, e);
      }
    };
  }

  private static void requireOf(Manifest manifest, Artifact artifact) {
    if (!manifest.documents().contains(artifact)
        && manifest.components().stream().noneMatch(c -> c.artifacts().contains(artifact))) {
      throw new ResurgeException(
          ErrorType.INTERNAL, artifact.path() + " is no artifact of set " + manifest.set());
    }
  }

  /**
   * Writes beside a committed set that it must not be chosen any more. The first reason stays.
   *
   * @throws ResurgeException {@code SetUnknown}
   */
  public void markBad(SetId set, String why) {
    requireCommitted(set);
    store.putIfAbsent(
        layout.inSet(set, StoreLayout.BAD), Json.pretty(new Bad(why, clock.instant())));
  }

  /**
   * Writes beside a committed set that it was read back, or restored, and found whole. The last
   * time counts.
   *
   * @throws ResurgeException {@code SetUnknown}
   */
  public void markVerified(SetId set, RunId run) {
    requireCommitted(set);
    files.write(
        layout.inSet(set, StoreLayout.VERIFIED), Json.pretty(new Verified(run, clock.instant())));
  }

  /** Whether it was found whole once. The mark counts even if its text cannot be read. */
  public boolean isVerified(SetId set) {
    return store.exists(layout.inSet(set, StoreLayout.VERIFIED));
  }

  /** Whether it was marked bad. */
  public boolean isBad(SetId set) {
    return store.exists(layout.inSet(set, StoreLayout.BAD));
  }

  /**
   * Removes all of an uncommitted set; does nothing if there is nothing of it.
   *
   * @throws ResurgeException {@code InputInvalid} if the set is committed; nothing is removed then
   */
  public void discard(SetId set) {
    if (isCommitted(set)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "set " + set + " of " + layout.system() + " is committed and is not discarded");
    }
    store.deleteAll(layout.set(set));
  }

  private void requireCommitted(SetId set) {
    if (!isCommitted(set)) {
      throw new ResurgeException(
          ErrorType.SET_UNKNOWN,
          store.describe() + " holds no committed set " + set + " of " + layout.system());
    }
  }

  /** Whether there is such a set: one that has its manifest, believed or not. */
  public boolean isCommitted(SetId set) {
    return store.exists(layout.inSet(set, StoreLayout.MANIFEST));
  }

  private static String named(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "'" + name + "' is no name for a " + what + ": letters, digits, dot, dash, underscore");
    }
    return name;
  }

  private record Bad(String why, Instant at) {}

  private record Verified(RunId run, Instant at) {}
}
