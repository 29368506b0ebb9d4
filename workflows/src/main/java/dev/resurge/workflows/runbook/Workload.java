package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;

/** What writes to the components and is stopped while data is swapped. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Workload.LocalProcess.class, name = "process"),
  @JsonSubTypes.Type(value = Workload.Systemd.class, name = "systemd")
})
public sealed interface Workload {
  /** Unique in its runbook. */
  String name();

  /** How long stopping or starting may take before it counts as failed. */
  Duration timeout();

  /** A program with commands of its own. Argument lists, never shell strings. */
  record LocalProcess(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the workloads.")
          String name,
      @JsonProperty(required = true)
          @Written(Form.ARGUMENT)
          @JsonPropertyDescription("Exits 0 while it runs and 3 when it is stopped, as LSB says.")
          List<String> status,
      @JsonProperty(required = true)
          @Written(Form.ARGUMENT)
          @JsonPropertyDescription(
              "Starts it. What it starts outlives this command and the worker.")
          List<String> start,
      @JsonProperty(required = true)
          @Written(Form.ARGUMENT)
          @JsonPropertyDescription("Stops it; ends when it has stopped.")
          List<String> stop,
      @JsonPropertyDescription("Default 30s.") Duration timeout)
      implements Workload {
    public LocalProcess {
      status = Runbook.copy(status);
      start = Runbook.copy(start);
      stop = Runbook.copy(stop);
      timeout = timeout == null ? Duration.ofSeconds(30) : timeout;
    }
  }

  /** A systemd unit of the host. */
  record Systemd(
      @JsonProperty(required = true)
          @Written(Form.NAME)
          @JsonPropertyDescription("Unique among the workloads.")
          String name,
      @JsonProperty(required = true)
          @Written(Form.UNIT)
          @JsonPropertyDescription("Such as library.service.")
          String unit,
      @JsonPropertyDescription("Default 90s, as systemd's own.") Duration timeout)
      implements Workload {
    public Systemd {
      timeout = timeout == null ? Duration.ofSeconds(90) : timeout;
    }
  }
}
