package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineIdTest {
  @TempDir Path root;

  @Test
  void theIdIsHashedAndDoesNotShowTheMachinesOwn() throws IOException {
    var file = Files.writeString(root.resolve("machine-id"), "3d1219c7c4c5404aaa1f6d2a48adfda4\n");

    assertThat(new MachineId(file).get()).matches("[0-9a-f]{16}").isEqualTo("0eb354fe61b3889c");
  }

  @Test
  void aMachineWithoutAnIdIsAnErrorThatNamesTheFileAndWhatMakesIt() throws IOException {
    var absent = root.resolve("absent");
    var empty = Files.writeString(root.resolve("empty"), "uninitialized\n");

    for (var file : List.of(absent, empty)) {
      assertThatThrownBy(() -> new MachineId(file).get())
          .hasMessageContaining(file.toString())
          .hasMessageContaining("systemd-machine-id-setup");
    }
  }
}
