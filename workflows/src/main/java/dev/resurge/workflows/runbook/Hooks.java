package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Commands of one's own at fixed places of a procedure. */
public record Hooks(
    @JsonPropertyDescription("Before components are captured.") List<Hook> beforeCapture,
    @JsonPropertyDescription("After components are captured, also when that failed.")
        List<Hook> afterCapture,
    @JsonPropertyDescription("After the approval, before anything is stopped.")
        List<Hook> beforeCutOver,
    @JsonPropertyDescription("After the restored system is healthy.") List<Hook> afterRestore) {
  public Hooks {
    beforeCapture = Runbook.copy(beforeCapture);
    afterCapture = Runbook.copy(afterCapture);
    beforeCutOver = Runbook.copy(beforeCutOver);
    afterRestore = Runbook.copy(afterRestore);
  }

  /** All hooks, in the order of a run. */
  public List<Hook> all() {
    return Stream.of(beforeCapture, afterCapture, beforeCutOver, afterRestore)
        .flatMap(List::stream)
        .toList();
  }

  /** One command. */
  public record Hook(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the hooks.")
          String name,
      @JsonProperty(required = true)
          @Written(Form.ARGUMENT)
          @JsonPropertyDescription(
              "Program and arguments; no shell reads them. May run twice: make it idempotent.")
          List<String> command,
      @JsonPropertyDescription("Ended after this long. Default 5m.") Duration timeout) {
    public Hook {
      command = Runbook.copy(command);
      timeout = timeout == null ? Duration.ofMinutes(5) : timeout;
    }
  }
}
