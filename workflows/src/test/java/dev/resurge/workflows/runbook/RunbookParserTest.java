package dev.resurge.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RunbookParserTest {

  @Test
  void theLibraryIsARunbookWithoutErrors() {
    var library = RunbookParser.parseOrThrow("runbooks/library.yaml", RunbookFiles.library());

    assertThat(library.system()).isEqualTo("library");
    assertThat(library.component("database"))
        .isInstanceOfSatisfying(
            Component.Postgres.class,
            database -> {
              assertThat(database.port()).isEqualTo(54329);
              assertThat(database.secrets())
                  .extracting(SecretRef::describe)
                  .containsExactly(
                      "environment variable LIBRARY_ADMIN_PASSWORD",
                      "environment variable LIBRARY_APP_PASSWORD");
            });
    assertThat(library.workloads()).extracting(Workload::name).containsExactly("library");
    assertThat(library.spec().hooks().afterRestore())
        .extracting(Hooks.Hook::timeout)
        .containsExactly(Duration.ofMinutes(1));
    assertThat(library.spec().objectives().rpo()).contains(Duration.ofHours(24));
    assertThat(library.spec().approval().identity()).isEqualTo(Approval.Identity.CLAIMED);
    assertThat(library.spec().restore().minimumFree()).isEqualTo(ByteSize.parse("1GB"));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    var spec = Example.valid(Example.TEXT).spec();

    assertThat(spec.platform()).isEqualTo(new Platform.Host());
    assertThat(spec.consistency()).isEqualTo(Runbook.Consistency.LIVE);
    assertThat(spec.hooks().afterRestore()).isEmpty();
    assertThat(spec.objectives().rto()).isEmpty();
    assertThat(spec.writers()).isEmpty();
    assertThat(spec.approval())
        .isEqualTo(
            new Approval(
                1,
                List.of(),
                false,
                Approval.Identity.AUTHENTICATED,
                Duration.ofHours(12),
                Duration.ofMinutes(15),
                List.of()));
    assertThat(spec.restore())
        .isEqualTo(
            new RestoreSettings(
                RestoreSettings.Strategy.BESIDE,
                RestoreSettings.Safety.BEFORE,
                Duration.ofSeconds(60),
                ByteSize.parse("5GB"),
                2.0,
                Duration.ofSeconds(30),
                Duration.ofHours(24)));
    assertThat(spec.components().getFirst())
        .isEqualTo(
            new Component.Postgres(
                "orders",
                "127.0.0.1",
                5432,
                "shop",
                new Component.Credentials(
                    "dba", Optional.of(new SecretRef(Optional.of("DBA"), Optional.empty()))),
                "postgres",
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aRunbookWithEveryFieldIsReadAndSeenWholeByTheSchema() {
    var yaml = RunbookFiles.resource("everything.yaml");

    var runbook = RunbookParser.parseOrThrow("everything.yaml", yaml);

    assertThat(SchemaValidation.errors(yaml)).isEmpty();
    assertThat(EveryField.leftOut(yaml)).isEmpty();
    assertThat(runbook.spec().checks()).hasSize(7);
    assertThat(runbook.spec().approval().escalateTo()).containsExactly("carol");
  }

  @Test
  void whatIsWrittenAsJsonIsReadAsTheSame() throws JsonProcessingException {
    for (var yaml : List.of(Example.TEXT, RunbookFiles.resource("everything.yaml"))) {
      var runbook = RunbookParser.parseCopyOrThrow("copy", yaml);
      var json = Json.mapper().writeValueAsString(runbook);
      assertThat(Json.mapper().readValue(json, Runbook.class)).isEqualTo(runbook);
    }
    assertThat(Json.mapper().writeValueAsString(Example.valid(Example.TEXT).spec()))
        .contains("\"type\":\"host\"", "\"type\":\"filesystem\"", "\"type\":\"postgres\"")
        .contains("\"type\":\"files\"", "\"type\":\"systemd\"", "\"type\":\"sql\"");
  }

  @Test
  void allErrorsAreFoundAtOnceInTheOrderOfTheFile() {
    var yaml =
        Example.with("name: shop", "name: Shop")
            .replace("path: /backups", "path: backups")
            .replace("database: shop", "databse: shop")
            .replace(
                "path: /srv/uploads",
                "path: /srv/uploads\n    - {type: files, name: a, path: /srv}")
            .replace("component: orders", "component: order")
            .replace("\"= 1\"", "one");

    assertThat(Example.errors(yaml))
        .extracting(error -> error.split(": ", 3)[0] + " " + error.split(": ", 3)[1])
        .containsExactly(
            "shop.yaml:4:9 metadata.name",
            "shop.yaml:4:9 metadata.name",
            "shop.yaml:6:35 spec.store.path",
            "shop.yaml:11:7 spec.components[0].databse",
            "shop.yaml:16:36 spec.components[2].path",
            "shop.yaml:20:41 spec.checks[0].component",
            "shop.yaml:20:73 spec.checks[0].expect");
  }

  @Test
  void aThrownErrorNamesFileAndNumberAndTheFirstTwenty() {
    var yaml = Example.TEXT + "\n" + "    - {type: tcp, name: any, port: 70000}\n".repeat(30);

    assertThatExceptionOfType(ResurgeException.class)
        .isThrownBy(() -> RunbookParser.parseOrThrow("runbooks/shop.yaml", yaml))
        .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.RUNBOOK_INVALID))
        .withMessageStartingWith("runbooks/shop.yaml has 60 errors:\n  runbooks/shop.yaml:21:25: ")
        .withMessageEndingWith("\n  and 40 more")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(22));
  }

  @Test
  void theCopyInASetNeedNotBearTheSystemsName() {
    assertThat(RunbookParser.parseCopy("runbook.yaml", Example.TEXT))
        .isInstanceOf(RunbookReading.Valid.class);
    assertThat(RunbookParser.parse("runbook.yaml", Example.TEXT))
        .isInstanceOf(RunbookReading.Invalid.class);
    assertThat(RunbookParser.parse("/etc/resurge/runbooks/shop.yml", Example.TEXT))
        .isInstanceOf(RunbookReading.Valid.class);
  }

  @Test
  void anchorsSaveRepetition() {
    var yaml =
        Example.with("password: {env: DBA}", "password: &dba {env: DBA}")
            .replace(
                "  workloads:",
                "    - {type: postgres, name: more, database: b, admin: {user: b, password: *dba}}\n"
                    + "  workloads:");

    assertThat(Example.valid(yaml).component("more").secrets())
        .extracting(SecretRef::describe)
        .containsExactly("environment variable DBA");
  }

  @Test
  void aliasesThatMultiplyOrContainThemselvesAreRefused() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      var alias = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(String.join(", ", List.of(alias, alias, alias, alias, alias))).append("]\n");
    }

    assertThat(Example.errors(bomb.toString()))
        .singleElement()
        .asString()
        .contains("too much: aliases that contain themselves or multiply");
    assertThat(Example.errors("a: &a [*a]\n"))
        .singleElement()
        .asString()
        .contains("too much: aliases that contain themselves or multiply");
  }

  @Test
  void aTextThatIsTooDeepOrTooLongIsRefused() {
    assertThat(Example.errors("[".repeat(100_000)))
        .containsExactly("shop.yaml:1:33: nested deeper than 32 levels");
    assertThat(Example.errors("#".repeat(2_000_000)))
        .containsExactly("shop.yaml:1:1: a runbook has at most 1048576 characters");
  }

  @Test
  @Timeout(60)
  void longTextsTakeNoLongTime() {
    var path = "/a".repeat(2_000);
    assertThat(Example.errors(Example.with("/srv/uploads", path))).isEmpty();
    for (var part : List.of("a", "/a", "://", "a://b:", "=", "5d", "0.", "(", "# ")) {
      var text = part.repeat(100_000 / part.length());
      for (var field : List.of("shop.service", "/srv/uploads", "the disk", "\"= 1\"")) {
        assertThat(RunbookParser.parse("shop.yaml", Example.with(field, text))).isNotNull();
      }
    }
  }

  @Test
  void noTextMakesTheParserFailOrAnswerTwice() {
    var random = new Random(20261121);
    var characters = "\t\n {}[]:,-#&*!|>'\"%@`\0\u00e9\ud83d\u2028aZ09~";
    var library = RunbookFiles.library();
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder(library);
      for (int j = 0; j <= i % 4; j++) {
        var at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(4)),
            characters.substring(random.nextInt(characters.length())).substring(0, 1));
      }
      var reading = RunbookParser.parse("library.yaml", text.toString());
      assertThat(RunbookParser.parse("library.yaml", text.toString())).isEqualTo(reading);
    }
  }
}
