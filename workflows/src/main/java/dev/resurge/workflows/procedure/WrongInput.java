package dev.resurge.workflows.procedure;

import io.temporal.common.converter.DataConverterException;
import java.io.Serial;

/**
 * A procedure was started with something that is no input of it. That run is over at once: whoever
 * typed it reads why, and starts another. (A payload that this worker cannot read for reasons of
 * its own, such as a missing codec key, is another failure, which waits until the worker is
 * mended.)
 */
public final class WrongInput extends DataConverterException {
  @Serial private static final long serialVersionUID = 1L;

  WrongInput(String procedure, String why) {
    super(procedure + " takes one JSON object, such as {\"runbook\":\"library\"}; " + why);
    setStackTrace(
        new StackTraceElement[0]); // it is the person's mistake; Temporal's UI would show it
  }
}
