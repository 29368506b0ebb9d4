package dev.resurge.worker.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.activities.notice.HttpReceiver;
import dev.resurge.activities.testing.FreePort;
import dev.resurge.worker.world.CommandLine;
import dev.resurge.worker.world.CommandLines;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.TestTemporal;
import dev.resurge.worker.world.Trees;
import dev.resurge.worker.world.Visitor;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Verdict;
import io.grpc.StatusRuntimeException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every secret of an installation is a known value; procedures run and fail; then all that they
 * leave behind is searched for it: what Temporal keeps, logs, metrics, pages, notices, evidence,
 * journals, manifests, the state folder, and the arguments of all processes.
 */
@Timeout(300)
class SecretsE2E {
  private final List<Planted> planted = new ArrayList<>();
  private final Traces traces = new Traces();
  private final HttpReceiver phone = new HttpReceiver();
  private final HttpReceiver chat = new HttpReceiver();
  private final HttpReceiver ntfy = new HttpReceiver();
  private final int port = FreePort.next();
  private World world;
  private CommandLines arguments;

  @BeforeEach
  void aSystemFullOfSecrets() {
    assertThat(TestTemporal.program())
        .as("the lab's Temporal: ./resurge test --lab temporal")
        .isPresent();
    world =
        World.start(
            Setting.STANDARD
                .withItsOwnTemporal()
                .withItsOwnServer()
                .withWorkerApart()
                .with(Oddities.HURRIED));
    arguments = new CommandLines();
    newPasswords();
    configure();
    keys();
    data();
    world.changeWorker(true, Oddities.HURRIED);
    world.await("the worker's pages", this::workerAnswers);
  }

  private boolean workerAnswers() {
    try {
      return new Visitor(port, Visitor.ELSEWHERE).get("/health").statusCode() == 200
          && world.runs().find("").isEmpty();
    } catch (UncheckedIOException | StatusRuntimeException e) {
      return false;
    }
  }

  @AfterEach
  void close() {
    arguments.close();
    world.close();
    List.of(phone, chat, ntfy).forEach(HttpReceiver::close);
  }

  @Test
  void noneComesOutAnywhere() {
    world.runbook(standard ->
        standard
            .with("retention", "keep: {last: 1}")
            .check("tells-its-password", List.of("cat", root("admin-password").toString())));
    world.backup();
    world.damage();
    var link = approvedByLink();
    aHookThatTellsAllItCanRead();
    aPasswordThatIsWrongMidway();
    world.expect(Verdict.PASS, world.runs().drill());
    world.backup();
    world.expect(Verdict.PASS, world.runs().prune(false));

    collect();

    for (var secret : planted) {
      assertThat(traces.of(secret)).isEmpty();
    }
    assertThat(traces.of(link)).allMatch(place -> place.startsWith("a link's token in phone"));
    everyFormWouldHaveBeenFound();
  }

  /** The search sees what it is to see, or it would prove nothing. */
  private void everyFormWouldHaveBeenFound() {
    for (var place : List.of("Temporal", "store", "worker.log", "metrics", "arguments")) {
      assertThat(traces.size(place)).as(place).isGreaterThan(1000);
    }
    for (var channel : List.of("phone", "chat", "ntfy", "page", "command line", "state")) {
      assertThat(traces.size(channel)).as(channel).isPositive();
    }
    for (var secret : planted) {
      for (var form : secret.forms()) {
        var with = new Traces();
        with.add("a text", "something before it" + form + "and after");
        assertThat(with.of(secret)).as("%s as %s", secret.what(), form).isNotEmpty();
      }
    }
  }

  private Planted plant(Planted secret) {
    planted.add(secret);
    return secret;
  }

  private Path root(String name) {
    return world.configuration().resolveSibling(name);
  }

  private Path secretFile(Planted secret, String name) {
    return Trees.write(root("secrets").resolve(name), plant(secret).value());
  }

  private void newPasswords() {
    var admin = plant(Planted.secret("the admin's password"));
    var application = plant(Planted.secret("the application's password"));
    world
        .cluster()
        .execute(
            "postgres",
            "ALTER ROLE resurge_admin PASSWORD '" + admin.value() + "'",
            "ALTER ROLE library PASSWORD '" + application.value() + "'");
    Trees.write(root("admin-password"), admin.value());
    Trees.write(root("application-password"), application.value());
    var settings = root("application").resolve("library.properties");
    Trees.write(
        settings,
        Trees.text(settings)
            .replaceFirst("password=[^&]*", "password=" + application.forms().get(1)));
  }

  private void configure() {
    var apiKey = secretFile(Planted.secret("Temporal's API key"), "api.key");
    var hook = plant(Planted.token("the webhook's address"));
    var gone = plant(Planted.token("the dead webhook's address"));
    var signing = secretFile(Planted.secret("the webhook's signing key"), "signing.key");
    var ntfyToken = secretFile(Planted.token("ntfy's token"), "ntfy.token");
    var mail = secretFile(Planted.secret("the mail password"), "mail.password");
    var address = Trees.write(root("secrets").resolve("chat.url"), chat.uri() + "/" + hook.value());
    var dead =
        Trees.write(
            root("secrets").resolve("gone.url"),
            "http://localhost:" + FreePort.next() + "/" + gone.value());
    var configuration = Trees.text(world.configuration());
    Trees.write(
        world.configuration(),
        configuration
                .replaceFirst(
                    "taskQueue: ([^}]*)}",
                    "taskQueue: $1, apiKey: {file: " + apiKey + "}, tls: {enabled: false}}")
                .replace("port: 0", "port: " + port)
            + """
            notifications:
              channels:
                phone: {type: webhook, url: '%s'}
                chat: {type: webhook, url: {file: %s}, signingKey: {file: %s}}
                gone: {type: webhook, url: {file: %s}}
                ntfy: {type: ntfy, server: '%s', topic: alerts, token: {file: %s}}
                mail:
                  type: email
                  host: localhost
                  port: %d
                  user: resurge
                  password: {file: %s}
                  from: resurge@example.org
                  to: [alice@example.org]
              people: {alice: [phone]}
              routes:
                - {to: [chat, ntfy]}
                - {events: [waiting], to: [alice]}
                - {events: [objectiveMissed], to: [gone, mail]}
            """
                .formatted(
                    phone.uri(),
                    address,
                    signing,
                    dead,
                    ntfy.uri(),
                    ntfyToken,
                    FreePort.next(),
                    mail));
  }

  private void keys() {
    var keys = world.installation().keys();
    plant(new Planted("the signing key", longestLine(keys.signing())));
    plant(new Planted("the age identity", longestLine(keys.identities().getFirst())));
    plant(new Planted("bob's key", longestLine(world.bobsKey())));
  }

  private static String longestLine(Path key) {
    return Trees.text(key)
        .lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("-----"))
        .max(java.util.Comparator.comparingInt(String::length))
        .orElseThrow();
  }

  private void data() {
    world.library().add(plant(Planted.token("a row of the data")).value());
    Trees.write(
        world.liveFiles().resolve("diary.txt"), plant(Planted.token("a file's text")).value());
  }

  /** Returns the token of the link that alice got. */
  private Planted approvedByLink() {
    var restore = world.runs().restore();
    world.await("a link", () -> link().isPresent());
    var path = link().orElseThrow();
    var visitor = new Visitor(port, Visitor.ELSEWHERE);
    var token = path.substring(path.lastIndexOf('/') + 1);
    traces.add("page of the link", visitor.get(path).body().replace(token, ""));
    restore.awaitWaiting("wait for approval");
    world.await("the answer to be taken", () -> isTaken(visitor, path));
    world.expect(Verdict.PASS, restore);
    return new Planted("a link's token", token);
  }

  /** A busy machine may not answer in time; then it is asked again, and may have been taken. */
  private static boolean isTaken(Visitor visitor, String path) {
    var answer = visitor.post(path, Map.of("answer", "approve", "comment", ""));
    return List.of(303, 410).contains(answer.statusCode());
  }

  private Optional<String> link() {
    return phone.requests().stream()
        .map(request -> field(request.body(), "link"))
        .filter(link -> link.contains("/answer/"))
        .map(link -> URI.create(link).getPath())
        .findFirst();
  }

  private static String field(String json, String name) {
    try {
      return Json.mapper().readTree(json).path(name).asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  /** What people write in anger: it fails, and prints on both streams whatever it gets hold of. */
  private void aHookThatTellsAllItCanRead() {
    var keys = world.installation().keys();
    var telling =
        "cd %s; env; cat admin-password >&2; base64 -w0 admin-password; cat %s %s; cat %s >&2;"
            .formatted(root(""), keys.signing(), keys.identities().getFirst(), world.bobsKey());
    var more = "cat secrets/api.key secrets/ntfy.token secrets/signing.key >&2; exit 7";
    world.runbook(standard ->
        standard.hook("beforeCutOver", "tells-all", List.of("sh", "-c", telling + more)));
    var restore = world.runs().restore();
    restore.approve();
    restore.decide("abort");
    world.expect(Verdict.ABORTED, restore);
    world.runbook(standard -> standard.with("retention", "keep: {last: 1}"));
  }

  private void aPasswordThatIsWrongMidway() {
    var right = Trees.text(root("admin-password"));
    var restore = world.runs().restore();
    restore.awaitWaiting("wait for approval");
    Trees.write(root("admin-password"), plant(Planted.secret("a wrong password")).value());
    restore.approve();
    restore.question();
    Trees.write(root("admin-password"), right);
    restore.decide("abort");
    world.expect(Verdict.ABORTED, restore);
  }

  private void collect() {
    world.runs().recorded().forEach((id, text) -> traces.add("Temporal: " + id, text));
    collect("phone", phone);
    collect("chat", chat);
    collect("ntfy", ntfy);
    var visitor = new Visitor(port, Visitor.ELSEWHERE);
    traces.add("metrics", visitor.get("/metrics").body());
    for (var page : List.of("/", "/health", "/runs/" + world.system() + "/restore")) {
      traces.add("page " + page, visitor.get(page).body());
    }
    var evidence = world.archive().evidences().getFirst();
    for (var command :
        List.of(
            List.of("list", "runs"),
            List.of("status"),
            List.of("report", evidence.run().toString()))) {
      var ended = new CommandLine(world).run(command.toArray(String[]::new));
      traces.add("command line " + command, ended.stdout() + ended.stderr());
    }
    Trees.files(root("")).filter(this::mayHoldNoSecret).forEach(this::collect);
    traces.add("arguments", arguments.text());
  }

  /** Their own places, and the protected data. */
  private boolean mayHoldNoSecret(Path file) {
    var name = root("").relativize(file).toString();
    return !name.startsWith("secrets/")
        && !name.startsWith("data/")
        && !name.startsWith("state/keys/")
        && !name.endsWith("-password")
        && !name.endsWith("library.properties");
  }

  private void collect(Path file) {
    traces.add(root("").relativize(file).toString(), Trees.text(file));
  }

  private void collect(String channel, HttpReceiver receiver) {
    for (var request : receiver.requests()) {
      request
          .headers()
          .forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Authorization")) {
              traces.add(channel + ": header " + name, values.toString());
            }
          });
      traces.add(channel, request.body());
    }
  }
}
