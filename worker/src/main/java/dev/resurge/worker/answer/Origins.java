package dev.resurge.worker.answer;

import dev.resurge.activities.installation.Installation;
import dev.resurge.worker.page.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Whether what is posted comes from a page of ours, as the browser itself says. */
@Singleton
class Origins {
  private static final String NONE =
      "null"; // what a browser says under Referrer-Policy: no-referrer

  private final Optional<String> own;

  Origins(Installation installation) {
    this.own = installation.worker().publicUrl().map(Origins::origin);
  }

  private static String origin(URI url) {
    return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
  }

  /**
   * For answers that carry their own proof, such as a link: nothing may say that another site sent
   * them.
   *
   * @throws Refusal if something does
   */
  void requireNotForeign(HttpRequest<?> request) {
    var site = request.getHeaders().get("Sec-Fetch-Site");
    var origin = origin(request);
    if ((site != null && !site.equals("same-origin") && !site.equals("none"))
        || (origin.isPresent() && !origin.equals(own))) {
      throw Refusal.notFromHere();
    }
  }

  /**
   * For answers of people who are logged in, which a browser would send for any site: it must say
   * that the page was ours.
   *
   * @throws Refusal if it does not
   */
  void requireOwn(HttpRequest<?> request) {
    requireNotForeign(request);
    if (origin(request).isEmpty()
        && !"same-origin".equals(request.getHeaders().get("Sec-Fetch-Site"))) {
      throw Refusal.notFromHere();
    }
  }

  private static Optional<String> origin(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.ORIGIN))
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> !text.equals(NONE));
  }
}
