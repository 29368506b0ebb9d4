package dev.resurge.activities.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationLoaderTest {
  @TempDir Path root;
  private Path work;
  private Path home;
  private Path etc;

  @BeforeEach
  void folders() throws IOException {
    work = Files.createDirectory(root.resolve("work"));
    home = Files.createDirectory(root.resolve("home"));
    etc = Files.createDirectory(root.resolve("etc"));
  }

  @Test
  void withoutAnyFileThereAreDefaults() {
    var installation = load(Map.of());

    var state = home.resolve(".local/state/resurge");
    assertThat(installation)
        .isEqualTo(
            new Installation(
                "the-host",
                new Installation.Temporal("127.0.0.1:7233", "default", "resurge"),
                work.resolve("runbooks"),
                state,
                new Installation.Keys(
                    state.resolve("keys/signing.pem"),
                    List.of(state.resolve("keys/identity.age")),
                    List.of()),
                Map.of(),
                new Installation.Worker("127.0.0.1", 8642),
                Optional.empty()));
  }

  @Test
  void keysDroppedIntoTheStateFolderAreFound() throws IOException {
    var keys = Files.createDirectories(root.resolve("xdg/resurge/keys"));
    for (var file : List.of("trust/b.pem", "trust/a.pem", "people/alice.pem", "people/alice.key")) {
      Files.createDirectories(keys.resolve(file).getParent());
      Files.writeString(keys.resolve(file), "");
    }

    var installation = load(Map.of("XDG_STATE_HOME", root.resolve("xdg").toString()));

    assertThat(installation.keys().trust())
        .containsExactly(keys.resolve("trust/a.pem"), keys.resolve("trust/b.pem"));
    assertThat(installation.people())
        .containsExactly(Map.entry("alice", keys.resolve("people/alice.pem")));
  }

  @Test
  void everySettingOfTheFileIsReadWithPathsRelativeToTheFile() throws IOException {
    var file =
        write(
            etc,
            """
            installation: host1
            temporal:
              address: temporal.example:7234
              namespace: ops
              taskQueue: dr
            runbooks: books
            state: /var/lib/resurge
            keys:
              signing: keys/sign.pem
              identities: [keys/one.age, /mnt/usb/two.age]
              trust:
                - keys/host2.pem
            people:
              alice: people/alice.pem
            worker:
              host: 0.0.0.0
              port: 9000
            """);

    assertThat(load(Map.of()))
        .isEqualTo(
            new Installation(
                "host1",
                new Installation.Temporal("temporal.example:7234", "ops", "dr"),
                etc.resolve("books"),
                Path.of("/var/lib/resurge"),
                new Installation.Keys(
                    etc.resolve("keys/sign.pem"),
                    List.of(etc.resolve("keys/one.age"), Path.of("/mnt/usb/two.age")),
                    List.of(etc.resolve("keys/host2.pem"))),
                Map.of("alice", etc.resolve("people/alice.pem")),
                new Installation.Worker("0.0.0.0", 9000),
                Optional.of(file)));
  }

  @Test
  void theFirstFileInTheOrderIsTheOne() throws IOException {
    var orders = new ArrayList<Path>();
    orders.add(write(etc, "installation: from-etc\n"));
    orders.add(write(Files.createDirectories(home.resolve(".config/resurge")), "runbooks: a\n"));
    orders.add(write(work, "runbooks: b\n"));
    var named = Files.writeString(work.resolve("named.yaml"), "runbooks: c\n");
    var explicit = Files.writeString(root.resolve("explicit.yaml"), "runbooks: d\n");

    var variable = Map.of("RESURGE_CONFIG", "named.yaml");
    assertThat(loader(variable).load(Optional.of(explicit)).file()).contains(explicit);
    assertThat(load(variable).file()).contains(named);
    for (var next : orders.reversed()) {
      assertThat(load(Map.of()).file()).contains(next);
      Files.delete(next);
    }
    assertThat(load(Map.of()).file()).isEmpty();
  }

  @Test
  void aNamedFileMustBeThere() {
    var byOption = failure(() -> loader(Map.of()).load(Optional.of(Path.of("missing.yaml"))));
    assertThat(byOption)
        .hasMessage(
            "--config names " + work.resolve("missing.yaml") + ", but there is no such file");
    var byVariable = failure(() -> load(Map.of("RESURGE_CONFIG", "/missing.yaml")));
    assertThat(byVariable).hasMessageStartingWith("RESURGE_CONFIG names /missing.yaml");
  }

  @Test
  void everySettingHasAVariableThatComesBeforeTheFile() throws IOException {
    write(etc, "temporal: {address: 'file:1'}\nworker: {port: 1}\npeople: {bob: b.pem}\n");

    var installation =
        load(
            Map.ofEntries(
                Map.entry("RESURGE_INSTALLATION", "v-host"),
                Map.entry("RESURGE_TEMPORAL_ADDRESS", "v:2"),
                Map.entry("RESURGE_TEMPORAL_NAMESPACE", "v-ns"),
                Map.entry("RESURGE_TEMPORAL_TASK_QUEUE", "v-queue"),
                Map.entry("RESURGE_RUNBOOKS", "v-books"),
                Map.entry("RESURGE_STATE", "/v-state"),
                Map.entry("RESURGE_KEYS_SIGNING", "v.pem"),
                Map.entry("RESURGE_KEYS_IDENTITIES", "v1.age:/v2.age"),
                Map.entry("RESURGE_KEYS_TRUST", "v3.pem"),
                Map.entry("RESURGE_PEOPLE", "alice=a.pem:carol=/c.pem"),
                Map.entry("RESURGE_WORKER_HOST", "::"),
                Map.entry("RESURGE_WORKER_PORT", "0")));

    assertThat(installation)
        .isEqualTo(
            new Installation(
                "v-host",
                new Installation.Temporal("v:2", "v-ns", "v-queue"),
                work.resolve("v-books"),
                Path.of("/v-state"),
                new Installation.Keys(
                    work.resolve("v.pem"),
                    List.of(work.resolve("v1.age"), Path.of("/v2.age")),
                    List.of(work.resolve("v3.pem"))),
                Map.of("alice", work.resolve("a.pem"), "carol", Path.of("/c.pem")),
                new Installation.Worker("::", 0),
                Optional.of(etc.resolve("resurge.yaml"))));
  }

  @Test
  void theConsoleIsForEveryoneUnlessItIsSaidOtherwise() {
    var login =
        Map.of(
            "RESURGE_WORKER_CONSOLE", "login",
            "RESURGE_WORKER_PUBLIC_URL", "https://r.example",
            "RESURGE_WORKER_LOGIN_HEADER", "X-User",
            "RESURGE_WORKER_LOGIN_PROXIES", "10.0.0.5");
    assertThat(load(Map.of()).worker().console()).isEqualTo(Installation.Console.EVERYONE);
    assertThat(load(login).worker().console()).isEqualTo(Installation.Console.LOGIN);
    assertThat(load(Map.of("RESURGE_WORKER_CONSOLE", "off")).worker().console())
        .isEqualTo(Installation.Console.OFF);

    assertThat(failure(() -> load(Map.of("RESURGE_WORKER_CONSOLE", "nobody"))))
        .hasMessageContaining("worker.console is 'nobody'; write everyone, login or off");
    assertThat(failure(() -> load(Map.of("RESURGE_WORKER_CONSOLE", "login"))))
        .hasMessageContaining("that needs worker.login");
  }

  @Test
  void temporalsOwnVariablesCountToo() {
    var own = Map.of("TEMPORAL_ADDRESS", "t:7", "TEMPORAL_NAMESPACE", "tn");
    assertThat(load(own).temporal()).isEqualTo(new Installation.Temporal("t:7", "tn", "resurge"));

    var both = Map.of("TEMPORAL_ADDRESS", "t:7", "RESURGE_TEMPORAL_ADDRESS", "r:8");
    assertThat(load(both).temporal().address()).isEqualTo("r:8");
  }

  @Test
  void aTemporalBehindTlsIsReachedAsTheFileSays() throws IOException {
    write(
        etc,
        """
        temporal:
          address: temporal.example:7233
          tls: {certPath: tls/client.pem, keyPath: tls/client.key, caPath: /ca.pem, serverName: t}
          apiKey: {env: THE_KEY}
          codecKey: {file: codec.key}
        """);

    var temporal = load(Map.of()).temporal();

    assertThat(temporal.tls())
        .contains(
            new Installation.Tls(
                Optional.of(etc.resolve("tls/client.pem")),
                Optional.of(etc.resolve("tls/client.key")),
                Optional.of(Path.of("/ca.pem")),
                Optional.of("t")));
    assertThat(temporal.apiKey().orElseThrow().env()).contains("THE_KEY");
    assertThat(temporal.codecKey().orElseThrow().file())
        .contains(etc.resolve("codec.key").toString());
  }

  @Test
  void temporalsVariablesForTlsCountAndAnApiKeyIsReferredTo() {
    var secured =
        load(Map.of("TEMPORAL_TLS_SERVER_CA_CERT_PATH", "/ca.pem", "TEMPORAL_API_KEY", "s3cret"));

    assertThat(secured.temporal().tls().orElseThrow().authority()).contains(Path.of("/ca.pem"));
    assertThat(secured.temporal().apiKey().orElseThrow().env()).contains("TEMPORAL_API_KEY");
    assertThat(secured.toString()).doesNotContain("s3cret");
    assertThat(load(Map.of("TEMPORAL_API_KEY", "k")).temporal().tls()).isPresent();
    assertThat(load(Map.of("TEMPORAL_TLS", "true")).temporal().tls()).isPresent();
    assertThat(load(Map.of("TEMPORAL_TLS", "false", "TEMPORAL_API_KEY", "k")).temporal().tls())
        .isEmpty();
  }

  @Test
  void flagsComeBeforeVariables() {
    var flagged =
        loader(Map.of("RESURGE_TEMPORAL_ADDRESS", "v:2", "TEMPORAL_NAMESPACE", "v"))
            .load(
                Optional.empty(),
                Map.of("--address", "flag:1", "--namespace", "ops", "--tls-ca-path", "ca.pem"))
            .temporal();

    assertThat(flagged.address()).isEqualTo("flag:1");
    assertThat(flagged.namespace()).isEqualTo("ops");
    assertThat(flagged.tls().orElseThrow().authority()).contains(work.resolve("ca.pem"));
  }

  @Test
  void aSecretInClearHalfACertificateAndAnUnclearAnswerAreErrors() throws IOException {
    write(
        etc,
        """
        temporal:
          tls: {enabled: perhaps, certPath: client.pem}
          apiKey: s3cret
        """);

    assertThat(failure(() -> load(Map.of())))
        .hasMessageContaining("a secret in clear is never accepted")
        .hasMessageContaining("temporal.tls.certPath and temporal.tls.keyPath belong together")
        .hasMessageContaining("temporal.tls.enabled is 'perhaps'; write true or false")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void allErrorsAreReportedAtOnceEachWithItsPlace() throws IOException {
    var file =
        write(
            etc,
            """
            instalation: x
            temporal:
              address: nowhere
              adress: a:1
              namespace:
            worker:
              port: 70000
            worker:
              host: a
            keys:
              trust: one.pem
              identities: [[a]]
            people: [alice]
            runbooks: {a: b}
            state: s
            """);

    var thrown = failure(() -> load(Map.of("RESURGE_PEOPLE", "alice")));

    assertThat(thrown.getMessage().lines()).first().isEqualTo("the configuration has 11 errors:");
    assertThat(thrown)
        .hasMessageContaining(
            file
                + ":1: unknown key instalation; known here: installation, keys, notifications, people,"
                + " runbooks, state, temporal, worker")
        .hasMessageContaining(file + ":3: temporal.address is 'nowhere'; write host:port")
        .hasMessageContaining(file + ":4: unknown key temporal.adress; known here: address, api")
        .hasMessageContaining(file + ":5: temporal.namespace needs a value")
        .hasMessageContaining(file + ":7: worker.port is '70000'; write a port")
        .hasMessageContaining(file + ":8: worker is given twice")
        .hasMessageContaining(file + ":11: keys.trust needs a list of files")
        .hasMessageContaining(file + ":12: keys.identities needs a list of files")
        .hasMessageContaining(file + ":13: people needs names with a file each")
        .hasMessageContaining(file + ":14: runbooks needs a value")
        .hasMessageContaining("RESURGE_PEOPLE: 'alice' is not name=file");
  }

  @Test
  void howOftenTheWorkerWatchesIsATimeThatMakesSense() throws IOException {
    write(etc, "worker: {watchEvery: 30s}\n");

    assertThat(load(Map.of()).worker().watchEvery()).isEqualTo(Duration.ofSeconds(30));
    for (var nonsense : List.of("0s", "soon", "25h", "99999999999999999999d")) {
      assertThat(failure(() -> load(Map.of("RESURGE_WORKER_WATCH_EVERY", nonsense))))
          .hasMessageContaining("RESURGE_WORKER_WATCH_EVERY: worker.watchEvery is '" + nonsense);
    }
  }

  @Test
  void badYamlNamesItsLine() throws IOException {
    var file = write(etc, "installation: a\n  worker: [\n");

    assertThat(failure(() -> load(Map.of()))).hasMessageContaining(file + ":2: no YAML: ");
  }

  @Test
  void anEmptyFileAndEmptySectionsMeanDefaults() throws IOException {
    write(etc, "# nothing yet\nkeys:\nworker:\n");

    assertThat(load(Map.of()).worker().port()).isEqualTo(8642);
  }

  @Test
  void aListWhereTheFileHasSectionsIsAnError() throws IOException {
    write(etc, "- a\n");

    assertThat(failure(() -> load(Map.of()))).hasMessageContaining("the file is a section");
  }

  @Test
  void whoIsLoggedInIsBelievedFromTheNamedProxiesOnly() {
    var worker =
        load(Map.of(
                "RESURGE_WORKER_PUBLIC_URL", "https://r.example/resurge/",
                "RESURGE_WORKER_LOGIN_HEADER", "X-Forwarded-User",
                "RESURGE_WORKER_LOGIN_PROXIES", "10.1.0.0/16, fd00::/8,127.0.0.1"))
            .worker();
    var login = worker.login().orElseThrow();

    assertThat(worker.publicUrl()).contains(URI.create("https://r.example/resurge"));
    for (var proxy : List.of("10.1.0.0", "10.1.255.255", "fd12::1", "127.0.0.1")) {
      assertThat(login.believes(InetAddress.ofLiteral(proxy))).as(proxy).isTrue();
    }
    for (var other : List.of("10.2.0.1", "10.0.255.255", "fe00::1", "127.0.0.2", "::1")) {
      assertThat(login.believes(InetAddress.ofLiteral(other))).as(other).isFalse();
    }
  }

  @Test
  void aLoginThatCouldNotBeSafeIsAnError() throws IOException {
    write(
        etc,
        """
        worker:
          publicUrl: resurge.example
          login: {header: "X User", proxies: [proxy.example, 10.0.0.0/33]}
        """);
    assertThat(failure(() -> load(Map.of())))
        .hasMessageContainingAll("https://", "'X User'", "'proxy.example'", "'10.0.0.0/33'");

    write(etc, "worker: {login: {header: X-User}}");
    assertThat(failure(() -> load(Map.of()))).hasMessageContainingAll("belong together");
    write(etc, "worker: {login: {header: X-User, proxies: [127.0.0.1]}}");
    assertThat(failure(() -> load(Map.of()))).hasMessageContaining("needs worker.publicUrl");
  }

  @Test
  void theDocumentationNamesEverySettingAndVariable() throws IOException {
    var page = Files.readString(Path.of("../docs/configuration.md"));
    for (var setting : Setting.values()) {
      assertThat(page).contains("`" + setting.path() + "`");
      setting.variables().forEach(variable -> assertThat(page).contains("`" + variable + "`"));
    }
  }

  private Installation load(Map<String, String> environment) {
    return loader(environment).load(Optional.empty());
  }

  private InstallationLoader loader(Map<String, String> environment) {
    return new InstallationLoader(environment, work, home, etc, () -> "the-host");
  }

  private static Path write(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("resurge.yaml"), text);
  }

  private static ResurgeException failure(ThrowingCallable action) {
    var thrown = catchThrowableOfType(ResurgeException.class, action);
    assertThat(thrown).isNotNull();
    assertThat(thrown.type()).isEqualTo(ErrorType.CONFIGURATION_INVALID);
    return thrown;
  }
}
