package dev.resurge.worker.console;

import io.micronaut.http.HttpRequest;
import java.util.Optional;

/**
 * Who reads, and from where links lead.
 *
 * @param person who is logged in
 * @param root the way back to the console, relative, because a proxy may have put a path before it
 */
record Visit(Optional<String> person, String root) {
  static Visit of(HttpRequest<?> request, Optional<String> person) {
    var depth = request.getUri().getRawPath().chars().filter(c -> c == '/').count() - 1;
    return new Visit(person, depth <= 0 ? "./" : "../".repeat((int) depth));
  }
}
