package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTableTest {
  @TempDir Path root;

  @Test
  void mountsAreFoundWithBlanksInTheirNamesAndWithoutNeighbours() throws IOException {
    var table =
        new MountTable(
            Files.writeString(
                root.resolve("mountinfo"),
                """
                22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
                30 22 0:5 / /no/such/a\\040b rw,relatime shared:1 - tmpfs none rw
                31 22 0:6 / /no/such/a\\040b/c rw,relatime - tmpfs none rw
                32 22 0:7 / /no/such/a\\040bb/c rw,relatime - tmpfs none rw
                """));

    assertThat(table.isMountPoint(Path.of("/no/such/a b"))).isTrue();
    assertThat(table.isMountPoint(Path.of("/no/such"))).isFalse();
    assertThat(table.below(Path.of("/no/such/a b"))).containsExactly("/no/such/a b/c");
    assertThat(table.below(Path.of("/no/such"))).hasSize(3);
  }
}
