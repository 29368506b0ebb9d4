package dev.resurge.activities.installation;

import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom this installation tells of its runs, and how; {@code docs/notifications.md} explains it.
 *
 * @param channels by name, in the file's order
 * @param people the channels that reach a person
 * @param routes who is told what; empty means that all channels are told all but {@code started}
 */
public record Notifications(
    Map<String, Channel> channels, Map<String, List<String>> people, List<Route> routes) {
  /** Nobody is told anything. */
  public static final Notifications NONE = new Notifications(Map.of(), Map.of(), List.of());

  public Notifications {
    channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
    people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
    routes = List.copyOf(routes);
  }

  /** Whether anybody could be told anything. */
  public boolean any() {
    return !channels.isEmpty();
  }

  /** A way to people. */
  public sealed interface Channel {
    /** Who signed the server's certificate, PEM; empty: whom the JDK trusts. */
    Optional<Path> authority();
  }

  /**
   * A topic of an ntfy server.
   *
   * @param token what the server knows this sender by
   */
  public record Ntfy(URI server, String topic, Optional<SecretRef> token, Optional<Path> authority)
      implements Channel {}

  /**
   * A POST of JSON.
   *
   * @param signingKey signs time and body, so that the receiver can know the sender
   * @param token sent as a bearer token
   * @param template a file that makes the body; empty: the notice as JSON
   */
  public record Webhook(
      Text url,
      Optional<SecretRef> signingKey,
      Optional<SecretRef> token,
      Optional<Path> template,
      Optional<Path> authority)
      implements Channel {}

  /**
   * Mail through an SMTP server.
   *
   * @param user with its {@code password}, or neither
   */
  public record Email(
      String host,
      int port,
      Security security,
      Optional<Text> user,
      Optional<SecretRef> password,
      String from,
      List<String> to,
      Optional<Path> authority)
      implements Channel {
    public Email {
      to = List.copyOf(to);
    }
  }

  /** How a connection to an SMTP server is kept private. */
  public enum Security {
    /** Begins in clear and must change to TLS before anything is said. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS,
    /** In clear; only to a server of this machine. */
    NONE
  }

  /** A value that may be secret. */
  public sealed interface Text {
    /** Written in the file. */
    record Clear(String value) implements Text {}

    /** Read when it is needed. */
    record Secret(SecretRef where) implements Text {}
  }

  /**
   * Who is told what; an empty list means any.
   *
   * @param to channels and people, by name
   */
  public record Route(
      List<Notice.Event> events, List<Severity> severities, List<String> systems, List<String> to) {
    public Route {
      events = List.copyOf(events);
      severities = List.copyOf(severities);
      systems = List.copyOf(systems);
      to = List.copyOf(to);
    }

    /** Whether the notice is one of those. */
    public boolean matches(Notice notice) {
      return (events.isEmpty() || events.contains(notice.event()))
          && (severities.isEmpty() || severities.contains(notice.severity()))
          && (systems.isEmpty() || systems.contains(notice.system()));
    }
  }
}
