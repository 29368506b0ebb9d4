package dev.resurge.worker.page;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Error;

/** Pages whose refusals are pages too, and whose failures tell nothing but that they failed. */
public abstract class Refusing {
  private final RefusalPage page;

  /**
   * @param page what a refusal looks like
   */
  protected Refusing(RefusalPage page) {
    this.page = page;
  }

  /** What was refused on purpose. */
  @Error
  public HttpResponse<String> refused(Refusal refusal) {
    return page.of(refusal);
  }

  /** What went wrong. */
  @Error
  public HttpResponse<String> failed(RuntimeException failure) {
    return page.of(Refusal.of(failure));
  }
}
