package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ErrorType;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class FileFailuresTest {
  @Test
  void aDiskThatFailedIsAskedAgain() {
    var failure =
        FileFailures.of(
            "could not list /srv", new FileSystemException("/srv", null, "Input/output error"));

    assertThat(failure.type()).isEqualTo(ErrorType.FILES_UNAVAILABLE);
    assertThat(failure.type().permanent()).isFalse();
    assertThat(failure).hasMessageContainingAll("could not list /srv: ", "Input/output error");
  }

  @Test
  void whoLacksTheRightIsToldAtOnce() {
    var failure = FileFailures.of("could not list /srv", new AccessDeniedException("/srv"));

    assertThat(failure.type()).isEqualTo(ErrorType.RIGHTS_MISSING);
    assertThat(failure.type().permanent()).isTrue();
  }
}
