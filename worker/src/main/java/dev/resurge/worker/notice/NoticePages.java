package dev.resurge.worker.notice;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.link.AnswerLinks;
import dev.resurge.activities.link.Tickets;
import dev.resurge.activities.notice.AnswerPages;
import dev.resurge.worker.Surroundings;
import dev.resurge.workflows.model.Notice;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where a notice is answered: on a channel that is one person's own by a link that is good for that
 * person, once; on one that several read by the page that has people log in, if there is a login.
 */
@Singleton
public final class NoticePages implements AnswerPages {
  private final Installation.Worker worker;
  private final AnswerLinks links;
  private final InstantSource clock;

  NoticePages(Installation installation, AnswerLinks links, Surroundings surroundings) {
    this.worker = installation.worker();
    this.links = links;
    this.clock = surroundings.clock();
  }

  @Override
  public Optional<URI> page(Notice notice, Optional<String> person) {
    if (notice.code().isEmpty() || notice.run().isEmpty()) {
      return Optional.empty();
    }
    return person.isPresent()
        ? links.link(
            notice.system(),
            notice.run().get(),
            notice.code().get(),
            person.get(),
            clock.instant().plus(Tickets.LONGEST))
        : worker
            .login()
            .flatMap(login -> worker.publicUrl())
            .map(base ->
                URI.create(base + "/runs/" + notice.system() + "/" + notice.procedure().id()));
  }
}
