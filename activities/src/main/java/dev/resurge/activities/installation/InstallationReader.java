package dev.resurge.activities.installation;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.runbook.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Turns the values that were given into an {@link Installation}, defaults filling the rest. */
final class InstallationReader {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
  private static final Pattern PUBLIC_URL =
      Pattern.compile(
          "https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int HIGHEST_PORT = 65_535;
  private static final Duration SHORTEST_WATCH = Duration.ofSeconds(1);
  private static final Duration LONGEST_WATCH = Duration.ofDays(1);

  /** What is used where nothing is given. */
  record Defaults(Supplier<String> installation, Path runbooks, Path state) {}

  private final Map<Setting, SettingValue> values;
  private final List<String> errors;
  private final Defaults defaults;

  InstallationReader(Map<Setting, SettingValue> values, List<String> errors, Defaults defaults) {
    this.values = values;
    this.errors = errors;
    this.defaults = defaults;
  }

  /** Bad values are added to the errors and replaced by defaults. */
  Installation read(Optional<Path> file, Notifications notifications) {
    var state = path(Setting.STATE, defaults.state());
    var keys = state.resolve("keys");
    return new Installation(
        name(Setting.INSTALLATION).orElseGet(defaults.installation()),
        new Installation.Temporal(
            address(),
            text(Setting.TEMPORAL_NAMESPACE, "default"),
            taskQueue(),
            tls(),
            secret(Setting.TEMPORAL_API_KEY),
            secret(Setting.TEMPORAL_CODEC_KEY)),
        path(Setting.RUNBOOKS, defaults.runbooks()),
        state,
        new Installation.Keys(
            path(Setting.KEYS_SIGNING, keys.resolve(KeyMaker.SIGNING)),
            paths(Setting.KEYS_IDENTITIES)
                .orElseGet(() -> List.of(keys.resolve(KeyMaker.IDENTITY))),
            paths(Setting.KEYS_TRUST).orElseGet(() -> keysIn(keys.resolve(KeyMaker.TRUST)))),
        people(keys.resolve(KeyMaker.PEOPLE)),
        new Installation.Worker(
            text(Setting.WORKER_HOST, "127.0.0.1"),
            port(),
            watchEvery(),
            publicUrl(),
            login(),
            console(),
            backupsAtOnce()),
        notifications,
        file);
  }

  private String taskQueue() {
    return text(Setting.TEMPORAL_TASK_QUEUE, "resurge");
  }

  private String address() {
    var address = text(Setting.TEMPORAL_ADDRESS, "127.0.0.1:7233");
    var match = ADDRESS.matcher(address);
    if (!match.matches() || Integer.parseInt(match.group(1)) > HIGHEST_PORT) {
      bad(Setting.TEMPORAL_ADDRESS, address, "write host:port, such as 127.0.0.1:7233");
    }
    return address;
  }

  /** Asked for, or needed by what else was given. */
  private Optional<Installation.Tls> tls() {
    var tls =
        new Installation.Tls(
            path(Setting.TEMPORAL_TLS_CERTIFICATE),
            path(Setting.TEMPORAL_TLS_KEY),
            path(Setting.TEMPORAL_TLS_AUTHORITY),
            Optional.ofNullable(values.get(Setting.TEMPORAL_TLS_SERVER_NAME))
                .map(SettingValue::text));
    if (tls.certificate().isPresent() != tls.key().isPresent()) {
      var given =
          tls.key().isPresent() ? Setting.TEMPORAL_TLS_KEY : Setting.TEMPORAL_TLS_CERTIFICATE;
      errors.add(
          values.get(given).where()
              + ": temporal.tls.certPath and temporal.tls.keyPath belong together; one is missing");
    }
    var needed =
        tls.certificate().isPresent()
            || tls.authority().isPresent()
            || tls.serverName().isPresent()
            || values.containsKey(Setting.TEMPORAL_API_KEY);
    var asked = text(Setting.TEMPORAL_TLS, Boolean.toString(needed));
    if (!asked.equals("true") && !asked.equals("false")) {
      bad(Setting.TEMPORAL_TLS, asked, "write true or false");
    }
    return asked.equals("true") ? Optional.of(tls) : Optional.empty();
  }

  private Optional<SecretRef> secret(Setting setting) {
    return Optional.ofNullable(values.get(setting))
        .map(given ->
            new SecretRef(
                Optional.ofNullable(given.entries().get("env")),
                Optional.ofNullable(given.entries().get("file"))
                    .map(file -> given.resolve(file).toString())));
  }

  private int port() {
    var text = text(Setting.WORKER_PORT, "8642");
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > HIGHEST_PORT) {
      bad(Setting.WORKER_PORT, text, "write a port from 0 (any free one) to 65535");
      return 0;
    }
    return Integer.parseInt(text);
  }

  private Duration watchEvery() {
    var usual = Installation.Worker.WATCH_EVERY;
    var text = text(Setting.WORKER_WATCH_EVERY, Durations.format(usual));
    try {
      var every = Durations.parse(text);
      if (every.compareTo(SHORTEST_WATCH) >= 0 && every.compareTo(LONGEST_WATCH) <= 0) {
        return every;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // said below, as for a duration that is out of bounds
    }
    bad(Setting.WORKER_WATCH_EVERY, text, "write a time from 1s to 1d, such as 1m");
    return usual;
  }

  private int backupsAtOnce() {
    var usual = Installation.Worker.BACKUPS_AT_ONCE;
    var text = text(Setting.WORKER_BACKUPS_AT_ONCE, Integer.toString(usual));
    if (!text.matches("[1-9]\\d{0,2}")) {
      bad(Setting.WORKER_BACKUPS_AT_ONCE, text, "write a number from 1 to 999");
      return usual;
    }
    return Integer.parseInt(text);
  }

  private Optional<URI> publicUrl() {
    return Optional.ofNullable(values.get(Setting.WORKER_PUBLIC_URL))
        .map(SettingValue::text)
        .map(text -> text.replaceFirst("/+$", ""))
        .flatMap(text -> {
          if (PUBLIC_URL.matcher(text).matches()) {
            return Optional.of(URI.create(text));
          }
          bad(
              Setting.WORKER_PUBLIC_URL,
              text,
              "write how people reach the worker's pages, such as https://resurge.example.org");
          return Optional.empty();
        });
  }

  /**
   * A header without proxies would be believed from nobody, proxies without a header say nothing.
   */
  private Optional<Installation.Login> login() {
    var header = Optional.ofNullable(values.get(Setting.WORKER_LOGIN_HEADER));
    var proxies = Optional.ofNullable(values.get(Setting.WORKER_LOGIN_PROXIES));
    if (header.isPresent() != proxies.isPresent()) {
      errors.add(
          header.or(() -> proxies).orElseThrow().where()
              + ": worker.login.header and worker.login.proxies belong together; one is missing");
      return Optional.empty();
    }
    if (header.isPresent() && !values.containsKey(Setting.WORKER_PUBLIC_URL)) {
      errors.add(
          header.get().where()
              + ": worker.login needs worker.publicUrl: it tells what other sites send from ours");
    }
    return header
        .map(SettingValue::text)
        .map(name -> {
          if (!HEADER.matcher(name).matches()) {
            bad(
                Setting.WORKER_LOGIN_HEADER,
                name,
                "write a header's name, such as X-Forwarded-User");
          }
          return new Installation.Login(name, ranges(proxies.orElseThrow()));
        });
  }

  /** Where nobody can log in, a console for who is logged in would be one for nobody. */
  private Installation.Console console() {
    var text = text(Setting.WORKER_CONSOLE, Installation.Console.EVERYONE.id());
    var console =
        Arrays.stream(Installation.Console.values())
            .filter(choice -> choice.id().equals(text))
            .findFirst();
    if (console.isEmpty()) {
      bad(Setting.WORKER_CONSOLE, text, "write everyone, login or off");
    }
    if (console.equals(Optional.of(Installation.Console.LOGIN))
        && !values.containsKey(Setting.WORKER_LOGIN_HEADER)) {
      bad(Setting.WORKER_CONSOLE, text, "that needs worker.login: without it nobody can log in");
    }
    return console.orElse(Installation.Console.OFF);
  }

  private List<AddressRange> ranges(SettingValue proxies) {
    var ranges = new ArrayList<AddressRange>();
    for (var text : proxies.entries().values()) {
      try {
        ranges.add(AddressRange.parse(text));
      } catch (IllegalArgumentException e) {
        bad(Setting.WORKER_LOGIN_PROXIES, text, "write addresses such as 10.0.0.5 or 10.1.0.0/16");
      }
    }
    return ranges;
  }

  private Optional<String> name(Setting setting) {
    var name = Optional.ofNullable(values.get(setting)).map(SettingValue::text);
    name.filter(n -> !PersonName.is(n))
        .ifPresent(n -> bad(setting, n, "write letters, digits, dots, dashes, at most 63"));
    return name;
  }

  private Map<String, Path> people(Path folder) {
    var given = values.get(Setting.PEOPLE);
    var people = new LinkedHashMap<String, Path>();
    if (given == null) {
      for (var key : keysIn(folder)) {
        people.put(key.getFileName().toString().replaceFirst("\\.pem$", ""), key);
      }
      return people;
    }
    given
        .entries()
        .forEach((name, key) -> {
          if (!PersonName.is(name)) {
            bad(Setting.PEOPLE, name, "a name has letters, digits, dots, dashes, at most 63");
          }
          people.put(name, given.resolve(key));
        });
    return people;
  }

  /** Public keys that were dropped into a folder; a folder that is not there holds none. */
  private List<Path> keysIn(Path folder) {
    var keys = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(folder, "*.pem")) {
      files.forEach(keys::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      errors.add(folder + ": cannot be listed: " + e);
    }
    keys.sort(null);
    return keys;
  }

  private String text(Setting setting, String fallback) {
    var value = values.get(setting);
    return value == null ? fallback : value.text();
  }

  private Path path(Setting setting, Path fallback) {
    return path(setting).orElse(fallback);
  }

  private Optional<Path> path(Setting setting) {
    return Optional.ofNullable(values.get(setting)).map(SettingValue::path);
  }

  private Optional<List<Path>> paths(Setting setting) {
    return Optional.ofNullable(values.get(setting)).map(SettingValue::paths);
  }

  private void bad(Setting setting, String value, String instead) {
    errors.add(
        values.get(setting).where() + ": " + setting.path() + " is '" + value + "'; " + instead);
  }
}
