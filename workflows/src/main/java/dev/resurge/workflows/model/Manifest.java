package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What commits a set: it covers every artifact by its sha256 and is signed. {@code docs/format.md}
 * specifies it.
 *
 * @param formatVersion 1
 * @param documents runbook.yaml and RESTORE.md, in clear
 * @param recipients to whom the artifacts are encrypted; empty if they are not
 * @param secrets names of the secrets a recovery needs, never the secrets
 * @param signer the id of the key that signed
 */
public record Manifest(
    int formatVersion,
    SetId set,
    String system,
    String platform,
    SetKind kind,
    SortedMap<String, String> labels,
    Person requester,
    RunId run,
    String installation,
    String resurgeVersion,
    String runbookDigest,
    Instant captureStarted,
    Instant captureEnded,
    Instant recoveryPoint,
    List<ComponentManifest> components,
    List<Artifact> documents,
    List<String> recipients,
    List<String> secrets,
    String signer) {
  /** The newest format this version writes and reads. */
  public static final int FORMAT_VERSION = 1;

  public Manifest {
    components = List.copyOf(components);
    documents = List.copyOf(documents);
    recipients = List.copyOf(recipients);
    secrets = List.copyOf(secrets);
  }

  /** The component of that name, if the set holds it. */
  public Optional<ComponentManifest> component(String name) {
    return components.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** The set in a line. */
  public SetSummary summary(String manifestSha256) {
    return new SetSummary(
        set,
        system,
        kind,
        labels,
        recoveryPoint,
        captureStarted,
        captureEnded,
        new ByteSize(components.stream().mapToLong(c -> c.stored().bytes()).sum()),
        new ByteSize(components.stream().mapToLong(c -> c.raw().bytes()).sum()),
        components.stream().map(ComponentManifest::name).toList(),
        components.stream()
            .sorted(Comparator.comparing(ComponentManifest::name))
            .flatMap(c -> c.warnings().stream().map(w -> c.name() + ": " + w))
            .toList(),
        manifestSha256,
        components.stream()
            .collect(
                Collectors.toMap(
                    ComponentManifest::name, ComponentManifest::raw, (a, b) -> a, TreeMap::new)));
  }
}
