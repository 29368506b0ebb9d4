package dev.resurge.starter.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.starter.testing.Samples;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.runbook.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreArchiveTest {
  @TempDir Path folder;
  private ArtifactStore store;
  private Ed25519Signer signer;

  @BeforeEach
  void writeEvidence() throws IOException {
    var root = Files.createDirectory(folder.resolve("store"));
    store = ArtifactStores.open(new Store.Filesystem(root.toString()));
    signer = signer("own");
    new EvidenceArchive(store, "library").write(Samples.evidence(), signer);
  }

  private Ed25519Signer signer(String name) {
    var made = new KeyMaker(folder.resolve(name), Clock.systemUTC()).newInstallation();
    return Ed25519Signer.read(made.signing());
  }

  private StoreArchive archive(Ed25519Signer trusted) {
    TrustRoots trust = Ed25519TrustRoots.read(List.of(), Optional.of(trusted));
    return new StoreArchive(store, "library", () -> trust);
  }

  @Test
  void readsWhatATrustedInstallationWrote() {
    var archive = archive(signer);

    assertThat(archive.runs()).containsExactly(Samples.RUN);
    assertThat(archive.evidence(Samples.RUN)).isEqualTo(Samples.evidence());
    assertThat(archive.file(Samples.RUN, "html")).isPresent();
    assertThat(archive.sets()).isEmpty();
  }

  @Test
  void believesNothingThatAnotherKeySigned() {
    var archive = archive(signer("other"));

    assertThatThrownBy(() -> archive.evidence(Samples.RUN))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.SET_FORGED));
  }

  @Test
  void aRunIsFoundWithoutItsSystemAndUnansweringStoresAreNamed() {
    var archives =
        new Archives(
            List.of("broken", "library"),
            system -> {
              if (system.equals("broken")) {
                throw new ResurgeException(ErrorType.STORE_UNAVAILABLE, "not mounted");
              }
              return archive(signer);
            });

    assertThat(archives.ofRun(Samples.RUN).evidence(Samples.RUN)).isEqualTo(Samples.evidence());
    assertThatThrownBy(() -> archives.ofRun(new RunId("20200101T000000Z-backup-aaaa")))
        .hasMessageContaining("broken: not mounted");
  }
}
