package dev.resurge.worker.answer;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Error;

/** Pages whose refusals are pages too, and whose failures tell nothing but that they failed. */
abstract class Refusing {
  private final Pages pages;

  Refusing(Pages pages) {
    this.pages = pages;
  }

  @Error
  HttpResponse<String> refused(Refusal refusal) {
    return pages.refusal(refusal);
  }

  @Error
  HttpResponse<String> failed(RuntimeException failure) {
    return pages.refusal(Refusal.of(failure));
  }
}
