package dev.resurge.activities.store.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.FileOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code /dev/full} refuses every write as a full disk does. */
class FullDiskIT {
  @Test
  void aFullDiskFailsAsTheStoreAndNotAsTheSource() throws Exception {
    var failures = new Failures(Path.of("/tmp"), "filesystem /tmp");
    try (var full = new FileOutputStream("/dev/full")) {
      var out = new StoreOutput(full, e -> failures.unavailable("write", "a/b", e));

      var thrown = catchThrowableOfType(ResurgeException.class, () -> out.write(new byte[10]));

      assertThat(thrown.type()).isEqualTo(ErrorType.STORE_UNAVAILABLE);
      assertThat(thrown)
          .hasMessageStartingWith("cannot write a/b in filesystem /tmp: No space left on device (")
          .hasMessageEndingWith(" free)");
    }
  }
}
