package dev.resurge.starter.completion;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a real bash what it would offer. */
class CompletionScriptTest {
  @TempDir Path folder;

  @BeforeEach
  void writeConfiguration() throws IOException {
    Files.createDirectories(folder.resolve("books"));
    Files.writeString(folder.resolve("books/library.yaml"), "");
    Files.writeString(folder.resolve("books/paperless.yaml"), "");
    Files.writeString(folder.resolve("books/README.md"), "");
    Files.writeString(folder.resolve("resurge.yaml"), "runbooks: books  # here\n");
    var world = new FakeWorld(folder, new FakeTerminal(false), new FakeRuns(), new FakeArchive());
    Files.writeString(
        folder.resolve("completion"),
        CompletionScript.bash(new CommandTree(world, new Globals()).build()));
  }

  private List<String> offered(String... words) throws IOException, InterruptedException {
    var program =
        "source ./completion; COMP_WORDS=(resurge \"$@\"); COMP_CWORD=$#; _resurge;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    var command = new ArrayList<>(List.of("bash", "--norc", "-c", program, "bash"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("RESURGE_CONFIG");
    builder.environment().remove("RESURGE_RUNBOOKS");
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return Arrays.stream(text.split("\n")).filter(line -> !line.isBlank()).toList();
  }

  @Test
  void completesCommands() throws IOException, InterruptedException {
    assertThat(offered("re"))
        .containsExactlyInAnyOrder("restore", "recover", "report", "reject", "readiness");
  }

  @Test
  void completesSystemsFromTheConfiguredFolder() throws IOException, InterruptedException {
    assertThat(offered("restore", "l")).containsExactly("library");
    assertThat(offered("list", "sets", "")).contains("library", "paperless");
    assertThat(offered("show", "pap")).containsExactly("paperless");
  }

  @Test
  void completesOptionsAndSeesSystemsBehindThem() throws IOException, InterruptedException {
    assertThat(offered("restore", "library", "--dec")).containsExactly("--declared");
    assertThat(offered("restore", "--set", "latest", "lib")).containsExactly("library");
  }

  @Test
  void anOptionsValueIsLeftToTheShell() throws IOException, InterruptedException {
    assertThat(offered("report", "library", "--out", "")).isEmpty();
  }

  @Test
  void zshGetsTheSameThroughItsEmulation() {
    var world = new FakeWorld(folder, new FakeTerminal(false), new FakeRuns(), new FakeArchive());

    assertThat(CompletionScript.zsh(new CommandTree(world, new Globals()).build()))
        .startsWith("autoload -U +X compinit")
        .contains("bashcompinit", "complete -o default -F _resurge resurge ./resurge");
  }
}
