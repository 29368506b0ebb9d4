package dev.resurge.worker.page;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.PersonName;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who a trusted proxy says is logged in. */
@Singleton
public class Logins {
  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

  private final Optional<Installation.Login> login;

  Logins(Installation installation) {
    this.login = installation.worker().login();
  }

  /** Whether people may come without a link at all. */
  public boolean configured() {
    return login.isPresent();
  }

  /**
   * The person's name; empty without the header, or if it comes from anywhere else than the
   * proxies, more than once, or says no name.
   */
  public Optional<String> person(HttpRequest<?> request) {
    if (login.isEmpty()) {
      return Optional.empty();
    }
    var header = login.get().header();
    var names = request.getHeaders().getAll(header);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    var from = request.getRemoteAddress().getAddress();
    if (from == null || !login.get().believes(from)) {
      LOG.warn("{} ignored: it came from {}, which is not in worker.login.proxies", header, from);
      return Optional.empty();
    }
    if (names.size() > 1 || !PersonName.is(names.getFirst())) {
      LOG.warn("{} from {} ignored: it does not hold exactly one person's name", header, from);
      return Optional.empty();
    }
    return Optional.of(names.getFirst());
  }
}
