package dev.resurge.activities.check;

import dev.resurge.workflows.runbook.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A connection that is opened and closed again. */
record TcpProbe(Check.Tcp check) implements Probe {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);

  @Override
  public String expected() {
    return place() + " accepts connections";
  }

  @Override
  public Outcome ask(Duration limit) {
    var patience = limit.compareTo(CONNECTS_WITHIN) < 0 ? limit : CONNECTS_WITHIN;
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(check.host(), check.port()), Math.toIntExact(patience.toMillis()));
      return Outcome.passed(place() + " accepts connections");
    } catch (IOException e) {
      return Outcome.notYet(place() + ": " + e.getMessage());
    }
  }

  private String place() {
    return check.host() + ":" + check.port();
  }
}
