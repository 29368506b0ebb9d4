package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.testing.PostgresCluster;
import dev.resurge.worker.world.StoredSet;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.SetId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A set's own RESTORE.md, followed to the letter by somebody who has a new server, an age identity
 * and no Resurge: {@code env -i bash}, with the variables that the document asks for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreDocumentIT {
  private static final String SUFFIX = " by hand";
  private static final String TREE =
      "find . -printf '%P|%y|%m|%U|%G|%T@|%l|%s\\0' | sort -z | sha256sum;"
          + " find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum";

  private Path folder;
  private World world;
  private String database;
  private Path second;
  private SetId set;
  private PostgresCluster fresh;

  @BeforeAll
  void aDifficultSystemIsBackedUp(@TempDir Path scratch) throws Exception {
    folder = scratch;
    world = World.start();
    database = world.system() + " it's \"odd\"";
    second = world.liveFiles().resolveSibling("second files");
    world.cluster().execute("postgres", "CREATE DATABASE " + quoted(database));
    world.cluster().script(database, difficult());
    fillWithOddNames();
    world.runbook(standard -> standard.with("components", components()).with("checks", "[]"));
    set = world.backup();
    fresh = PostgresCluster.trusting();
  }

  @AfterAll
  void close() {
    if (world != null) {
      world.cluster().execute("postgres", "DROP DATABASE IF EXISTS " + quoted(database));
      world.close();
    }
    if (fresh != null) {
      fresh.close();
    }
  }

  @Test
  void itsOneCommandRestoresEverythingOnAFreshServer() throws Exception {
    var target = folder.resolve("restored");

    var printed = follow(variables(target), folder());

    assertThat(printed).contains("Signature Verified Successfully");
    assertThat(dump(fresh, database + SUFFIX)).isEqualTo(dump(world.cluster(), database));
    assertThat(largeObjects(fresh, database + SUFFIX))
        .isEqualTo(largeObjects(world.cluster(), database))
        .contains("990001");
    assertThat(databaseState(fresh, database + SUFFIX))
        .isEqualTo(databaseState(world.cluster(), database))
        .contains("search_path", "GRANT", "CONNECTION LIMIT = 17");
    assertThat(bash(TREE, target.resolve("files"))).isEqualTo(bash(TREE, world.liveFiles()));
    assertThat(bash(TREE, target.resolve("second"))).isEqualTo(bash(TREE, second));
  }

  @Test
  void itStopsBeforeItBuildsAnythingWhenAnArtifactIsDamaged() throws Exception {
    try (var stored = new StoredSet(world, set)) {
      stored.flipBit(stored.artifact("second", "files.tar"));

      assertRefused("files.tar.zst.age: FAILED", variables(folder.resolve("damaged")));
    }
  }

  @Test
  void itStopsBeforeItBuildsAnythingWhenItselfWasForged() throws Exception {
    try (var stored = new StoredSet(world, set)) {
      var document = stored.folder().resolve("RESTORE.md");
      Files.writeString(document, Files.readString(document) + "\nharmless\n");

      assertRefused("forged: RESTORE.md", variables(folder.resolve("forged")));
    }
  }

  @Test
  void itSaysWhichVariableIsMissing() throws Exception {
    var variables = new HashMap<>(variables(folder.resolve("keyless")));
    variables.remove("RESURGE_IDENTITY");

    assertRefused("RESURGE_IDENTITY: set it to a file with an age identity", Map.copyOf(variables));
  }

  @Test
  void itAsksForALaterPartsVariableBeforeItBuildsAnything() throws Exception {
    var variables = new HashMap<>(variables(folder.resolve("nowhere")));
    variables.remove("RESURGE_TARGET");
    variables.put("RESURGE_SUFFIX", " too early");

    var ended = run(variables, folder());

    assertThat(ended.printed()).contains("RESURGE_TARGET: set it to a new directory");
    assertThat(ended.exitCode()).isNotZero();
    assertThat(
            fresh.value(
                "postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE '% too early'"))
        .isEqualTo("0");
  }

  private void assertRefused(String why, Map<String, String> variables) throws Exception {
    var ended = run(variables, folder());

    assertThat(ended.printed()).contains(why);
    assertThat(ended.exitCode()).isNotZero();
    assertThat(Path.of(variables.get("RESURGE_TARGET"))).doesNotExist();
  }

  private Map<String, String> variables(Path target) {
    return Map.of(
        "PATH", fresh.binaries() + ":/usr/local/bin:/usr/bin:/bin",
        "HOME", folder.toString(),
        "PGHOST", "127.0.0.1",
        "PGPORT", Integer.toString(fresh.port()),
        "PGUSER", PostgresCluster.SUPERUSER,
        "RESURGE_SUFFIX", SUFFIX,
        "RESURGE_IDENTITY", key("identity.age"),
        "RESURGE_PUBLIC_KEY", key("signing.pub.pem"),
        "RESURGE_TARGET", target.toString());
  }

  private String key(String name) {
    return world.configuration().resolveSibling("state/keys").resolve(name).toString();
  }

  private Path folder() {
    return world.store().resolve(world.system()).resolve("sets").resolve(set.value());
  }

  private static String follow(Map<String, String> variables, Path set) throws Exception {
    var ended = run(variables, set);
    assertThat(ended.exitCode()).as(ended.printed()).isZero();
    return ended.printed();
  }

  private record Ended(int exitCode, String printed) {}

  /** The document's own command, which stands indented in it. */
  private static Ended run(Map<String, String> variables, Path set) throws Exception {
    var command =
        Files.readAllLines(set.resolve("RESTORE.md")).stream()
            .filter(line -> line.startsWith("    bash "))
            .findFirst()
            .orElseThrow();
    return run(variables, command.strip(), set);
  }

  private static Ended run(Map<String, String> variables, String command, Path where)
      throws Exception {
    var builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(where.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    var process = builder.start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), printed);
  }

  private static String bash(String command, Path where) throws Exception {
    return follow(Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"), command, where);
  }

  private static String follow(Map<String, String> variables, String command, Path where)
      throws Exception {
    var ended = run(variables, command, where);
    assertThat(ended.exitCode()).as(ended.printed()).isZero();
    return ended.printed();
  }

  private String components() {
    return """
    - type: postgres
      name: database
      port: %d
      database: '%s'
      admin:
        user: postgres
        password: {file: %s}
      jobs: 3
    - {type: files, name: files, path: %s}
    - {type: files, name: second, path: '%s'}
    """
        .formatted(
            world.cluster().port(),
            database.replace("'", "''"),
            world.configuration().resolveSibling("admin-password"),
            world.liveFiles(),
            second);
  }

  private void fillWithOddNames() throws Exception {
    Files.createDirectory(second);
    bash(
        """
        mkdir -p 'a b/ümlaut' && echo 1 > 'a b/ümlaut/quote'"'"'s "x".txt'
        printf x > $'new\\nline' && printf y > $'\\xff\\xfe' && printf z > -rf && : > '*'
        ln -s /etc/passwd 'to outside' && ln 'a b/ümlaut/quote'"'"'s "x".txt' hard
        chmod 0640 ./-rf && chown 33:33 'a b' && truncate -s 3M sparse && mkfifo pipe
        touch -d '2001-02-03 04:05:06.789' $'\\xff\\xfe'
        """,
        second);
  }

  private Path difficult() throws IOException {
    try (var script = PostgresCluster.class.getResourceAsStream("/postgres/difficult.sql")) {
      var file = folder.resolve("difficult.sql");
      Files.copy(script, file);
      return file;
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String dump(PostgresCluster cluster, String name, String... options) {
    var arguments = new java.util.ArrayList<>(List.of(options));
    arguments.add("--dbname=dbname='" + name.replace("'", "\\'") + "'");
    return cluster
        .client("pg_dump", arguments.toArray(String[]::new))
        .replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }

  private static String largeObjects(PostgresCluster cluster, String name) {
    return cluster.value(
        name,
        "SELECT string_agg(oid || ' ' || md5(lo_get(oid)), ',' ORDER BY oid)"
            + " FROM pg_largeobject_metadata");
  }

  /** Grants, settings and limits in the words of pg_dump, without the name and our own marks. */
  private static String databaseState(PostgresCluster cluster, String name) {
    return dump(cluster, name, "--create", "--section=pre-data")
        .lines()
        .filter(l -> l.matches("(ALTER (DATABASE|ROLE)|COMMENT ON DATABASE|GRANT|REVOKE).*"))
        .filter(l -> !l.contains("resurge."))
        .map(l -> l.replace(quoted(name), "IT"))
        .sorted()
        .toList()
        .toString();
  }
}
