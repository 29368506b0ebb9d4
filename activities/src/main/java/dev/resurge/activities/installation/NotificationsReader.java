package dev.resurge.activities.installation;

import dev.resurge.activities.installation.Notifications.Security;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.SecretScan;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads {@code notifications:} and says everything that is wrong with it. */
final class NotificationsReader {
  /** Where it stands in the file. */
  static final String SECTION = "notifications";

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");
  private static final String TYPES = "write ntfy, webhook or email";
  private static final int HIGHEST_PORT = 65_535;

  private final YamlSection section;

  NotificationsReader(YamlSection section) {
    this.section = section.knowing("channels", "people", "routes");
  }

  Notifications read() {
    var channels = channels(section.section("channels"));
    var people = people(section.section("people"), channels);
    return new Notifications(channels, people, routes(channels, people));
  }

  private static Map<String, Notifications.Channel> channels(YamlSection all) {
    var channels = new LinkedHashMap<String, Notifications.Channel>();
    for (var name : all.keys()) {
      requireName(all, name);
      channel(all.section(name)).ifPresent(channel -> channels.put(name, channel));
    }
    return channels;
  }

  private static Optional<Notifications.Channel> channel(YamlSection given) {
    return switch (given.text("type").orElse("")) {
      case "ntfy" -> Optional.of(ntfy(given));
      case "webhook" -> Optional.of(webhook(given));
      case "email" -> Optional.of(email(given));
      case "" -> {
        given.bad("type", "is missing; " + TYPES);
        yield Optional.empty();
      }
      default -> {
        given.bad("type", "is none of ours; " + TYPES);
        yield Optional.empty();
      }
    };
  }

  private static Notifications.Ntfy ntfy(YamlSection given) {
    given.knowing("type", "server", "topic", "token", "caPath");
    var topic = given.needed("topic");
    if (!topic.isEmpty() && !TOPIC.matcher(topic).matches()) {
      given.bad("topic", "has letters, digits, _ and -, at most 64");
    }
    return new Notifications.Ntfy(
        given
            .text("server")
            .map(url -> address(given, "server", url))
            .orElse(URI.create("https://ntfy.sh")),
        topic,
        given.secret("token"),
        given.file("caPath"));
  }

  private static Notifications.Webhook webhook(YamlSection given) {
    given.knowing("type", "url", "signingKey", "token", "template", "caPath");
    if (!given.has("url")) {
      given.needed("url");
    }
    var url = given.textOrSecret("url").orElse(new Notifications.Text.Clear(""));
    if (url instanceof Notifications.Text.Clear(String clear) && !clear.isEmpty()) {
      address(given, "url", clear);
    }
    return new Notifications.Webhook(
        url,
        given.secret("signingKey"),
        given.secret("token"),
        given.file("template"),
        given.file("caPath"));
  }

  private static Notifications.Email email(YamlSection given) {
    given.knowing("type", "host", "port", "security", "user", "password", "from", "to", "caPath");
    var host = given.needed("host");
    var security = security(given);
    if (security == Security.NONE && !THIS_MACHINE.contains(host)) {
      given.bad("security", "is none, and mail to " + host + " would go over the network in clear");
    }
    if (given.has("user") != given.has("password")) {
      given.bad(
          given.has("user") ? "user" : "password",
          "is given alone; user and password belong together");
    }
    var to = given.texts("to");
    if (to.isEmpty()) {
      given.bad("to", "names nobody; write a list of addresses");
    }
    return new Notifications.Email(
        host,
        port(given, security),
        security,
        given.textOrSecret("user"),
        given.secret("password"),
        mailbox(given, "from", given.needed("from")),
        to.stream().map(address -> mailbox(given, "to", address)).toList(),
        given.file("caPath"));
  }

  private static String mailbox(YamlSection given, String key, String address) {
    if (!address.isEmpty() && !address.matches("[^\\s@<>,;]+@[^\\s@<>,;]+")) {
      given.bad(key, "is no address such as ops@example.org");
    }
    return address;
  }

  private static Security security(YamlSection given) {
    return switch (given.text("security").orElse("starttls")) {
      case "starttls" -> Security.STARTTLS;
      case "tls" -> Security.TLS;
      case "none" -> Security.NONE;
      default -> {
        given.bad("security", "is none of ours; write starttls, tls or none");
        yield Security.STARTTLS;
      }
    };
  }

  private static int port(YamlSection given, Security security) {
    var usual =
        switch (security) {
          case STARTTLS -> "587";
          case TLS -> "465";
          case NONE -> "25";
        };
    var text = given.text("port").orElse(usual);
    if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > HIGHEST_PORT) {
      given.bad("port", "is '" + text + "'; write a port from 1 to 65535");
      return 1;
    }
    return Integer.parseInt(text);
  }

  private static URI address(YamlSection given, String key, String text) {
    var nowhere = URI.create("http://invalid");
    if (SecretScan.masked(text).equals(text)) {
      try {
        var address = new URI(text);
        if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
            && address.getHost() != null) {
          return address;
        }
      } catch (URISyntaxException e) {
        given.bad(key, "is no address: " + e.getReason());
        return nowhere;
      }
      given.bad(key, "is no address; write https://host/path");
    } else {
      given.bad(key, "holds a secret; write {env: NAME} or {file: PATH}");
    }
    return nowhere;
  }

  private static Map<String, List<String>> people(
      YamlSection all, Map<String, Notifications.Channel> channels) {
    var people = new LinkedHashMap<String, List<String>>();
    for (var name : all.keys()) {
      requireName(all, name);
      if (channels.containsKey(name)) {
        all.bad(name, "is the name of a channel, too; routes could mean either");
      }
      var by = all.texts(name);
      requireKnown(all, name, by, channels.keySet(), "channel");
      people.put(name, by);
    }
    return people;
  }

  private List<Notifications.Route> routes(
      Map<String, Notifications.Channel> channels, Map<String, List<String>> people) {
    var known = new ArrayList<>(channels.keySet());
    known.addAll(people.keySet());
    var routes = new ArrayList<Notifications.Route>();
    for (var given : section.list("routes")) {
      given.knowing("events", "severities", "systems", "to");
      var to = given.texts("to");
      if (to.isEmpty()) {
        given.bad("to", "names nobody; write channels or people");
      }
      requireKnown(given, "to", to, known, "channel or person");
      routes.add(
          new Notifications.Route(
              words(given, "events", Notice.Event.values(), Notice.Event::id),
              words(given, "severities", Severity.values(), Severity::id),
              given.texts("systems"),
              to));
    }
    return routes;
  }

  private static <T> List<T> words(
      YamlSection given, String key, T[] all, Function<T, String> word) {
    var known = Arrays.stream(all).map(word).toList();
    var texts = given.texts(key);
    requireKnown(given, key, texts, known, "word");
    return Arrays.stream(all).filter(one -> texts.contains(word.apply(one))).toList();
  }

  private static void requireKnown(
      YamlSection given, String key, List<String> texts, Iterable<String> known, String what) {
    var names = new LinkedHashSet<String>();
    known.forEach(names::add);
    for (var text : texts) {
      if (!names.contains(text)) {
        given.bad(
            key,
            "names '"
                + text
                + "', which is no "
                + what
                + "; there are "
                + String.join(", ", names));
      }
    }
  }

  private static void requireName(YamlSection section, String name) {
    if (!PersonName.is(name)) {
      section.bad(name, "is no name: letters, digits, dots, dashes, at most 63");
    }
  }
}
