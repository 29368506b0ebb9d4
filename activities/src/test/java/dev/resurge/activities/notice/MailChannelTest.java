package dev.resurge.activities.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.Notifications.Email;
import dev.resurge.activities.installation.Notifications.Security;
import dev.resurge.activities.installation.Notifications.Text;
import dev.resurge.workflows.model.ErrorType;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** Against a real SMTP server on this machine. */
class MailChannelTest {
  @TempDir Path folder;
  private final List<byte[]> mails = new CopyOnWriteArrayList<>();
  private final List<String> recipients = new CopyOnWriteArrayList<>();
  private Certificate certificate;
  private Optional<SMTPServer> server = Optional.empty();

  @BeforeEach
  void certificate() throws Exception {
    certificate = Certificate.in(folder);
  }

  @AfterEach
  void stop() {
    server.ifPresent(SMTPServer::stop);
  }

  private int serve(UnaryOperator<SMTPServer.Builder> how) {
    var made =
        how.apply(
                new SMTPServer.Builder()
                    .bindAddress(InetAddress.getLoopbackAddress())
                    .port(0)
                    .simpleMessageListener(new Mailbox()))
            .build();
    made.start();
    server = Optional.of(made);
    return made.getPortAllocated();
  }

  private final class Mailbox implements SimpleMessageListener {
    @Override
    public boolean accept(String from, String recipient) {
      return true;
    }

    @Override
    public void deliver(String from, String recipient, InputStream data) throws IOException {
      recipients.add(recipient);
      mails.add(data.readAllBytes());
    }
  }

  private SMTPServer.Builder startTls(SMTPServer.Builder builder) {
    return builder
        .enableTLS()
        .requireTLS()
        .startTlsSocketFactory(certificate.server())
        .requireAuth()
        .authenticationHandlerFactory(
            new EasyAuthenticationHandlerFactory((user, password, context) -> {
              if (!user.equals("planted-user-3") || !password.equals("planted-password-4")) {
                throw new LoginFailedException();
              }
            }));
  }

  private MailChannel channel(int port, Security security, boolean trusting, String password) {
    return new MailChannel(
        new Email(
            "localhost",
            port,
            security,
            Optional.of(new Text.Secret(Told.env("USER"))),
            Optional.of(Told.env(password)),
            "resurge@example.org",
            List.of("alice@example.org", "bob@example.org"),
            Optional.of(certificate.pem()).filter(pem -> trusting)),
        Told::secret);
  }

  private MimeMessage mail() throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(mails.getFirst()));
  }

  @Test
  void plainTextGoesToEveryAddressAfterStartTlsAndALogin() throws Exception {
    int port = serve(this::startTls);
    channel(port, Security.STARTTLS, true, "PASSWORD")
        .send(Told.message("gives up: zwei Aufträge", Told.HOSTILE));

    assertThat(recipients).containsExactlyInAnyOrder("alice@example.org", "bob@example.org");
    assertThat(mail().getSubject())
        .isEqualTo("[high] library: restore waits for approval of plan ab12cd");
    assertThat(mail().getFrom()[0]).hasToString("resurge@example.org");
    assertThat(mail().getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
    assertThat(mail().getContent().toString())
        .startsWith("gives up: zwei Aufträge")
        .contains("🔥")
        .contains("./resurge approve library ab12cd");
    assertThat(mail().getMessageID()).startsWith("<20261121T031500Z-restore-7f2c.waiting.");
    assertThat(mail().getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(new String(mails.getFirst(), UTF_8)).doesNotContain("planted");
  }

  @Test
  void tlsFromTheFirstByteWorksToo() throws Exception {
    int port = serve(builder -> builder.serverSocketFactory(certificate.server()));
    var open =
        new MailChannel(
            new Email(
                "localhost",
                port,
                Security.TLS,
                Optional.empty(),
                Optional.empty(),
                "resurge@example.org",
                List.of("alice@example.org"),
                Optional.of(certificate.pem())),
            Told::secret);
    open.send(Told.message("a"));
    assertThat(mails).hasSize(1);
  }

  @Test
  void aWrongPasswordIsRefusedForGood() {
    int port = serve(this::startTls);
    var failure =
        Told.failure(
            ErrorType.NOTICE_REFUSED,
            () -> channel(port, Security.STARTTLS, true, "TOKEN").send(Told.message("a")));
    assertThat(failure).hasMessageContaining("it refuses user and password");
    assertThat(mails).isEmpty();
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() {
    int port = serve(this::startTls);
    Told.failure(
        ErrorType.NOTICE_REFUSED,
        () -> channel(port, Security.STARTTLS, false, "PASSWORD").send(Told.message("a")));
    assertThat(mails).isEmpty();
  }

  @Test
  void aServerWithoutTlsIsToldNothing() {
    var logins = new CopyOnWriteArrayList<String>();
    int port =
        serve(builder ->
            builder.authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(
                    (user, password, context) -> logins.add(user))));
    var failure =
        Told.failure(
            ErrorType.NOTICE_UNDELIVERED,
            () -> channel(port, Security.STARTTLS, true, "PASSWORD").send(Told.message("a")));
    assertThat(failure).hasMessageContaining("STARTTLS is required");
    assertThat(mails).isEmpty();
    assertThat(logins).isEmpty();
  }

  @Test
  void aServerThatIsAwayIsWorthAnotherTry() {
    int port = serve(this::startTls);
    server.orElseThrow().stop();
    server = Optional.empty();
    var failure =
        Told.failure(
            ErrorType.NOTICE_UNDELIVERED,
            () -> channel(port, Security.STARTTLS, true, "PASSWORD").send(Told.message("a")));
    assertThat(failure)
        .hasMessageContaining(
            "telling mail to alice@example.org, bob@example.org through localhost:" + port);
  }
}
