package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where a system runs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = Platform.Host.class, name = "host"))
public sealed interface Platform {
  /** The word in the runbook. */
  String type();

  /** Processes and directories of the machine the worker runs on. */
  record Host() implements Platform {
    @Override
    public String type() {
      return "host";
    }
  }
}
