package dev.resurge.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.resurge.starter.command.Globals;
import dev.resurge.starter.testing.FakeArchive;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.FakeWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandTest {
  @TempDir Path folder;
  private final FakeTerminal terminal = new FakeTerminal(true);
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private HttpServer server;

  /** A service that takes what goes to {@code /good} and refuses all else. */
  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          paths.add(path);
          exchange.sendResponseHeaders(path.equals("/good") ? 200 : 403, -1);
          exchange.close();
        });
    server.start();
    var here = "http://localhost:" + server.getAddress().getPort();
    Files.writeString(folder.resolve("bad.url"), here + "/planted-secret");
    Files.writeString(
        folder.resolve("resurge.yaml"),
        """
        notifications:
          channels:
            good: {type: webhook, url: '%s/good'}
            bad: {type: webhook, url: {file: bad.url}}
        """
            .formatted(here));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int run(String... arguments) {
    return new Main(
            new FakeWorld(folder, terminal, new FakeRuns(), new FakeArchive()), new Globals())
        .run(arguments);
  }

  @Test
  void saysOfEachChannelWhetherItWasTold() {
    assertThat(run("notify", "test")).isEqualTo(5);

    assertThat(terminal.out().get(0)).startsWith("ok   good: delivered, webhook on localhost:");
    assertThat(terminal.out().get(1))
        .isEqualTo(
            "fail bad: telling webhook of file " + folder.resolve("bad.url") + ": status 403");
    assertThat(terminal.out().get(2)).contains("next: Correct the channel");
    assertThat(paths).containsExactlyInAnyOrder("/good", "/planted-secret");
    assertThat(String.join("\n", terminal.out())).doesNotContain("planted-secret");
  }

  @Test
  void oneChannelAloneIsTriedAndScriptsAreTold() {
    assertThat(run("notify", "test", "--channel", "good", "--output", "json")).isZero();

    assertThat(terminal.out().getLast())
        .contains("\"ok\":true")
        .contains("\"channel\":\"good\"")
        .contains("\"delivered\":true");
    assertThat(paths).containsExactly("/good");
  }

  @Test
  void aChannelThatIsNotThereIsAnErrorThatNamesThoseThatAre() {
    assertThat(run("notify", "test", "--channel", "god")).isEqualTo(2);
    assertThat(terminal.errorText()).contains("no channel 'god'; there are good, bad");
    assertThat(paths).isEmpty();
  }

  @Test
  void withoutChannelsThereIsNothingToTry() throws IOException {
    Files.writeString(folder.resolve("resurge.yaml"), "installation: here\n");
    assertThat(run("notify", "test")).isEqualTo(2);
    assertThat(terminal.errorText()).contains("notifications.channels names none");
  }
}
