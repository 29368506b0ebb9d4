package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Partial;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Stageable;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A directory of the worker's own machine: captured with GNU tar while it is in use, restored
 * beside itself, swapped by name. Guarantee: the restored copy is compared with what was captured,
 * entry by entry, before it can become live; the old directory is kept whole.
 */
public final class FilesDriver implements Stageable<Component.Files>, Partial<Component.Files> {
  private final FilesInspection inspection;
  private final FilesCapture capture;
  private final FilesVerification verification;
  private final FilesStaging staging;
  private final FilesSwap swaps;
  private final KeptCopies kept;
  private final StagedCopies copies;
  private final LiveDirectory live;
  private final PartialFiles parts;
  private final Markers markers = new Markers();

  /**
   * @param machineId part of every target's identity, see {@link MachineId}
   * @param scratch a private directory for listings while archives stream: about 200 bytes a file
   */
  public FilesDriver(Shell shell, Clock clock, Supplier<String> machineId, Path scratch) {
    this(shell, clock, machineId, scratch, Renames.Method.EXCHANGE);
  }

  FilesDriver(
      Shell shell, Clock clock, Supplier<String> machineId, Path scratch, Renames.Method method) {
    var system = new NativeCalls();
    var identities = new DirectoryIdentities(machineId, system);
    var tar = new TarProgram(shell);
    var walk = new TreeWalk(shell);
    var mounts = new MountTable();
    inspection =
        new FilesInspection(
            new LiveDirectoryRules(mounts),
            new RestoreRights(shell),
            tar,
            walk,
            markers,
            identities,
            clock);
    capture = new FilesCapture(tar, walk, identities, markers, clock, mounts, scratch);
    verification = new FilesVerification(tar, identities, new ContentCheck(clock));
    var removal = new TreeRemoval(shell);
    var lock = new DirectoryLock(system);
    var renames = new Renames(system, method);
    copies = new StagedCopies(shell, markers, removal);
    var unpacking = new Unpacking(shell, tar);
    staging = new FilesStaging(unpacking, copies, markers, identities);
    var calledOff = new CalledOff(markers);
    var departure = new Departure(markers, renames, removal);
    swaps = new FilesSwap(identities, lock, renames, calledOff);
    kept = new KeptCopies(swaps, markers, walk, identities, lock, departure);
    live = new LiveDirectory(identities, lock, departure, calledOff);
    parts =
        new PartialFiles(
            unpacking, copies, markers, identities, lock, renames, walk, new FolderCalls());
  }

  @Override
  public Class<Component.Files> component() {
    return Component.Files.class;
  }

  @Override
  public Inspection inspect(
      Attempt attempt, Component.Files component, Intent intent, Optional<ComponentManifest> set) {
    return inspection.inspect(attempt, component, intent, set);
  }

  @Override
  public ComponentManifest capture(Attempt attempt, Component.Files component, ArtifactWriter set) {
    copies.endEarlierAttempts(attempt, component);
    return capture.capture(attempt, component, set);
  }

  @Override
  public List<CheckResult> verify(
      Attempt attempt, Component.Files component, ComponentManifest manifest, ArtifactReader set) {
    return verification.verify(attempt, manifest, set);
  }

  @Override
  public String restoreInstructions(ComponentManifest manifest) {
    return new RestoreInstructions().of(manifest);
  }

  @Override
  public List<String> givenUp(
      Attempt attempt, Component.Files component, ComponentManifest manifest) {
    return inspection.givenUp(attempt, component, manifest);
  }

  @Override
  public void mark(Attempt attempt, Component.Files component, Owner owner) {
    markers.owner(new SiblingNames(component).live(), owner);
  }

  /** A directory needs nothing around it. */
  @Override
  public List<String> prepare(
      Attempt attempt, Component.Files component, ComponentManifest manifest) {
    return List.of();
  }

  /** Paths are globs relative to the directory, as {@link PathGlob} says. */
  @Override
  public BroughtPart bring(
      Attempt attempt,
      Component.Files component,
      ComponentManifest manifest,
      ArtifactReader set,
      Scope scope) {
    return parts.bring(attempt, component, manifest, set, scope);
  }

  @Override
  public StagedCopy adopt(Attempt attempt, Component.Files component, Retained copy) {
    return kept.adopt(component, copy);
  }

  @Override
  public StagedCopy stage(
      Attempt attempt,
      Component.Files component,
      ComponentManifest manifest,
      String manifestSha256,
      ArtifactReader set) {
    return staging.stage(attempt, component, manifest, manifestSha256, set);
  }

  @Override
  public List<CheckResult> verifyStaged(
      Attempt attempt,
      Component.Files component,
      ComponentManifest manifest,
      ArtifactReader set,
      StagedCopy copy) {
    return verification.verifyStaged(attempt, component, manifest, set, copy);
  }

  @Override
  public Swap swapFor(
      Attempt attempt,
      Component.Files component,
      Optional<TargetIdentity> old,
      TargetIdentity predecessor,
      StagedCopy copy) {
    return swaps.swapFor(attempt, component, old, predecessor, copy);
  }

  @Override
  public Position position(Attempt attempt, Component.Files component, Swap swap) {
    return swaps.position(component, swap);
  }

  @Override
  public String describeWorld(Attempt attempt, Component.Files component, Swap swap) {
    return swaps.describeWorld(component, swap);
  }

  @Override
  public void cutOver(Attempt attempt, Component.Files component, Swap swap) {
    swaps.cutOver(attempt, component, swap);
  }

  @Override
  public void swapBack(Attempt attempt, Component.Files component, Swap swap) {
    swaps.swapBack(attempt, component, swap);
    kept.markRejected(attempt, component, swap);
  }

  @Override
  public Optional<Retained> retain(
      Attempt attempt, Component.Files component, Owner owner, Swap swap) {
    return kept.retain(attempt, component, owner, swap);
  }

  @Override
  public void discard(Attempt attempt, Component.Files component) {
    staging.discard(attempt, component);
  }

  @Override
  public List<String> staged(Attempt attempt, Component.Files component) {
    return copies.names(attempt, component);
  }

  @Override
  public List<Leftover> leftovers(Attempt attempt, Component.Files component, Owner owner) {
    return copies.leftovers(component, owner);
  }

  @Override
  public void remove(Attempt attempt, Component.Files component, Retained copy) {
    kept.remove(attempt, component, copy);
  }

  @Override
  public void removeLive(Attempt attempt, Component.Files component, TargetIdentity identity) {
    live.remove(attempt, component, identity);
  }

  @Override
  public boolean reopen(Attempt attempt, Component.Files component, TargetIdentity identity) {
    return live.reopen(attempt, component, identity);
  }

  @Override
  public List<Retained> retained(Attempt attempt, Component.Files component) {
    return kept.retained(attempt, component);
  }
}
