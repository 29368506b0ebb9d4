package dev.resurge.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.starter.testing.FakeArchive;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.FakeWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlobalsTest {
  private static Map<String, String> connection(List<String> arguments) {
    var globals = new Globals();
    var world =
        new FakeWorld(Path.of("."), new FakeTerminal(false), new FakeRuns(), new FakeArchive());
    new CommandTree(world, globals).build().parseArgs(arguments.toArray(String[]::new));
    return globals.connection();
  }

  @Test
  void everyCommandTakesTheFlagsOfTheConnection() {
    var arguments = new ArrayList<>(List.of("list", "sets", "library"));
    for (var flag : InstallationLoader.FLAGS.keySet()) {
      arguments.add(flag);
      if (!flag.equals("--tls")) {
        arguments.add("value of " + flag);
      }
    }

    assertThat(connection(arguments).keySet()).isEqualTo(InstallationLoader.FLAGS.keySet());
    assertThat(connection(arguments))
        .containsEntry("--tls", "true")
        .containsEntry("--tls-ca-path", "value of --tls-ca-path");
  }

  @Test
  void whatIsNotGivenIsLeftToTheConfiguration() {
    assertThat(connection(List.of("list", "sets", "library"))).isEmpty();
  }
}
