package dev.resurge.workflows.runbook;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Of these fields exactly one is given; a list among them is not empty. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ExactlyOneOf {
  String[] value();

  /** Said when none is given: what to write, and why it must be said. */
  String otherwise();
}
