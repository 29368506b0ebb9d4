package dev.resurge.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.starter.view.Terminal.Typed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TypedLinesTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void linesComeInOrderAndTheEndStaysTheEnd() {
    var typed =
        new TypedLines(
            new ByteArrayInputStream("library\nretry\n".getBytes(StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8);

    assertThat(typed.await(LONG)).isEqualTo(new Typed.Line("library"));
    assertThat(typed.await(LONG)).isEqualTo(new Typed.Line("retry"));
    assertThat(typed.await(LONG)).isEqualTo(new Typed.Closed());
    assertThat(typed.await(LONG)).isEqualTo(new Typed.Closed());
  }

  @Test
  void whileNobodyTypesThereIsNothing() throws IOException {
    try (var keyboard = new PipedOutputStream();
        var in = new PipedInputStream(keyboard)) {
      var typed = new TypedLines(in, StandardCharsets.UTF_8);

      assertThat(typed.await(Duration.ofMillis(20))).isEqualTo(new Typed.Nothing());
      keyboard.write("yes\n".getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
      assertThat(typed.await(LONG)).isEqualTo(new Typed.Line("yes"));
    }
  }
}
