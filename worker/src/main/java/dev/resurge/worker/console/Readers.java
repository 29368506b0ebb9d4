package dev.resurge.worker.console;

import dev.resurge.activities.installation.Installation;
import dev.resurge.worker.page.Logins;
import dev.resurge.worker.page.Refusal;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Who may read the console, as {@code worker.console} says. */
@Singleton
class Readers {
  private final Installation.Console console;
  private final Logins logins;

  Readers(Installation installation, Logins logins) {
    this.console = installation.worker().console();
    this.logins = logins;
  }

  /**
   * Lets somebody in, before anything is looked up.
   *
   * @throws Refusal if nobody may, or this visitor may not: that tells nothing of what there is
   */
  Visit admit(HttpRequest<?> request) {
    var person = logins.person(request);
    return switch (console) {
      case OFF -> throw Refusal.unknown();
      case LOGIN -> Visit.of(request, Optional.of(person.orElseThrow(Refusal::nobody)));
      case EVERYONE -> Visit.of(request, person);
    };
  }
}
