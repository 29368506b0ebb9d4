package dev.resurge.activities.installation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Every setting there is: its path in the file and the variables that override it, first wins. */
enum Setting {
  INSTALLATION("installation", Shape.TEXT, "RESURGE_INSTALLATION"),
  TEMPORAL_ADDRESS("temporal.address", Shape.TEXT, "RESURGE_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"),
  TEMPORAL_TLS("temporal.tls.enabled", Shape.TEXT, "TEMPORAL_TLS"),
  TEMPORAL_TLS_CERTIFICATE("temporal.tls.certPath", Shape.TEXT, "TEMPORAL_TLS_CLIENT_CERT_PATH"),
  TEMPORAL_TLS_KEY("temporal.tls.keyPath", Shape.TEXT, "TEMPORAL_TLS_CLIENT_KEY_PATH"),
  TEMPORAL_TLS_AUTHORITY("temporal.tls.caPath", Shape.TEXT, "TEMPORAL_TLS_SERVER_CA_CERT_PATH"),
  TEMPORAL_TLS_SERVER_NAME("temporal.tls.serverName", Shape.TEXT, "TEMPORAL_TLS_SERVER_NAME"),
  TEMPORAL_API_KEY("temporal.apiKey", Shape.SECRET, "TEMPORAL_API_KEY"),
  TEMPORAL_CODEC_KEY("temporal.codecKey", Shape.SECRET, "RESURGE_TEMPORAL_CODEC_KEY"),
  TEMPORAL_NAMESPACE(
      "temporal.namespace", Shape.TEXT, "RESURGE_TEMPORAL_NAMESPACE", "TEMPORAL_NAMESPACE"),
  TEMPORAL_TASK_QUEUE("temporal.taskQueue", Shape.TEXT, "RESURGE_TEMPORAL_TASK_QUEUE"),
  RUNBOOKS("runbooks", Shape.TEXT, "RESURGE_RUNBOOKS"),
  STATE("state", Shape.TEXT, "RESURGE_STATE"),
  KEYS_SIGNING("keys.signing", Shape.TEXT, "RESURGE_KEYS_SIGNING"),
  KEYS_IDENTITIES("keys.identities", Shape.LIST, "RESURGE_KEYS_IDENTITIES"),
  KEYS_TRUST("keys.trust", Shape.LIST, "RESURGE_KEYS_TRUST"),
  PEOPLE("people", Shape.MAP, "RESURGE_PEOPLE"),
  WORKER_HOST("worker.host", Shape.TEXT, "RESURGE_WORKER_HOST"),
  WORKER_PORT("worker.port", Shape.TEXT, "RESURGE_WORKER_PORT"),
  WORKER_WATCH_EVERY("worker.watchEvery", Shape.TEXT, "RESURGE_WORKER_WATCH_EVERY"),
  WORKER_BACKUPS_AT_ONCE("worker.backupsAtOnce", Shape.TEXT, "RESURGE_WORKER_BACKUPS_AT_ONCE"),
  WORKER_PUBLIC_URL("worker.publicUrl", Shape.TEXT, "RESURGE_WORKER_PUBLIC_URL"),
  WORKER_CONSOLE("worker.console", Shape.TEXT, "RESURGE_WORKER_CONSOLE"),
  WORKER_LOGIN_HEADER("worker.login.header", Shape.TEXT, "RESURGE_WORKER_LOGIN_HEADER"),
  WORKER_LOGIN_PROXIES("worker.login.proxies", Shape.WORDS, "RESURGE_WORKER_LOGIN_PROXIES");

  /** What a value looks like in the file. */
  enum Shape {
    TEXT,
    /** In a variable: separated by colons. */
    LIST,
    /** In a variable: separated by commas, because addresses have colons. */
    WORDS,
    /** In a variable: {@code name=value}, separated by colons. */
    MAP,
    /** {@code {env: NAME}} or {@code {file: PATH}}; a variable holds the secret itself. */
    SECRET
  }

  private final String path;
  private final Shape shape;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> variables;

  Setting(String path, Shape shape, String... variables) {
    this.path = path;
    this.shape = shape;
    this.variables = List.of(variables);
  }

  String path() {
    return path;
  }

  Shape shape() {
    return shape;
  }

  List<String> variables() {
    return variables;
  }

  static Optional<Setting> at(String path) {
    return Arrays.stream(values()).filter(s -> s.path.equals(path)).findFirst();
  }

  /** The keys that may stand below {@code section}, which is empty for the top of the file. */
  static List<String> keysIn(String section) {
    var prefix = section.isEmpty() ? "" : section + ".";
    var keys = new TreeSet<String>();
    for (var setting : values()) {
      if (setting.path.startsWith(prefix)) {
        var rest = setting.path.substring(prefix.length());
        keys.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest);
      }
    }
    return List.copyOf(keys);
  }
}
