package dev.resurge.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.starter.command.CommandTree;
import dev.resurge.starter.command.Globals;
import dev.resurge.starter.testing.FakeArchive;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.FakeWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/pipelines.md shows can be copied: its commands exist, and its script stops in time. */
class PipelinesTest {
  private static final Path PAGE = Path.of("../docs/pipelines.md");
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final String COMMAND = "./resurge ";
  private static final String SET = "20261121T020000Z-k3f9";

  @TempDir Path folder;

  @Test
  void everyCommandOfThePageIsOne() throws IOException {
    var root =
        new CommandTree(
                new FakeWorld(folder, new FakeTerminal(false), new FakeRuns(), new FakeArchive()),
                new Globals())
            .build();
    var commands =
        blocks()
            .lines()
            .filter(line -> line.contains(COMMAND))
            .map(PipelinesTest::command)
            .toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(6);
    for (var command : commands) {
      root.parseArgs(words(command)); // throws for what is no command
    }
  }

  /** What stands between {@code ./resurge} and whatever the shell does with it. */
  private static String command(String line) {
    var rest = line.substring(line.indexOf(COMMAND) + COMMAND.length());
    var alone = rest.split("\\)$| >> ", 2)[0];
    return line.startsWith("echo") ? alone.replaceAll("\"$", "") : alone;
  }

  private static String[] words(String command) {
    return Pattern.compile("\"[^\"]*\"|\\S+")
        .matcher(command)
        .results()
        .map(m -> m.group().replace("\"", ""))
        .toArray(String[]::new);
  }

  @Test
  void theScriptDeploysOnlyAfterABackup() throws IOException, InterruptedException {
    program("deploy", "echo deployed $1 >> log");

    program("resurge", "echo words >&2; echo " + SET);
    assertThat(script()).isZero();
    assertThat(folder.resolve("log")).hasContent("deployed 2.1");

    Files.delete(folder.resolve("log"));
    program("resurge", "exit 5");
    assertThat(script()).isEqualTo(5);
    assertThat(folder.resolve("log")).doesNotExist();
  }

  private int script() throws IOException, InterruptedException {
    var script = Files.writeString(folder.resolve("script.sh"), block("sh"));
    var shell = new ProcessBuilder(List.of("sh", script.toString())).directory(folder.toFile());
    shell.environment().put("VERSION", "2.1");
    var process = shell.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var exit = process.waitFor();
    assertThat(said.contains("--set " + SET)).as(said).isEqualTo(exit == 0);
    return exit;
  }

  private void program(String name, String body) throws IOException {
    var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static String blocks() throws IOException {
    var all = new StringBuilder();
    BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(m -> all.append(m.group(2)).append('\n'));
    return all.toString();
  }

  private static String block(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .filter(m -> m.group(1).equals(language))
        .findFirst()
        .orElseThrow()
        .group(2);
  }
}
