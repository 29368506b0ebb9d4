package dev.resurge.workflows.procedure;

import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;

/** How inputs, results and everything between worker and Temporal are written. */
public final class Payloads {
  private Payloads() {}

  /** Temporal's own converter with our JSON; client and worker must use the same. */
  public static DataConverter dataConverter() {
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(new InputConverter());
  }
}
