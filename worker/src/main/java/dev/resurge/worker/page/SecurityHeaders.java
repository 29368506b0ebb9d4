package dev.resurge.worker.page;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** What every answer of this server tells the browser, whatever went wrong. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class SecurityHeaders {
  private static final String POLICY = "Content-Security-Policy";
  private static final String REFERRER = "Referrer-Policy";

  @ResponseFilter
  void add(MutableHttpResponse<?> response) {
    var headers = response.getHeaders();
    if (!headers.contains(POLICY)) {
      headers.set(POLICY, "default-src 'none'; frame-ancestors 'none'");
    }
    if (!headers.contains(REFERRER)) {
      headers.set(REFERRER, "no-referrer");
    }
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("X-Robots-Tag", "noindex, nofollow");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }
}
