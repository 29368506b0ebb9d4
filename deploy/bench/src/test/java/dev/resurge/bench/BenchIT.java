package dev.resurge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurements from end to end, over so little data that the figures mean nothing. */
@Tag("slow")
class BenchIT {
  /** Tests run in deploy/bench. */
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  @TempDir Path folder;
  private Path root;

  /**
   * The launcher would build first what Maven is just building. All run as what starts quickly: for
   * a few seconds nothing else pays.
   */
  @BeforeEach
  void aLauncherThatDoesNotBuild() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    root = Files.createDirectory(folder.resolve("root"));
    var launcher = Files.createFile(root.resolve("resurge"));
    Files.writeString(
        launcher,
        """
        #!/usr/bin/env bash
        set -euo pipefail
        RESURGE_ROOT='%s'
        JAVA_HOME='%s'
        source "$RESURGE_ROOT/deploy/setup/java.sh"
        case "$1" in
          worker) run_java worker cli dev.resurge.worker.Main "${@:2}" ;;
          temporal) run_java worker cli dev.resurge.worker.EmbeddedTemporal "${@:2}" ;;
          *) run_java starter cli dev.resurge.starter.Main "$@" ;;
        esac
        """
            .formatted(REPOSITORY, System.getProperty("java.home")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void everySideIsMeasuredAndNothingIsLeft() throws Exception {
    var exit = bench("--rows", "400", "--repeats", "1", "--output", "json");

    assertThat(exit).as(Files.readString(folder.resolve("err"))).isZero();
    var lines = Files.readAllLines(folder.resolve("out"));
    assertThat(lines).hasSize(1);
    var figures = new ObjectMapper().readTree(lines.getFirst());
    for (var component : List.of("database", "files")) {
      for (var procedure : List.of("backup", "restore")) {
        var measured = figures.required(component).required(procedure);
        assertThat(positive(measured, "guideSeconds") / positive(measured, "resurgeSeconds"))
            .isCloseTo(measured.required("ratio").doubleValue(), within(measured));
        positive(measured, "guideBytes");
        positive(measured, "resurgeBytes");
      }
    }
    assertThat(positive(figures, "downtimeSeconds"))
        .isLessThan(figures.at("/database/restore/resurgeSeconds").doubleValue());
    assertThat(positive(figures, "guideDowntimeSeconds"))
        .isGreaterThan(figures.at("/database/restore/guideSeconds").doubleValue());
    positive(figures, "rawRestoreSeconds");
    assertThat(positive(figures, "workerPeakRssMiB")).isBetween(50.0, 400.0);
    assertThat(positive(figures, "orchestrationSeconds"))
        .isLessThanOrEqualTo(positive(figures, "worstOrchestrationSeconds"));
    assertThat(Files.readString(folder.resolve("err")))
        .contains("pg_dump \"$2\" | gzip >\"$3\"")
        .contains("tar czf \"$3\" -C \"$2\" .")
        .contains("Nothing is left running.");
    assertThat(folder.resolve("bench/postgres")).doesNotExist();
    assertThat(running()).isEmpty();
  }

  @Test
  void aloneOnlyResurgeIsMeasured() throws Exception {
    var exit = bench("--rows", "400", "--repeats", "1", "--alone", "--output", "json");

    assertThat(exit).as(Files.readString(folder.resolve("err"))).isZero();
    var figures = new ObjectMapper().readTree(folder.resolve("out").toFile());
    positive(figures.at("/database/backup"), "resurgeSeconds");
    positive(figures.at("/files/restore"), "resurgeSeconds");
    positive(figures, "workerPeakRssMiB");
    assertThat(figures.toString()).doesNotContain("guide", "\"ratio\"", "raw");
    assertThat(Files.readString(folder.resolve("err")))
        .doesNotContain("guide 003 ", "tar czf")
        .contains("Nothing is left running.");
  }

  /** The ratio has two decimals, the seconds have three. */
  private static Offset<Double> within(JsonNode measured) {
    return Offset.offset(0.01 + measured.required("ratio").doubleValue() * 0.02);
  }

  private static double positive(JsonNode figures, String name) {
    var figure = figures.required(name).doubleValue();
    assertThat(figure).as(name).isPositive();
    return figure;
  }

  @Test
  void aFolderThatIsInUseIsRefused() throws Exception {
    var precious = Files.createFile(Files.createDirectory(folder.resolve("bench")).resolve("mine"));

    assertThat(bench()).isEqualTo(1);

    assertThat(Files.readString(folder.resolve("err"))).contains("is not empty");
    assertThat(precious).exists();
  }

  private int bench(String... arguments) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new ArrayList<>(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Bench.class.getName(),
                "--dir",
                folder.resolve("bench").toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("RESURGE_ROOT", root.toString());
    return builder.start().waitFor();
  }

  /** Every process that has the folder in its command line. */
  private List<String> running() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }
}
