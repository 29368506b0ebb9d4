package dev.resurge.activities.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderTest {
  @TempDir Path folder;
  private final SecretReader reader = new SecretReader(Map.of("SET", "s3cret", "EMPTY", ""));

  @Test
  void aVariableIsReadAsItIs() {
    assertThat(reader.read(env("SET"))).isEqualTo("s3cret");
  }

  @Test
  void oneTrailingNewlineOfAFileIsNoPartOfTheSecret() throws IOException {
    assertThat(reader.read(file("pass word\n"))).isEqualTo("pass word");
    assertThat(reader.read(file("pass\r\n"))).isEqualTo("pass");
    assertThat(reader.read(file("pass\n\n"))).isEqualTo("pass\n");
    assertThat(reader.read(file(" päss "))).isEqualTo(" päss ");
  }

  @Test
  void aMissingSecretNamesItsReference() throws IOException {
    assertThat(failure(env("ABSENT")))
        .hasMessage("the secret in environment variable ABSENT is not set");
    assertThat(failure(env("EMPTY")))
        .hasMessage("the secret in environment variable EMPTY is empty");
    assertThat(failure(file("\n"))).hasMessageEndingWith("secret is empty");
    var path = folder.resolve("none").toString();
    assertThat(failure(new SecretRef(Optional.empty(), Optional.of(path))))
        .hasMessage("the secret in file " + path + " does not exist");
    assertThat(failure(new SecretRef(Optional.empty(), Optional.empty())))
        .hasMessageContaining("names neither env nor file");
  }

  @Test
  void whatCannotBeASecretIsRefusedWithoutShowingIt() throws IOException {
    var binary = folder.resolve("binary");
    Files.write(binary, new byte[] {'h', 'i', (byte) 0xff});
    assertThat(failure(new SecretRef(Optional.empty(), Optional.of(binary.toString()))))
        .hasMessageEndingWith("is not UTF-8 text");
    assertThat(failure(file("x".repeat(70_000))))
        .hasMessageContaining("longer than 64 KiB")
        .hasMessageNotContaining("xx");
  }

  @Test
  void whatWasReadIsLeftOutOfTextsInEveryForm() throws IOException {
    assertThat(reader.unsaid("not read: s3cret")).isEqualTo("not read: s3cret");
    reader.read(env("SET"));
    reader.read(file("s3cret and/more"));
    reader.read(file("abc"));

    assertThat(
            reader.unsaid(
                """
                s3cret, s3cret and/more, abc
                postgresql://x:s3cret+and%2Fmore@h s3cret%20and%2Fmore
                czNjcmV0 733363726574
                """))
        .isEqualTo(
            """
            (secret), (secret), abc
            postgresql://x:(secret)@h (secret)
            (secret) (secret)
            """);
  }

  private static SecretRef env(String name) {
    return new SecretRef(Optional.of(name), Optional.empty());
  }

  private SecretRef file(String text) throws IOException {
    var path = Files.writeString(folder.resolve("secret"), text);
    return new SecretRef(Optional.empty(), Optional.of(path.toString()));
  }

  private ResurgeException failure(SecretRef secret) {
    var thrown = catchThrowableOfType(ResurgeException.class, () -> reader.read(secret));
    assertThat(thrown).isNotNull();
    assertThat(thrown.type()).isEqualTo(ErrorType.SECRET_MISSING);
    return thrown;
  }
}
