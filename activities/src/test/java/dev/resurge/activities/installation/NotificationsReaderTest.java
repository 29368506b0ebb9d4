package dev.resurge.activities.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.activities.installation.Notifications.Email;
import dev.resurge.activities.installation.Notifications.Ntfy;
import dev.resurge.activities.installation.Notifications.Route;
import dev.resurge.activities.installation.Notifications.Security;
import dev.resurge.activities.installation.Notifications.Text;
import dev.resurge.activities.installation.Notifications.Webhook;
import dev.resurge.workflows.model.Notice.Event;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationsReaderTest {
  @TempDir Path folder;

  private Notifications read(String text) throws IOException {
    Files.writeString(folder.resolve("resurge.yaml"), text);
    return new InstallationLoader(Map.of(), folder, folder, folder, () -> "here")
        .load(Optional.empty())
        .notifications();
  }

  private List<String> errors(String text) {
    var thrown = catchThrowableOfType(ResurgeException.class, () -> read(text));
    assertThat(thrown).isNotNull();
    return thrown
        .getMessage()
        .lines()
        .skip(1)
        .map(line -> line.strip().replace(folder + "/resurge.yaml", ""))
        .toList();
  }

  private static SecretRef env(String name) {
    return new SecretRef(Optional.of(name), Optional.empty());
  }

  @Test
  void withoutTheSectionNobodyIsToldAnything() throws IOException {
    assertThat(read("installation: here\n")).isEqualTo(Notifications.NONE);
    assertThat(read("notifications:\n").any()).isFalse();
  }

  @Test
  void everyKindOfChannelPeopleAndRoutesAreRead() throws IOException {
    var read =
        read(
            """
            notifications:
              channels:
                phone: {type: ntfy, topic: alerts, token: {env: TOKEN}}
                own: {type: ntfy, server: 'https://ntfy.example', topic: a, caPath: ca.pem}
                chat:
                  type: webhook
                  url: {file: chat.url}
                  signingKey: {env: KEY}
                  template: chat.json
                mail:
                  type: email
                  host: smtp.example
                  user: resurge@example.org
                  password: {env: PASSWORD}
                  from: resurge@example.org
                  to: [ops@example.org]
                relay: {type: email, host: localhost, security: none, from: a@b.c, to: d@e.f}
              people:
                alice: [phone, mail]
                bob: mail
              routes:
                - {severities: [critical], to: [alice, chat]}
                - events: [done, objectiveMissed]
                  systems: [shop]
                  to: chat
            """);

    assertThat(read.channels())
        .containsExactly(
            Map.entry(
                "phone",
                new Ntfy(
                    URI.create("https://ntfy.sh"),
                    "alerts",
                    Optional.of(env("TOKEN")),
                    Optional.empty())),
            Map.entry(
                "own",
                new Ntfy(
                    URI.create("https://ntfy.example"),
                    "a",
                    Optional.empty(),
                    Optional.of(folder.resolve("ca.pem")))),
            Map.entry(
                "chat",
                new Webhook(
                    new Text.Secret(
                        new SecretRef(
                            Optional.empty(), Optional.of(folder.resolve("chat.url").toString()))),
                    Optional.of(env("KEY")),
                    Optional.empty(),
                    Optional.of(folder.resolve("chat.json")),
                    Optional.empty())),
            Map.entry(
                "mail",
                new Email(
                    "smtp.example",
                    587,
                    Security.STARTTLS,
                    Optional.of(new Text.Clear("resurge@example.org")),
                    Optional.of(env("PASSWORD")),
                    "resurge@example.org",
                    List.of("ops@example.org"),
                    Optional.empty())),
            Map.entry(
                "relay",
                new Email(
                    "localhost",
                    25,
                    Security.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    "a@b.c",
                    List.of("d@e.f"),
                    Optional.empty())));
    assertThat(read.people())
        .containsExactly(
            Map.entry("alice", List.of("phone", "mail")), Map.entry("bob", List.of("mail")));
    assertThat(read.routes())
        .containsExactly(
            new Route(List.of(), List.of(Severity.CRITICAL), List.of(), List.of("alice", "chat")),
            new Route(
                List.of(Event.DONE, Event.OBJECTIVE_MISSED),
                List.of(),
                List.of("shop"),
                List.of("chat")));
  }

  @Test
  void allErrorsAreSaidAtOnceEachWithItsLineAndNoSecretIsShown() {
    assertThat(
            errors(
                """
                notifications:
                  chanels: {}
                  channels:
                    a: {type: telegram}
                    b: {topic: x}
                    c: {type: ntfy, topic: 'a b', token: planted-1, tokn: x}
                    d: {type: webhook, url: 'https://h/x?token=planted-2'}
                    e: {type: webhook}
                    f: {type: email, host: smtp.example, security: none, from: x, to: []}
                    g: {type: email, host: h, port: 0, user: u, from: a@b.c, to: [d@e.f, no]}
                    h: {type: ntfy, topic: x, server: 'ftp://h'}
                    i: 5
                    c: {type: ntfy, topic: y}
                  people:
                    h: [nobody]
                  routes:
                    - {events: [finished], severities: [urgent], to: [zoe]}
                    - {system: shop}
                worker: {port: 70000}
                """))
        .containsExactly(
            ":2: unknown key notifications.chanels; known here: channels, people, routes",
            ":13: notifications.channels.c is given twice",
            ":4: notifications.channels.a.type is none of ours; write ntfy, webhook or email",
            ":5: notifications.channels.b.type is missing; write ntfy, webhook or email",
            ":6: unknown key notifications.channels.c.tokn; known here: caPath, server, token,"
                + " topic, type",
            ":6: notifications.channels.c.topic has letters, digits, _ and -, at most 64",
            ":6: notifications.channels.c.token needs {env: NAME} or {file: PATH}; a secret in"
                + " clear is never accepted",
            ":7: notifications.channels.d.url holds a secret; write {env: NAME} or {file: PATH}",
            ":8: notifications.channels.e needs url",
            ":9: notifications.channels.f.security is none, and mail to smtp.example would go over"
                + " the network in clear",
            ":9: notifications.channels.f.to names nobody; write a list of addresses",
            ":9: notifications.channels.f.from is no address such as ops@example.org",
            ":10: notifications.channels.g.user is given alone; user and password belong together",
            ":10: notifications.channels.g.port is '0'; write a port from 1 to 65535",
            ":10: notifications.channels.g.to is no address such as ops@example.org",
            ":11: notifications.channels.h.server is no address; write https://host/path",
            ":12: notifications.channels.i is a section with keys and values",
            ":12: notifications.channels.i.type is missing; write ntfy, webhook or email",
            ":15: notifications.people.h is the name of a channel, too; routes could mean either",
            ":15: notifications.people.h names 'nobody', which is no channel; there are c, d, e, f,"
                + " g, h",
            ":17: notifications.routes[0].to names 'zoe', which is no channel or person; there are"
                + " c, d, e, f, g, h",
            ":17: notifications.routes[0].events names 'finished', which is no word; there are"
                + " started, waiting, escalated, parked, done, failed, objectiveMissed",
            ":17: notifications.routes[0].severities names 'urgent', which is no word; there are"
                + " critical, high, medium, low",
            ":18: unknown key notifications.routes[1].system; known here: events, severities,"
                + " systems, to",
            ":18: notifications.routes[1].to names nobody; write channels or people",
            ":19: worker.port is '70000'; write a port from 0 (any free one) to 65535");
  }

  @Test
  void theDocumentationsExampleOfGuide003IsReadWithoutAnError() throws IOException {
    var page = Files.readString(Path.of("../docs/notifications.md"));
    var from = page.indexOf("```yaml\nnotifications:") + "```yaml\n".length();
    var read = read(page.substring(from, page.indexOf("```", from)));
    assertThat(read.channels()).isNotEmpty();
    assertThat(read.routes()).hasSizeGreaterThanOrEqualTo(4);
  }
}
