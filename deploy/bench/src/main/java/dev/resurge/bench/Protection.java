package dev.resurge.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.scenery.Daemons;
import dev.resurge.scenery.Installation;
import dev.resurge.scenery.SceneException;
import dev.resurge.scenery.Workspace;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resurge as it protects one library: an installation, and a runbook for each component. */
final class Protection {
  /** The runbook of the database alone. */
  static final String DATABASE = "bench-database";

  /** The runbook of the files alone. */
  static final String FILES = "bench-files";

  private final Workspace workspace;
  private final Daemons daemons;
  private final Installation installation;

  Protection(Workspace workspace, Daemons daemons, Installation installation) {
    this.workspace = workspace;
    this.daemons = daemons;
    this.installation = installation;
  }

  /** Writes runbooks for a site and starts the worker; Temporal has been started. */
  void protect(Site site, int postgresPort, String password)
      throws SceneException, IOException, InterruptedException {
    Files.createDirectories(workspace.store());
    var values =
        Map.of(
            "store", workspace.store().toString(),
            "port", Integer.toString(postgresPort),
            "database", site.database(),
            "files", site.premises().files().toString(),
            "script", site.premises().script().toString(),
            "health", site.health());
    for (var name : List.of(DATABASE, FILES)) {
      Files.writeString(
          workspace.runbooks().resolve(name + ".yaml"),
          filled(Resources.text(name + ".yaml"), values));
    }
    installation.startWorker(Map.of("BENCH_ADMIN_PASSWORD", password));
  }

  private static String filled(String template, Map<String, String> values) {
    return Pattern.compile("%([a-z]+)%")
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(scalar(values.get(found.group(1)))));
  }

  /** Numbers as they are, texts as JSON writes them, which YAML reads whatever is in them. */
  private static String scalar(String value) {
    try {
      return value.matches("\\d+") ? value : Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a text as JSON", e);
    }
  }

  /** Where a run's set lies. */
  Path set(String system, RunResult result) {
    return workspace.store().resolve(system + "/sets/" + result.set().orElseThrow());
  }

  /** The folder that holds the archives of a system's newest set. */
  Path newestArchives(String system) throws SceneException, IOException {
    try (var all = Files.walk(workspace.store().resolve(system + "/sets"))) {
      // the names of sets begin with their time
      return all.filter(file -> file.endsWith("schema.dump.zst"))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new SceneException(system + " has no set with a schema.dump.zst"))
          .getParent();
    }
  }

  /** What a restore has kept of the data that it replaced. */
  List<Retained> retained(RunResult result) throws IOException {
    var report = workspace.store().resolve(result.evidence().orElseThrow() + ".json");
    return Json.mapper().readValue(Files.readAllBytes(report), Evidence.class).retained();
  }

  /** The most memory that the worker has had in RAM at any time, in MiB. */
  double workerPeakMemory() throws SceneException, IOException {
    var worker =
        daemons.find("worker").orElseThrow(() -> new SceneException("the worker has ended"));
    var status = Path.of("/proc/" + worker.pid() + "/status");
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow(() -> new SceneException(status + " says nothing of VmHWM"));
    }
  }
}
