package dev.resurge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.scenery.SceneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookCopyTest {
  private static final String OLD = "age1" + "q".repeat(58);
  private static final String NEW = "age1" + "z".repeat(58);

  @Test
  void replacesEveryValueWhereverItStands() throws SceneException {
    var copy =
        RunbookCopy.of(
            "port: 54329\npath: /srv/library/files\nalso: 54329\n- " + OLD,
            Map.of("54329", "20001", "/srv/library", "/tmp/x$1"),
            NEW);

    assertThat(copy).isEqualTo("port: 20001\npath: /tmp/x$1/files\nalso: 20001\n- " + NEW);
  }

  @Test
  void neverReplacesWithinAReplacement() throws SceneException {
    var copy = RunbookCopy.of("54329 8090 " + OLD, Map.of("54329", "8090", "8090", "20002"), NEW);

    assertThat(copy).isEqualTo("8090 20002 " + NEW);
  }

  @Test
  void refusesAnExampleThatLacksAValueOrARecipient() {
    assertThatThrownBy(() -> RunbookCopy.of("port: 1 " + OLD, Map.of("54329", "1"), NEW))
        .isInstanceOf(SceneException.class)
        .hasMessage("the example runbook does not say 54329 any more");
    assertThatThrownBy(() -> RunbookCopy.of("port: 54329", Map.of("54329", "1"), NEW))
        .isInstanceOf(SceneException.class)
        .hasMessageContaining("no age recipient");
  }

  @Test
  void findsTheRecipientAmongTheKeys(@TempDir Path keys) throws Exception {
    assertThatThrownBy(() -> RunbookCopy.recipientIn(keys)).isInstanceOf(SceneException.class);

    Files.writeString(keys.resolve("identity.age"), "# public key: " + NEW + "\nAGE-SECRET-KEY-1");

    assertThat(RunbookCopy.recipientIn(keys)).isEqualTo(NEW);
  }
}
