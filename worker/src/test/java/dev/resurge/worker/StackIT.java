package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.testing.FreePort;
import dev.resurge.worker.world.Prompt;
import dev.resurge.worker.world.TestTemporal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code up}, {@code status} and {@code down}, typed one after the other. */
@Tag("slow")
@Timeout(180)
class StackIT {
  @TempDir Path folder;

  private int temporalPort = FreePort.next();
  private final int workerPort = FreePort.next();
  private Prompt prompt;

  private void installation() {
    new KeyMaker(folder.resolve("state/keys"), InstantSource.system()).newInstallation();
    configure();
  }

  private void configure() {
    prompt =
        Prompt.in(
            folder,
            """
            installation: stack
            temporal: {address: "127.0.0.1:%d"}
            state: state
            worker: {port: %d}
            """
                .formatted(temporalPort, workerPort));
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(exitCode("down")).isZero();
    assertThat(status().at("/worker/state").asText()).isEqualTo("stopped");
  }

  @Test
  void bothGoOnUntilTheyAreEnded() {
    installation();

    var up = prompt.type("up");

    assertThat(up.exitCode()).as(up.said()).isZero();
    assertThat(up.said()).contains("127.0.0.1:" + temporalPort, "http://127.0.0.1:" + workerPort);
    var status = prompt.type("status");
    assertThat(status.exitCode()).as(status.said()).isZero();
    assertThat(status.said())
        .contains("Temporal  runs", "worker    runs")
        .contains("its console  http://127.0.0.1:" + workerPort + "/");
    var doctor = prompt.type("doctor");
    assertThat(doctor.exitCode()).as(doctor.said()).isZero();
    assertThat(doctor.said()).contains("one polls the task queue");
    var temporal = process("temporal");
    var worker = process("worker");

    assertThat(exitCode("up")).isZero();
    assertThat(process("temporal")).isEqualTo(temporal);
    assertThat(process("worker")).isEqualTo(worker);

    assertThat(exitCode("down")).isZero();
    awaitEnd(temporal);
    awaitEnd(worker);
    assertThat(prompt.type("status").exitCode()).isEqualTo(5);
  }

  @Test
  void whatWasKilledIsStartedAgain() {
    installation();
    assertThat(exitCode("up")).isZero();
    var temporal = process("temporal");
    kill(process("worker"));

    var status = prompt.type("status");
    assertThat(status.exitCode()).isEqualTo(5);
    assertThat(status.said()).contains("Temporal  runs", "worker    not running", "./resurge up");
    assertThat(exitCode("up")).isZero();
    assertThat(process("temporal")).isEqualTo(temporal);

    kill(temporal);
    assertThat(status().at("/temporal/state").asText()).isEqualTo("stopped");
    assertThat(exitCode("up")).isZero();
    assertThat(process("temporal")).isNotEqualTo(temporal);
  }

  @Test
  void aTemporalThatNoLongerAnswersIsStartedAnew() throws IOException {
    installation();
    assertThat(exitCode("up")).isZero();
    var mute = process("temporal");
    new ProcessBuilder("kill", "-STOP", Long.toString(mute.pid())).start().onExit().join();

    assertThat(status().at("/temporal/state").asText()).isEqualTo("notReady");
    var up = prompt.type("up");

    assertThat(up.exitCode()).as(up.said()).isZero();
    assertThat(up.said()).contains("does not answer: ending it");
    assertThat(process("temporal")).isNotEqualTo(mute);
    assertThat(status().at("/works").asBoolean()).isTrue();
  }

  @Test
  void whatAKilledCommandHadStartedIsFound() {
    installation();
    var up = prompt.type("up");
    up.awaitSaying("starting a worker");
    up.kill();

    assertThat(exitCode("up")).isZero();
    assertThat(status().at("/works").asBoolean()).isTrue();
  }

  @Test
  void aTemporalThatIsThereIsUsedAndStays() {
    try (var there = TestTemporal.start()) {
      temporalPort = Integer.parseInt(there.address().split(":", -1)[1]);
      installation();

      assertThat(exitCode("up")).isZero();
      assertThat(status().at("/temporal/state").asText()).isEqualTo("elsewhere");
      assertThat(status().at("/worker/state").asText()).isEqualTo("running");
      assertThat(exitCode("down")).isZero();
      assertThat(status().at("/temporal/state").asText()).isEqualTo("elsewhere");
    }
  }

  @Test
  void aTakenPortIsNamedWithItsSetting() throws IOException {
    installation();
    try (var taken = new ServerSocket(temporalPort + 1000, 1, InetAddress.getLoopbackAddress())) {
      var up = prompt.type("up");
      assertThat(up.exitCode()).isEqualTo(2);
      assertThat(up.said())
          .contains("127.0.0.1:" + taken.getLocalPort(), "temporal.address")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aWorkerThatCannotStartHasTheLastWord() {
    configure();

    var up = prompt.type("up");

    assertThat(up.exitCode()).isEqualTo(5);
    assertThat(up.said()).contains("signing.pem", "worker.log", "./resurge keys new");
    assertThat(status().at("/temporal/state").asText()).isEqualTo("running");
  }

  @Test
  void aTemporalOfOthersIsNotStartedHere() {
    installation();
    var up = prompt.type("up", "--tls");
    assertThat(up.exitCode()).isEqualTo(5);
    assertThat(up.said()).contains("connecting to Temporal").doesNotContain("starting");
  }

  private int exitCode(String command) {
    var typed = prompt.type(command);
    assertThat(typed.said()).doesNotContain("\tat ");
    return typed.exitCode();
  }

  private JsonNode status() {
    var status = prompt.type("status", "--output", "json");
    status.exitCode();
    try {
      return new ObjectMapper().readTree(status.said());
    } catch (IOException e) {
      throw new AssertionError(status.said(), e);
    }
  }

  private ProcessHandle process(String part) {
    var pid = status().at("/" + part + "/pid").asLong();
    return Optional.of(pid).flatMap(ProcessHandle::of).orElseThrow();
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    awaitEnd(process);
  }

  /** Who has become its parent takes a moment to notice. */
  private static void awaitEnd(ProcessHandle process) {
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
