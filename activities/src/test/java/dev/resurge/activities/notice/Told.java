package dev.resurge.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.SecretRef;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests tell, and the secrets that they plant. */
public final class Told {
  static final Instant NOW = Instant.parse("2026-11-21T03:15:00Z");
  public static final RunId RUN_ID = new RunId("20261121T031500Z-restore-7f2c");
  static final String HOSTILE =
      "\"}],\"text\":\"gotcha\\\n{{ 7*7 }} <!channel> \u0007\u2028 ünï 🔥 {% include 'x' %} ' & \t";

  public static final Run RUN =
      new Run(
          RUN_ID,
          Procedure.RESTORE,
          "library",
          "",
          "",
          new Person("asker", "test", false),
          Optional.empty(),
          NOW,
          Optional.empty(),
          Scope.WHOLE);

  private static final Map<String, String> SECRETS =
      Map.of(
          "TOKEN", "planted-token-1",
          "KEY", "planted-key-2",
          "USER", "planted-user-3",
          "PASSWORD", "planted-password-4");

  private Told() {}

  static SecretRef env(String name) {
    return new SecretRef(Optional.of(name), Optional.empty());
  }

  /** Reads the planted secrets. */
  public static String secret(SecretRef reference) {
    return SECRETS.get(reference.env().orElseThrow());
  }

  public static Notice notice(Notice.Event event, Severity severity, String... lines) {
    return new Notice(
        event,
        severity,
        "library",
        Procedure.RESTORE,
        Optional.of(RUN_ID),
        "library: restore waits for approval of plan ab12cd",
        List.of(lines),
        Optional.of("ab12cd"),
        List.of("./resurge approve library ab12cd"),
        List.of(),
        NOW);
  }

  static Message message(String... lines) {
    return Message.of(
        notice(Notice.Event.WAITING, Severity.HIGH, lines),
        "here",
        Optional.of(URI.create("https://resurge.example/a/1")));
  }

  /** That it fails so, and that what is said of it holds none of the planted secrets. */
  static ResurgeException failure(ErrorType type, ThrowingCallable action) {
    var thrown = catchThrowableOfType(ResurgeException.class, action);
    assertThat(thrown).isNotNull();
    assertThat(thrown.type()).as(thrown.getMessage()).isEqualTo(type);
    SECRETS.values().forEach(secret -> assertThat(thrown).hasMessageNotContaining(secret));
    return thrown;
  }
}
