package dev.resurge.worker.answer;

import dev.resurge.activities.link.Ticket;
import dev.resurge.activities.step.Site;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What tickets came to that were used through this worker. Only a convenience: what holds is in the
 * store. It lets a used link be refused without asking the run, so that nobody fills its history.
 */
@Singleton
class Given {
  private final InstantSource clock;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  Given(Site site) {
    this.clock = site.clock();
  }

  private record Answer(String text, Instant until) {}

  void remember(Ticket ticket, String text) {
    var now = clock.instant();
    answers.values().removeIf(answer -> answer.until().isBefore(now));
    answers.putIfAbsent(ticket.nonce(), new Answer(text, ticket.expires()));
  }

  Optional<String> by(Ticket ticket) {
    return Optional.ofNullable(answers.get(ticket.nonce())).map(Answer::text);
  }
}
