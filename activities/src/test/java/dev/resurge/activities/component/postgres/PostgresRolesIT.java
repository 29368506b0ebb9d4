package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.testing.PostgresCluster;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that has none of a set's roles: they are made, then the set fits. */
@Tag("slow")
@Timeout(120)
class PostgresRolesIT {
  @TempDir Path folder;
  private PostgresWorld source;
  private PostgresCluster blank;
  private PostgresWorld target;
  private ComponentManifest manifest;

  @BeforeEach
  void aSetAndABlankServer() {
    source = new PostgresWorld(folder);
    source.cluster.execute(
        "postgres",
        "DROP ROLE IF EXISTS \"Shop Owner\"",
        "DROP ROLE IF EXISTS shop_readers",
        "DROP ROLE IF EXISTS shop_elsewhere",
        "CREATE ROLE shop_readers NOLOGIN",
        "CREATE ROLE shop_elsewhere NOLOGIN",
        "CREATE ROLE \"Shop Owner\" LOGIN CREATEDB CONNECTION LIMIT 9 PASSWORD 'secret'",
        "GRANT shop_readers, shop_elsewhere TO \"Shop Owner\"",
        "ALTER DATABASE " + source.database + " OWNER TO \"Shop Owner\"",
        "ALTER ROLE \"Shop Owner\" IN DATABASE " + source.database + " SET work_mem TO '5MB'");
    source.execute(
        "CREATE TABLE note (id integer)",
        "ALTER TABLE note OWNER TO \"Shop Owner\"",
        "GRANT SELECT ON note TO shop_readers");
    manifest = source.capture();
    blank = PostgresCluster.trusting();
    target = new PostgresWorld(blank, folder, "unused");
  }

  @AfterEach
  void close() {
    target.close();
    blank.close();
    source.close();
    source.cluster.execute(
        "postgres", "DROP ROLE \"Shop Owner\"", "DROP ROLE shop_readers, shop_elsewhere");
  }

  @Test
  void missingRolesAreMadeWithTheirMembershipsAndWithoutPasswords() {
    var made = prepare(there("postgres"));

    assertThat(made)
        .containsExactlyInAnyOrder(
            "role Shop Owner, without a password, member of shop_readers; not of shop_elsewhere,"
                + " which is not there",
            "role shop_readers");
    assertThat(role("rolcanlogin AND rolcreatedb AND rolconnlimit = 9 AND rolpassword IS NULL"))
        .isEqualTo("t");
    assertThat(role("pg_has_role(oid, 'shop_readers', 'MEMBER')")).isEqualTo("t");
    assertThat(prepare(there("postgres"))).isEmpty();
  }

  @Test
  void aRoleLogsInWithThePasswordThatTheRunbookRefersToAndTheServerNeverSawIt() throws Exception {
    try (var asking = PostgresCluster.withPassword(PostgresWorld.SECRET);
        var asked = new PostgresWorld(asking, PostgresWorld.newFolder(folder), "asked")) {
      asking.execute(
          "postgres", "ALTER SYSTEM SET log_statement TO 'all'", "SELECT pg_reload_conf()");
      var component = asked.withRole("Shop Owner", "OWNER_PASSWORD").at(source.database);

      assertThat(asked.driver.prepare(asked.attempt, component, manifest))
          .contains(
              "role Shop Owner, with the password from environment variable OWNER_PASSWORD, member"
                  + " of shop_readers; not of shop_elsewhere, which is not there");

      asking.connect("postgres", "Shop Owner").close();
      assertThat(Files.readString(asking.socketFolder().resolve("log")))
          .contains("ALTER ROLE \"Shop Owner\" PASSWORD 'SCRAM-SHA-256$")
          .doesNotContain(PostgresWorld.SECRET);
    }
  }

  @Test
  void aRoleThatIsThereKeepsItsPassword() {
    blank.execute("postgres", "CREATE ROLE \"Shop Owner\" LOGIN");

    target.driver.prepare(
        target.attempt, target.withRole("Shop Owner", "X").at(source.database), manifest);

    assertThat(role("rolpassword IS NULL")).isEqualTo("t");
  }

  @Test
  void whoHasToBeMadeWithoutAPasswordIsSaidBefore() {
    assertThat(findings(there("postgres")))
        .singleElement()
        .matches(f -> f.severity() == Finding.Severity.WARNING)
        .extracting(Finding::message)
        .asString()
        .contains("'Shop Owner' has to be made, and without a password", "\\password Shop Owner");
    assertThat(findings(target.withRole("Shop Owner", "OWNER").at(source.database))).isEmpty();
  }

  @Test
  void aRoleOfTheRunbookThatTheSetDoesNotKnowIsSaidBefore() {
    assertThat(findings(target.withRole("shop_typo", "X").at(source.database)))
        .extracting(Finding::message)
        .anySatisfy(m -> assertThat(m).contains("'shop_typo' is not there and will not be made"));
  }

  @Test
  void aPasswordThatIsNotThereIsFoundBefore() {
    target.loseSecrets();

    assertThat(findings(target.withRole("Shop Owner", "OWNER").at(source.database)))
        .singleElement()
        .matches(f -> f.severity() == Finding.Severity.ERROR)
        .matches(f -> f.type() == ErrorType.SECRET_MISSING)
        .extracting(Finding::message)
        .asString()
        .contains("role 'Shop Owner' has to be made with a password", "variable OWNER");
  }

  @Test
  void thenTheSetFitsTheServerWithAllItSaysOfRoles() {
    prepare(there("postgres"));

    var seen =
        target.driver.inspect(
            target.attempt, there("postgres"), Intent.REBUILD, Optional.of(manifest));
    var copy = target.driver.stage(target.attempt, there("postgres"), manifest, "m", source.set);

    assertThat(seen.findings()).isEmpty();
    assertThat(
            target.driver.verifyStaged(
                target.attempt, there("postgres"), manifest, source.set, copy))
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(CheckResult::passed);
  }

  @Test
  void aRoleThatIsThereStaysAsItIs() {
    blank.execute("postgres", "CREATE ROLE \"Shop Owner\" NOLOGIN");

    assertThat(prepare(there("postgres"))).containsExactly("role shop_readers");

    assertThat(role("rolcanlogin")).isEqualTo("f");
    assertThat(role("pg_has_role(oid, 'shop_readers', 'MEMBER')")).isEqualTo("f");
  }

  @Test
  void anAdminWhoMayNotMakeThemIsFoundBeforeAndMakesNone() {
    blank.execute("postgres", "CREATE ROLE builder LOGIN CREATEDB");

    assertThat(errors(there("builder")))
        .anySatisfy(m ->
            assertThat(m)
                .contains("to create the roles Shop Owner, shop_readers")
                .contains("ALTER ROLE \"builder\" CREATEROLE"));
    assertThatThrownBy(() -> prepare(there("builder")))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.RIGHTS_MISSING));
    assertThat(blank.value("postgres", "SELECT count(*) FROM pg_roles WHERE rolname ~* '^shop'"))
        .isEqualTo("0");
  }

  @Test
  void anAdminWhoMayMakeRolesBuildsTheDatabaseWithThem() {
    blank.execute(
        "postgres",
        "CREATE ROLE builder LOGIN CREATEDB CREATEROLE",
        "GRANT pg_signal_backend TO builder",
        "GRANT SET ON PARAMETER resurge.owner, resurge.staged, resurge.retained TO builder");

    assertThat(errors(there("builder"))).isEmpty();
    prepare(there("builder"));
    var copy = target.driver.stage(target.attempt, there("builder"), manifest, "m", source.set);

    assertThat(
            target.driver.verifyStaged(
                target.attempt, there("builder"), manifest, source.set, copy))
        .allMatch(CheckResult::passed);
  }

  @Test
  void aRoleThatOnlyASuperuserMayMakeIsFoundBefore() {
    source.cluster.execute("postgres", "ALTER ROLE \"Shop Owner\" BYPASSRLS");
    manifest = source.capture();
    blank.execute("postgres", "CREATE ROLE builder LOGIN CREATEDB CREATEROLE");

    assertThat(errors(there("builder")))
        .anySatisfy(m -> assertThat(m).contains("as mighty as Shop Owner, which only a superuser"));
  }

  private List<String> prepare(Component.Postgres component) {
    return target.driver.prepare(target.attempt, component, manifest);
  }

  private List<Finding> findings(Component.Postgres component) {
    return target
        .driver
        .inspect(target.attempt, component, Intent.REBUILD, Optional.of(manifest))
        .findings();
  }

  private List<String> errors(Component.Postgres component) {
    return findings(component).stream()
        .filter(f -> f.severity() == Finding.Severity.ERROR)
        .map(Finding::message)
        .toList();
  }

  /** The source's database, as it is to stand on the blank server. */
  private Component.Postgres there(String user) {
    return target.component(user, "127.0.0.1").at(source.database);
  }

  private String role(String what) {
    return blank.value(
        "postgres", "SELECT " + what + " FROM pg_authid WHERE rolname = 'Shop Owner'");
  }
}
