package dev.resurge.activities.temporal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.SecretReader;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.SecretRef;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalAccessTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
  private static final String OTHER_KEY =
      Base64.getEncoder().encodeToString("abcdefghijklmnopqrstuvwxyz012345".getBytes(UTF_8));

  @TempDir Path folder;

  @Test
  void payloadsAreSealedForTemporalAndOpenedAgain() {
    var converter = converter(Optional.of(KEY));

    var sealed = converter.toPayload("the patient").orElseThrow();

    assertThat(new String(sealed.toByteArray(), UTF_8)).doesNotContain("patient");
    assertThat(sealed.getMetadataMap().get("encoding").toStringUtf8())
        .isEqualTo("binary/encrypted");
    assertThat(converter.fromPayload(sealed, String.class, String.class)).isEqualTo("the patient");
    assertThat(converter.toPayload("the patient").orElseThrow().getData())
        .as("another nonce each time")
        .isNotEqualTo(sealed.getData());
  }

  @Test
  void failuresAreSealedToo() {
    var converter = converter(Optional.of(KEY));

    var sealed = converter.exceptionToFailure(new IllegalStateException("the patient"));

    assertThat(new String(sealed.toByteArray(), UTF_8)).doesNotContain("patient");
    assertThat(converter.failureToException(sealed)).hasMessageContaining("the patient");
  }

  @Test
  void whatWasWrittenInClearIsStillRead() {
    var clear = converter(Optional.empty()).toPayload("old").orElseThrow();

    assertThat(converter(Optional.of(KEY)).fromPayload(clear, String.class, String.class))
        .isEqualTo("old");
  }

  @Test
  void anotherKeyOpensNothing() {
    var sealed = converter(Optional.of(KEY)).toPayload("x").orElseThrow();

    assertThatThrownBy(
            () -> converter(Optional.of(OTHER_KEY)).fromPayload(sealed, String.class, String.class))
        .isInstanceOf(PayloadCodecException.class)
        .hasMessageContaining("worker and command line need the same");
  }

  @Test
  void aKeyThatIsNoneIsNamedAndNotShown() {
    for (var wrong : new String[] {"c2hvcnQ=", "not base64!"}) {
      assertThatThrownBy(() -> converter(Optional.of(wrong)))
          .isInstanceOfSatisfying(
              ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.KEY_WRONG))
          .hasMessageContaining("environment variable CODEC")
          .hasMessageContaining("openssl rand -base64 32")
          .hasMessageNotContaining(wrong);
    }
  }

  @Test
  void withoutTlsAnApiKeyGoesInClear() {
    var temporal =
        new Installation.Temporal(
            "t:1",
            "default",
            "resurge",
            Optional.empty(),
            Optional.of(new SecretRef(Optional.of("KEY"), Optional.empty())),
            Optional.empty());

    var options =
        new TemporalAccess(temporal, new SecretReader(Map.of("KEY", "a-key")))
            .reaching(WorkflowServiceStubsOptions.newBuilder())
            .build();

    assertThat(options.getEnableHttps()).isFalse();
  }

  @Test
  void filesOfTlsThatAreNoneAreNamed() throws IOException {
    var nothing = Files.writeString(folder.resolve("ca.pem"), "nothing");
    for (var authority : new Path[] {nothing, folder.resolve("missing.pem")}) {
      var temporal =
          new Installation.Temporal(
              "t:1",
              "default",
              "resurge",
              Optional.of(
                  new Installation.Tls(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(authority),
                      Optional.empty())),
              Optional.empty(),
              Optional.empty());

      assertThatThrownBy(() ->
              new TemporalAccess(temporal, new SecretReader(Map.of()))
                  .reaching(WorkflowServiceStubsOptions.newBuilder()))
          .isInstanceOfSatisfying(
              ResurgeException.class,
              e -> assertThat(e.type()).isEqualTo(ErrorType.CONFIGURATION_INVALID))
          .hasMessageContaining("temporal.tls")
          .hasMessageContaining(authority.toString());
    }
  }

  private static DataConverter converter(Optional<String> key) {
    var temporal =
        new Installation.Temporal(
            "t:1",
            "default",
            "resurge",
            Optional.empty(),
            Optional.empty(),
            key.map(k -> new SecretRef(Optional.of("CODEC"), Optional.empty())));
    var secrets = new SecretReader(key.map(k -> Map.of("CODEC", k)).orElse(Map.of()));
    return new TemporalAccess(temporal, secrets)
        .speaking()
        .validateAndBuildWithDefaults()
        .getDataConverter();
  }
}
