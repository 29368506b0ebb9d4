package dev.resurge.worker.answer;

import dev.resurge.activities.installation.Installation;
import dev.resurge.workflows.model.Json;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that a form of a person who is logged in must come with. It says nothing and opens
 * nothing; it only ties a form to the browser that it was shown in.
 */
@Singleton
class Sessions {
  private static final int BYTES = 16;
  private static final Pattern VALUE = Pattern.compile("[\\w-]{22}");

  private final boolean secure;
  private final SecureRandom random = new SecureRandom();

  Sessions(Installation installation) {
    this.secure =
        installation
            .worker()
            .publicUrl()
            .filter(url -> url.getScheme().equals("https"))
            .isPresent();
  }

  /** The session of who asks, or a new one. */
  String of(HttpRequest<?> request) {
    return present(request)
        .orElseGet(() -> {
          var bytes = new byte[BYTES];
          random.nextBytes(bytes);
          return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        });
  }

  /** The session that a request came with. */
  Optional<String> present(HttpRequest<?> request) {
    return request
        .getCookies()
        .findCookie(name())
        .map(Cookie::getValue)
        .filter(value -> VALUE.matcher(value).matches());
  }

  /** What a form says of its session. */
  static String digest(String session) {
    return Json.sha256("resurge-session\n" + session);
  }

  Cookie cookie(String session) {
    return Cookie.of(name(), session)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(SameSite.Strict);
  }

  private String name() {
    return secure ? "__Host-resurge-form" : "resurge-form";
  }
}
