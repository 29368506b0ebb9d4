package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static Main.Options parse(String... arguments) {
    return Main.Options.parse(arguments);
  }

  @Test
  void theWorkerTakesTheFlagsOfTheConnection() {
    for (var flag : InstallationLoader.FLAGS.keySet()) {
      var flags = flag.equals("--tls") ? parse(flag).flags() : parse(flag, "x").flags();

      assertThat(flags).containsOnlyKeys(flag);
    }
  }

  @Test
  void itsOwnOptionsAreRead() {
    var options = parse("--tied", "--config", "a.yaml", "--port", "0", "--address", "t:1");

    assertThat(options.tied()).isTrue();
    assertThat(options.embedded()).isFalse();
    assertThat(options.config()).contains(Path.of("a.yaml"));
    assertThat(options.port()).contains(0);
    assertThat(options.flags()).containsEntry("--address", "t:1");
  }

  @Test
  void whatItDoesNotKnowIsNamedWithTheUsage() {
    for (var wrong : new String[] {"--api-key", "--address", "--port x", "--port 70000"}) {
      assertThatThrownBy(() -> parse(wrong.split(" ")))
          .isInstanceOfSatisfying(
              ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID))
          .hasMessageContaining(wrong)
          .hasMessageContaining("Usage: ./resurge worker");
    }
  }
}
