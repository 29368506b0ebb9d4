package dev.resurge.workflows.runbook;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range of a number, both ends included. Every number of a runbook has one. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Between {
  double least();

  double most();
}
