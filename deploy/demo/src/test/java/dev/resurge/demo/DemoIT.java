package dev.resurge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resurge.scenery.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conductor as a process of its own, over real servers, with a stand-in for Resurge. */
class DemoIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private Path repository;
  private Path dir;
  private String mode = "";

  @BeforeEach
  void aRepositoryWithAStandIn() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    repository = Files.createDirectory(folder.resolve("repository"));
    dir = folder.resolve("demo");
    var launcher = repository.resolve("resurge");
    Files.writeString(
        launcher,
        """
        #!/bin/bash
        exec '%s' -Xshare:auto -XX:TieredStopAtLevel=1 -cp '%s' dev.resurge.demo.StandIn "$@"
        """
            .formatted(java(), System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(repository.resolve("runbooks"));
    // tests run in deploy/demo
    Files.copy(Path.of("../../runbooks/library.yaml"), repository.resolve("runbooks/library.yaml"));
  }

  @Test
  void everythingComesBackAndNothingIsLeft() throws Exception {
    var demo = demo("--yes", "--output", "json", "--dir", dir.toString());

    assertThat(demo.waitFor()).as(story()).isZero();

    var lines = Files.readAllLines(folder.resolve("out"));
    assertThat(lines).hasSize(1);
    var result = new ObjectMapper().readTree(lines.getFirst());
    assertThat(result.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly(
            "outcome",
            "rowsBefore",
            "rowsAfter",
            "filesBefore",
            "filesAfter",
            "downtimeSeconds",
            "requestedToHealthySeconds",
            "recoveryPointSeconds",
            "workerKilled",
            "report");
    assertThat(result.get("outcome").asText()).isEqualTo("pass");
    assertThat(result.get("rowsBefore").asLong()).isGreaterThan(30_000);
    assertThat(result.get("rowsAfter")).isEqualTo(result.get("rowsBefore"));
    assertThat(result.get("filesAfter")).isEqualTo(result.get("filesBefore"));
    assertThat(result.get("recoveryPointSeconds").asDouble()).isEqualTo(60);
    assertThat(result.get("workerKilled").asBoolean()).isFalse();
    assertThat(Path.of(result.get("report").asText())).exists();
    assertThat(dir.resolve("postgres")).doesNotExist();
    assertNothingRuns();
  }

  @Test
  void aRestoreThatDidNothingIsNotProof() throws Exception {
    mode = "idle";
    var demo = demo("--yes", "--output", "json", "--dir", dir.toString());

    assertThat(demo.waitFor()).as(story()).isEqualTo(1);

    var result = new ObjectMapper().readTree(Files.readString(folder.resolve("out")));
    assertThat(result.get("rowsAfter").asLong()).isLessThan(result.get("rowsBefore").asLong());
    assertThat(result.get("filesAfter").asLong()).isLessThan(result.get("filesBefore").asLong());
  }

  @Test
  void aFailureLeavesNothingRunningButEverythingToLookAt() throws Exception {
    mode = "fail";
    var demo = demo("--yes", "--dir", dir.toString());

    assertThat(demo.waitFor()).as(story()).isEqualTo(1);

    assertThat(Files.readString(folder.resolve("err"))).contains("no evidence");
    assertThat(dir.resolve("postgres/data")).exists();
    assertNothingRuns();
  }

  @Test
  void aSignalLeavesNothingRunning() throws Exception {
    mode = "hang";
    var demo = demo("--yes", "--dir", dir.toString());
    Await.until(
        "the backup hangs",
        PATIENCE,
        () -> !demo.isAlive() || Files.exists(dir.resolve("hanging")));
    assertThat(demo.isAlive()).as(story()).isTrue();
    assertThat(running()).isNotEmpty();

    demo.destroy();

    assertThat(demo.waitFor()).isEqualTo(143);
    assertThat(dir.resolve("postgres")).doesNotExist();
    assertNothingRuns();
  }

  @Test
  void keptItRunsUntilItIsStopped() throws Exception {
    var demo = demo("--yes", "--keep", "--crash", "--output", "json", "--dir", dir.toString());
    assertThat(demo.waitFor()).as(story()).isZero();
    assertThat(result().get("workerKilled").asBoolean()).isTrue();
    assertThat(running()).hasSizeGreaterThan(3);

    assertThat(demo("--stop", dir.toString()).waitFor()).as(story()).isZero();

    assertNothingRuns();
    assertThat(dir.resolve("postgres")).doesNotExist();
  }

  @Test
  void afterTheConductorWasKilledAnotherOneEndsWhatItLeft() throws Exception {
    mode = "hang";
    var killed = demo("--yes", "--dir", dir.toString());
    Await.until(
        "the backup hangs",
        PATIENCE,
        () -> !killed.isAlive() || Files.exists(dir.resolve("hanging")));
    killed
        .toHandle()
        .descendants()
        .filter(p -> commandOf(p).contains("backup"))
        .findFirst()
        .ifPresent(ProcessHandle::destroyForcibly);
    killed.destroyForcibly().waitFor();
    assertThat(running()).isNotEmpty();

    assertThat(demo("--stop", dir.toString()).waitFor()).as(story()).isZero();

    assertNothingRuns();
  }

  @Test
  void touchesNoFolderThatIsNotItsOwn() throws Exception {
    Files.createDirectory(dir);
    var precious = Files.createFile(dir.resolve("precious"));

    assertThat(demo("--dir", dir.toString()).waitFor()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err"))).contains("is not empty");
    assertThat(demo("--stop", dir.toString()).waitFor()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err"))).contains("is no folder of a demo");
    assertThat(precious).exists();
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(Files.readString(folder.resolve("out")));
  }

  private Process demo(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.addAll(List.of(java(), "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Demo.class.getName()));
    command.addAll(List.of(arguments));
    if (!command.contains("--stop")) {
      // big enough to be met while it is loaded
      command.addAll(List.of("--documents", command.contains("--crash") ? "100000" : "10000"));
    }
    var builder = new ProcessBuilder(command);
    builder.environment().put("RESURGE_ROOT", repository.toString());
    builder.environment().put("STAND_IN", mode);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private String story() throws IOException {
    return Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
  }

  private void assertNothingRuns() {
    assertThat(running()).isEmpty();
  }

  /** Every process that has the demo's folder in its command line or its environment. */
  private List<String> running() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> commandOf(process).contains(folder.toString()))
        .map(process -> process.pid() + " " + process.info().commandLine().orElse(""))
        .toList();
  }

  private static String commandOf(ProcessHandle process) {
    try {
      var text = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      var environment = Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
      return (text + " " + environment).replace('\0', ' ');
    } catch (IOException e) {
      // it ended meanwhile, or is another user's
      return "";
    }
  }
}
