package dev.resurge.activities.notice;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.Notifications;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.SecretRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Passes notices on. All channels are told at once, and what one of them does keeps no other from
 * being told.
 */
public final class Notifier {
  /** For all channels together: the end of a run waits for its last notice. */
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final String installation;
  private final Routes routes;
  private final AnswerPages pages;
  private final InstantSource clock;
  private final Map<String, Channel> channels = new LinkedHashMap<>();

  /**
   * @param secrets reads a secret when it is needed
   * @param pages where people can answer
   */
  public Notifier(
      Installation installation,
      Function<SecretRef, String> secrets,
      AnswerPages pages,
      InstantSource clock) {
    this.installation = installation.id();
    this.routes = new Routes(installation.notifications());
    this.pages = pages;
    this.clock = clock;
    installation
        .notifications()
        .channels()
        .forEach((name, settings) -> channels.put(name, channel(settings, secrets, clock)));
  }

  private static Channel channel(
      Notifications.Channel settings, Function<SecretRef, String> secrets, InstantSource clock) {
    return switch (settings) {
      case Notifications.Ntfy ntfy -> new NtfyChannel(ntfy, secrets);
      case Notifications.Webhook webhook -> new WebhookChannel(webhook, secrets, clock);
      case Notifications.Email email -> new MailChannel(email, secrets);
    };
  }

  /**
   * What became of one channel.
   *
   * @param failure what came back; empty if it was told
   */
  public record Delivery(String channel, String where, Optional<ResurgeException> failure) {
    /** Whether there is nothing left to try. */
    public boolean settled() {
      return failure.map(f -> f.type().permanent()).orElse(true);
    }
  }

  /**
   * Tells everybody whom the routes name, and whom the notice names.
   *
   * @param done channels that need not be told again
   */
  public List<Delivery> tell(Notice notice, List<String> done) {
    var messages = new LinkedHashMap<String, Message>();
    for (var name : routes.channels(notice)) {
      if (!done.contains(name)) {
        var link = pages.page(notice, routes.owner(name));
        messages.put(name, Message.of(notice, installation, link));
      }
    }
    return deliver(messages);
  }

  /** Those whom the notice names and whom nothing reaches. */
  public List<String> unreachable(Notice notice) {
    return routes.unreachable(notice);
  }

  /** The channels there are. */
  public List<String> channels() {
    return List.copyOf(channels.keySet());
  }

  /** Sends each of those channels a message that only says that it works. */
  public List<Delivery> test(List<String> names) {
    var now = clock.instant();
    var notice =
        new Notice(
            Notice.Event.DONE,
            Severity.LOW,
            "test",
            Procedure.VERIFY,
            Optional.empty(),
            "Test of Resurge's notifications",
            List.of("Nothing has happened: somebody ran ./resurge notify test."),
            Optional.empty(),
            List.of(),
            List.of(),
            now);
    var messages = new LinkedHashMap<String, Message>();
    names.forEach(name -> messages.put(name, Message.of(notice, installation, Optional.empty())));
    return deliver(messages);
  }

  private List<Delivery> deliver(Map<String, Message> messages) {
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var names = List.copyOf(messages.keySet());
      var tasks = new ArrayList<Callable<Boolean>>();
      names.forEach(name ->
          tasks.add(() -> {
            channels.get(name).send(messages.get(name));
            return true;
          }));
      var results = executor.invokeAll(tasks, WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      var deliveries = new ArrayList<Delivery>();
      for (int i = 0; i < names.size(); i++) {
        var where = channels.get(names.get(i)).describe();
        deliveries.add(new Delivery(names.get(i), where, failure(where, results.get(i))));
      }
      return deliveries;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while telling people");
    } finally {
      executor.shutdownNow(); // what hangs is not waited for
    }
  }

  private static Optional<ResurgeException> failure(String where, Future<Boolean> result)
      throws InterruptedException {
    try {
      result.get();
      return Optional.empty();
    } catch (CancellationException e) {
      return Optional.of(
          new ResurgeException(
              ErrorType.NOTICE_UNDELIVERED,
              "telling " + where + ": not done within " + WITHIN.toSeconds() + " s"));
    } catch (ExecutionException e) {
      return Optional.of(
          e.getCause() instanceof ResurgeException ours
              ? ours
              : new ResurgeException(
                  ErrorType.NOTICE_UNDELIVERED,
                  "telling " + where + ": " + e.getCause().getClass().getSimpleName(),
                  e));
    }
  }
}
