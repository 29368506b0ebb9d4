package dev.resurge.starter.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitFactsTest {
  @TempDir Path folder;

  private void git(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as("git %s", String.join(" ", arguments)).isZero();
  }

  @Test
  void aWorkTreeGivesCommitAndBranch() throws IOException, InterruptedException {
    git("init", "--quiet", "--initial-branch=release");
    git("commit", "--quiet", "--allow-empty", "--message", "first");

    var labels = new GitFacts(folder).labels();

    assertThat(labels).containsEntry("git.branch", "release");
    assertThat(labels.get("git.commit")).matches("[0-9a-f]{40}");
  }

  @Test
  void outsideOfAWorkTreeThereIsNothing() {
    assertThat(new GitFacts(folder).labels()).isEmpty();
  }

  @Test
  void withoutGitThereIsNothing() {
    assertThat(new GitFacts(folder, "no-such-git-program").labels()).isEmpty();
  }
}
