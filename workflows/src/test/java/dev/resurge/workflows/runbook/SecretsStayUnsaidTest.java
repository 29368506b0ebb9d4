package dev.resurge.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsStayUnsaidTest {

  @ParameterizedTest
  @MethodSource("inClear")
  void aSecretInClearIsAnErrorThatDoesNotShowIt(String part, String replacement) {
    var errors = Example.errors(Example.with(part, replacement));

    assertThat(errors).isNotEmpty();
    assertThat(String.join("\n", errors)).doesNotContainIgnoringCase("hunter2");
  }

  static Stream<String[]> inClear() {
    var checks = "  checks:\n";
    return Stream.of(
        at("{env: DBA}", "hunter2"),
        at("{env: DBA}", "!hunter2"),
        at("{env: DBA}", "!hunter2!x y"),
        at("{env: DBA}", "*hunter2"),
        at("{env: DBA}", "@hunter2"),
        at("{env: DBA}", "\"hunter2"),
        at("{env: DBA}", "hunter2: x"),
        at("{env: DBA}", "[hunter2]"),
        at("{env: DBA}", "{hunter2}"),
        at("{env: DBA}", "{value: hunter2}"),
        at("{env: DBA}", "{env: hunter2!}"),
        at("{env: DBA}", "{file: hunter2}"),
        at("{env: DBA}", "{file: {hunter2: x}}"),
        at("password: {env: DBA}", "passwrd: hunter2"),
        at("password: {env: DBA}", "password:hunter2"),
        at("password: {env: DBA}", "hunter2"),
        at("database: shop", "port: hunter2"),
        at("path: /backups", "path: sftp://backup:hunter2@nas/backups"),
        at("path: /backups", "path: sftp://:hun/ter2:hunter2@nas/backups"),
        at("path: /backups", "path: s3://bucket?secret=hunter2"),
        at("database: shop", "postgres://dba:hunter2@db/shop: x"),
        at("unencrypted: the", "unencrypted: AGE-SECRET-KEY-1HUNTER2"),
        at("unencrypted: the", "recipients: [AGE-SECRET-KEY-1HUNTER2], x: the"),
        at(checks, "  consistency: https://ann:hunter2@shop/\n" + checks),
        at(checks, "  objectives: {rto: 'https://ann:hunter2@shop/'}\n" + checks),
        at(checks, "  # once postgres://dba:hunter2@db/shop\n" + checks),
        at(checks, checks + "    - {type: http, name: up, url: 'https://ann:hunter2@shop/'}\n"),
        at(checks, checks + "    - {type: http, name: up, url: https://shop/?token=hunter2}\n"),
        at(checks, checks + "    - {type: command, name: c, command: [x, 'a://b:hunter2@c']}\n"),
        at(
            checks,
            checks
                + "    - type: manual\n      name: m\n      question: |\n"
                + "        -----BEGIN OPENSSH PRIVATE KEY-----\n        hunter2\n"));
  }

  private static String[] at(String part, String replacement) {
    return new String[] {part, replacement};
  }

  @Test
  void theErrorSaysWhatToWriteInstead() {
    assertThat(Example.errors(Example.with("{env: DBA}", "hunter2")))
        .containsExactly(
            "shop.yaml:12:36: spec.components[0].admin.password: write {env: NAME} or {file: PATH};"
                + " a secret in clear is never accepted");
    assertThat(Example.errors(Example.with("  checks:\n", "# was a://b:c@d\n  checks:\n")))
        .containsExactly(
            "shop.yaml:18:1: an address with a password in it stands here in clear; a runbook is"
                + " kept in clear beside every set and holds no secrets: take it out, and change it"
                + " if others have seen it");
  }

  @Test
  void whatOnlyResemblesASecretIsNoError() {
    for (var harmless :
        new String[] {
          "https://shop:8443/users/@me",
          "https://[::1]:8443/@me",
          "https://shop/a:b?time=12:30@noon",
          "https://shop/?tokens=3"
        }) {
      var yaml =
          Example.with(
              "  checks:\n", "  checks:\n    - {type: http, name: up, url: '" + harmless + "'}\n");
      assertThat(Example.errors(yaml)).as(harmless).isEmpty();
    }
    assertThat(
            Example.errors(
                Example.with("is encrypted", "is encrypted (see ssh://git@host:22/notes)")))
        .isEmpty();
  }
}
