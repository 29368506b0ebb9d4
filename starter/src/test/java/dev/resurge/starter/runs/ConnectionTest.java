package dev.resurge.starter.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.installation.Installation;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static void assertUnavailableWithin(String address, Duration limit) {
    var started = System.nanoTime();

    assertThatThrownBy(() ->
            Connection.open(new Installation.Temporal(address, "default", "resurge"), Map.of()))
        .isInstanceOfSatisfying(
            ResurgeException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.TEMPORAL_UNAVAILABLE))
        .hasMessageContaining(address);

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(limit);
  }

  @Test
  void aRefusedConnectionIsKnownAtOnce() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertUnavailableWithin("127.0.0.1:" + port, Duration.ofSeconds(4));
  }

  @Test
  void aPortThatAcceptsAndSaysNothingIsGivenUpWithinSeconds() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertUnavailableWithin("127.0.0.1:" + silent.getLocalPort(), Duration.ofSeconds(8));
    }
  }

  @Test
  void aNameThatDoesNotResolveSaysSo() {
    assertUnavailableWithin("temporal.invalid:7233", Duration.ofSeconds(8));
  }
}
