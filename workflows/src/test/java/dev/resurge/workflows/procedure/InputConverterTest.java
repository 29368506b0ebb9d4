package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.RestoreInput;
import io.temporal.api.common.v1.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputConverterTest {
  private static <T> T read(String json, Class<T> type) {
    var payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(json))
            .build();
    return Payloads.dataConverter().fromPayload(payload, type, type);
  }

  @Test
  void theSystemsNameIsEnough() {
    var input = read("{\"runbook\": \"library\"}", RestoreInput.class);

    assertThat(input.runbook()).isEqualTo("library");
    assertThat(input.set()).isEqualTo("latest");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    var input =
        read("{\"runbook\": \"library\", \"dryRun\": true, \"reason\": \"why\"}", PruneInput.class);
    var converter = Payloads.dataConverter();
    var payload = converter.toPayload(input).orElseThrow();

    assertThat(converter.fromPayload(payload, PruneInput.class, PruneInput.class)).isEqualTo(input);
  }

  @Test
  void aMisspeltFieldIsNotPassedOver() {
    assertWrong(() -> read("{\"runbook\": \"library\", \"dryrun\": true}", PruneInput.class))
        .hasMessageContaining("no field 'dryrun', but dryRun, reason, requester, runbook");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"runbook\": \" \"}",
        "{\"runbook\": null}",
        "\"library\"",
        "[1]",
        "null",
        "{\"runbook\": \"library\", \"kind\": \"monthly\"}",
        "{\"runbook\""
      })
  void whatIsNoInputShowsARightOne(String json) {
    assertWrong(() -> read(json, BackupInput.class));
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertWrong(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    return assertThatThrownBy(reading)
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("{\"runbook\":\"library\"}");
  }
}
