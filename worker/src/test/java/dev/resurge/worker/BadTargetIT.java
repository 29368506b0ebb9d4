package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.RunHandle;
import dev.resurge.worker.world.UnsettledJournal;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Databases, stores and programs that are not as the runbook says. */
class BadTargetIT extends BadInput {
  private static final String SERVER = "127.0.0.1:";

  @Test
  void aWrongPasswordIsSaidWithItsSecretAndWithoutItsValue() throws IOException {
    var secret = secret();
    var right = Files.readString(secret);
    Files.writeString(secret, "not this one");
    try {
      var answer = resurge("restore", world.system(), "--as", "alice");

      assertThat(answer.exitCode()).isEqualTo(Verdict.REFUSED.exitCode()).isEqualTo(3);
      assertThat(answer.stdout())
          .contains("✗ refused  Nothing was touched: preflight found what must be mended first")
          .contains("connecting to database 'postgres' on " + SERVER + world.cluster().port())
          .contains("as 'resurge_admin' with the password from file " + secret)
          .contains("FATAL: password authentication failed for user \"resurge_admin\"")
          .contains("Correct the secret that the runbook refers to")
          .doesNotContain("not this one");
    } finally {
      Files.writeString(secret, right);
    }
  }

  @Test
  void aMissingSecretIsNamed() throws IOException {
    var right = Files.readString(secret());
    Files.delete(secret());
    try {
      endsWith(
          Verdict.REFUSED,
          world.runs().restore(),
          ErrorType.SECRET_MISSING,
          "component database: the secret in file " + secret() + " does not exist");
    } finally {
      Files.writeString(secret(), right);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedOnce() {
    edit("port: " + world.cluster().port(), "port: 1");

    var evidence =
        endsWith(
            Verdict.REFUSED,
            world.runs().backup(),
            ErrorType.DATABASE_UNAVAILABLE,
            "connecting to database 'postgres' on 127.0.0.1:1",
            "Connection to 127.0.0.1:1 refused");

    assertThat(evidence.findings()).hasSize(1);
  }

  @Test
  void missingRightsAreListedWithWhatGrantsThem() {
    var weak = world.system() + "-weak";
    world
        .cluster()
        .execute(
            "postgres",
            "CREATE ROLE \"%s\" LOGIN PASSWORD 'a password, of the tests'".formatted(weak),
            "GRANT pg_read_all_data TO \"%s\"".formatted(weak));
    edit("user: resurge_admin", "user: " + weak);
    try {
      endsWith(
          Verdict.REFUSED,
          world.runs().restore(),
          ErrorType.RIGHTS_MISSING,
          "lacks the right: to create databases: ALTER ROLE \"" + weak + "\" CREATEDB",
          "to rename '" + world.system() + "': GRANT \"library\" TO \"" + weak + "\"",
          "to end other sessions: GRANT pg_signal_backend TO \"" + weak + "\"",
          "to mark databases: GRANT SET ON PARAMETER resurge.owner, resurge.staged,"
              + " resurge.retained TO \""
              + weak
              + "\"");
    } finally {
      world.cluster().execute("postgres", "DROP ROLE \"%s\"".formatted(weak));
    }
  }

  @Test
  void aMissingProgramIsNamedWithItsPackage() throws IOException {
    var empty = Files.createDirectory(world.configuration().resolveSibling("no-tools"));
    edit("jobs: 2", "jobs: 2\n  tools: " + empty);

    endsWith(
        Verdict.REFUSED,
        world.runs().restore(),
        ErrorType.PROGRAM_MISSING,
        "looking for pg_dump and pg_restore of PostgreSQL ",
        " in " + empty + ": none found; the package is postgresql-client-");
  }

  @Test
  void aSecondRunbookForTheSameDatabaseIsRefusedWithTheOwnersName() throws IOException {
    var second = world.system() + "-copy";
    var text = Files.readString(world.runbooks().resolve(world.system() + ".yaml"));
    var file = world.runbooks().resolve(second + ".yaml");
    Files.writeString(file, text.replace("  name: " + world.system(), "  name: " + second));

    var result = backup(second).result();

    assertThat(result.verdict()).contains(Verdict.REFUSED);
    var failure = result.failure().orElseThrow();
    assertThat(failure.message())
        .contains(
            "component database: "
                + world.system()
                + " belongs to system "
                + world.system()
                + " of installation ")
        .contains("component files: " + world.liveFiles() + " belongs to system ");
    assertThat(result.evidence().orElseThrow()).startsWith(second + "/evidence/");
    Files.delete(file);
  }

  @Test
  void anUnsettledJournalLetsNothingOperate() {
    try (var journal = new UnsettledJournal(world)) {
      for (var run : new RunHandle[] {world.runs().backup(), world.runs().restore()}) {
        endsWith(
            Verdict.REFUSED,
            run,
            ErrorType.JOURNAL_UNSETTLED,
            "journal: the cut over of run " + journal.run() + " never wrote how it ended",
            "last entry: opened",
            "settle it before anything else operates: ./resurge settle ");
      }
    }
  }

  @Test
  void aDatabaseRenamedByHandBeforeTheCutOverStopsIt() {
    var gate = world.gate("before").shut();
    world.runbook(r -> r.hook("beforeCutOver", "hold", gate.command()));
    var run = world.runs().restore(set).approve();
    gate.awaitArrival();
    rename(world.system(), world.system() + "-moved");
    gate.open();

    try {
      parksWith(
          run,
          ErrorType.TARGET_CHANGED,
          "component 'database' is neither as planned nor in any state",
          "Planned: " + world.system() + " is postgres-");
    } finally {
      rename(world.system() + "-moved", world.system());
    }
  }

  @Test
  void aTargetThatWasMadeAnewIsNoHeir() {
    try (var other = World.start()) {
      var made = other.backup();
      var live = other.live();
      var name = other.system();
      other.cluster().execute("postgres", "DROP DATABASE \"%s\" WITH (FORCE)".formatted(name));
      other
          .cluster()
          .execute(
              "postgres",
              "CREATE DATABASE \"%s\" TEMPLATE library_template OWNER library".formatted(name));

      var evidence = other.expect(Verdict.REFUSED, other.runs().restore(made));

      var failure = evidence.failure().orElseThrow();
      assertThat(failure.type()).isEqualTo(ErrorType.TARGET_FOREIGN.id());
      assertThat(failure.message())
          .contains("component database: " + name + " is postgres-")
          .contains("the set was captured from postgres-", "of which it is no heir");
      other.assertSettled(live);
    }
  }

  @Test
  void aMissingStoreIsNamedAndTheReportGoesToTheStateFolder() throws IOException {
    var nowhere = world.configuration().resolveSibling("not-mounted");
    world.runbook(r -> r.with("store", "type: filesystem\npath: " + nowhere));

    refusedByStore("there is no directory " + nowhere + "; mount its disk");

    assertThat(nowhere).doesNotExist();
  }

  @Test
  void aStoreThatCannotBeWrittenIsNamedAndTheReportGoesToTheStateFolder() throws Exception {
    var readOnly = Files.createDirectory(world.configuration().resolveSibling("read-only"));
    command("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", readOnly.toString());
    try {
      world.runbook(r -> r.with("store", "type: filesystem\npath: " + readOnly));

      refusedByStore("Read-only file system");
    } finally {
      command("umount", readOnly.toString());
    }
  }

  private void refusedByStore(String why) throws IOException {
    var result = world.runs().backup().result();

    assertThat(result.verdict()).contains(Verdict.REFUSED);
    var failure = result.failure().orElseThrow();
    assertThat(failure.message()).contains("- store: cannot ", why).doesNotContain("Exception");
    assertThat(failure.type()).isEqualTo(ErrorType.STORE_UNAVAILABLE.id());
    var report = result.evidence().orElseThrow();
    assertThat(Path.of(report)).startsWithRaw(world.configuration().resolveSibling("state"));
    assertThat(Files.readString(Path.of(report + ".md"))).contains(why);
    assertThat(Path.of(report + ".sig")).isNotEmptyFile();
  }

  private RunHandle backup(String system) {
    return world
        .runs()
        .start(
            Procedure.BACKUP,
            Procedure.BACKUP.workflowId(system),
            new BackupInput(system, SetKind.MANUAL, Map.of(), Optional.empty(), Optional.empty()));
  }

  private Path secret() {
    return world.configuration().resolveSibling("admin-password");
  }

  private void edit(String before, String after) {
    world.runbook(r -> {
      var components = r.sections().get("components");
      assertThat(components).contains(before);
      return r.with("components", components.replace(before, after));
    });
  }

  private void rename(String from, String to) {
    world
        .cluster()
        .execute(
            "postgres",
            "ALTER DATABASE \"%s\" ALLOW_CONNECTIONS false".formatted(from),
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '%s'"
                .formatted(from),
            "ALTER DATABASE \"%s\" RENAME TO \"%s\"".formatted(from, to),
            "ALTER DATABASE \"%s\" ALLOW_CONNECTIONS true".formatted(to));
  }

  private static void command(String... argv) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(argv).inheritIO().start().waitFor())
        .as(String.join(" ", argv) + " (needs root)")
        .isZero();
  }
}
