package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryIdentitiesTest {
  @TempDir Path root;
  private final DirectoryIdentities here = on("here");
  private Path directory;

  @BeforeEach
  void build() throws IOException {
    directory = Files.createDirectory(root.resolve("library"));
  }

  @Test
  void aDirectoryIsTheSameUnderAnotherName() throws IOException {
    var before = here.require(directory);
    var renamed = Files.move(directory, root.resolve("retained"));
    Files.createDirectory(directory);

    assertThat(here.require(renamed)).isEqualTo(before);
    assertThat(here.require(directory)).isNotEqualTo(before);
  }

  @Test
  void itIsToldByMachineFileSystemInodeAndBirth() throws IOException {
    var inode = Files.getAttribute(directory, "unix:ino");

    assertThat(here.require(directory).value())
        .matches("files-here-[0-9a-f]+-" + inode + "-\\d+\\.\\d{9}");
    assertThat(on("elsewhere").require(directory)).isNotEqualTo(here.require(directory));
  }

  @Test
  void whatIsNoDirectoryHasNoIdentityAndIsNamed() throws IOException {
    isNone(root.resolve("absent"), "nothing");
    isNone(Files.writeString(root.resolve("file"), "text"), "something else");
    isNone(Files.createSymbolicLink(root.resolve("link"), directory), "a symbolic link");
    isNone(
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("absent")),
        "a symbolic link");
    assertThat(here.describe(directory)).isEqualTo("directory " + here.require(directory));
  }

  private void isNone(Path path, String found) {
    assertThat(here.of(path)).isEmpty();
    assertThat(here.describe(path)).isEqualTo(found);
    var thrown = catchThrowableOfType(ResurgeException.class, () -> here.require(path));
    assertThat(thrown)
        .hasMessage("looked for the directory " + path + " and found " + found)
        .returns(ErrorType.TARGET_CHANGED, ResurgeException::type);
  }

  private static DirectoryIdentities on(String machine) {
    return new DirectoryIdentities(() -> machine, new NativeCalls());
  }
}
