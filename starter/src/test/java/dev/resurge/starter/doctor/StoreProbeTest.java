package dev.resurge.starter.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.RunbookParser;
import dev.resurge.workflows.runbook.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProbeTest {
  @TempDir Path folder;

  private static Runbook library() throws IOException {
    return RunbookParser.parseOrThrow(
        "library.yaml", Files.readString(Path.of("../runbooks/library.yaml")));
  }

  private Diagnosis probe(String root) throws IOException {
    var store = new Store.Filesystem(folder.resolve(root).toString());
    return new StoreProbe(named -> ArtifactStores.open(store)).probe(library());
  }

  @Test
  void aWritableStoreIsWellAndHoldsNothingAfterwards() throws IOException {
    Files.createDirectory(folder.resolve("there"));

    assertThat(probe("there").level()).isEqualTo(Diagnosis.Level.ok);
    assertThat(folder.resolve("there")).isEmptyDirectory();
  }

  @Test
  void aStoreThatIsNotMountedFailsWithWhatToDo() throws IOException {
    var diagnosis = probe("missing");

    assertThat(diagnosis.level()).isEqualTo(Diagnosis.Level.fail);
    assertThat(diagnosis.type()).contains(ErrorType.STORE_UNAVAILABLE);
    assertThat(diagnosis.next()).isPresent();
    assertThat(folder.resolve("missing")).doesNotExist();
  }
}
