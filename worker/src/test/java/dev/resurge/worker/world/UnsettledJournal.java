package dev.resurge.worker.world;

import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.store.Journal;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a cut over leaves that was cut off with its Temporal server. Closing removes it. */
public final class UnsettledJournal implements AutoCloseable {
  private final World world;
  private final RunId run = RunId.of(Instant.now(), Procedure.RESTORE, "xx");

  /** Writes the first entry and no other. */
  public UnsettledJournal(World world) {
    this.world = world;
    var signer = Ed25519Signer.read(world.configuration().resolveSibling("state/keys/signing.pem"));
    new Journal(
            new FilesystemStore(world.store()),
            world.system(),
            (content, signature) -> Optional.empty())
        .append(
            new JournalEntry(
                run,
                1,
                JournalEntry.State.OPENED,
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            signer);
  }

  /** The run that never ended. */
  public RunId run() {
    return run;
  }

  @Override
  public void close() {
    Trees.remove(world.store().resolve(world.system()).resolve("journal").resolve(run.value()));
  }
}
