package dev.resurge.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.starter.testing.FakeArchive;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.FakeWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CliReferenceTest {
  private static final Path PAGE = Path.of("../docs/cli.md");

  private static CommandLine root() {
    var world =
        new FakeWorld(Path.of("."), new FakeTerminal(false), new FakeRuns(), new FakeArchive());
    return new CommandTree(world, new Globals()).build();
  }

  @Test
  void docsCliIsMadeFromTheHelp() throws IOException {
    var expected = CliReference.markdown(root());
    if (Boolean.getBoolean("resurge.write")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "docs/cli.md; make it anew with: mvn -pl starter -am test"
                + " -Dtest=CliReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dresurge.write=true")
        .isEqualTo(expected);
  }

  @Test
  void everyCommandIsInTheHelpUnderOneIntent() {
    var commands =
        root().getSubcommands().entrySet().stream()
            .filter(c -> !c.getValue().getCommandSpec().usageMessage().hidden())
            .map(c -> c.getKey())
            .toList();

    assertThat(CommandTree.GROUPS.stream().flatMap(g -> g.getValue().stream()).toList())
        .containsExactlyInAnyOrderElementsOf(commands);
    assertThat(root().getUsageMessage()).contains(commands);
  }
}
