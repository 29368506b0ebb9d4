package dev.resurge.activities.notice;

import dev.resurge.activities.installation.Notifications.Email;
import dev.resurge.activities.installation.Notifications.Security;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.SecretRef;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** Plain text mail. The server's certificate must bear its name; nothing is said before TLS. */
record MailChannel(Email settings, Function<SecretRef, String> reader) implements Channel {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  @Override
  public void send(Message message) {
    var secrets = new Secrets(reader);
    var user = settings.user().map(secrets::read);
    var password = secrets.read(settings.password());
    try {
      var session = Session.getInstance(properties(user.isPresent()));
      var mail = mail(session, message);
      try (var transport = session.getTransport("smtp")) {
        transport.connect(
            settings.host(), settings.port(), user.orElse(null), password.orElse(null));
        transport.sendMessage(mail, mail.getAllRecipients());
      }
    } catch (AuthenticationFailedException e) {
      throw failed(ErrorType.NOTICE_REFUSED, "it refuses user and password", secrets, e);
    } catch (MessagingException e) {
      throw failed(permanent(e), said(e), secrets, e);
    }
  }

  /** The names are those of the package {@code org.eclipse.angus.mail.smtp}. */
  private Properties properties(boolean authenticates) {
    var properties = new Properties();
    properties.put("mail.smtp.auth", Boolean.toString(authenticates));
    properties.put(
        "mail.smtp.starttls.enable", Boolean.toString(settings.security() == Security.STARTTLS));
    properties.put(
        "mail.smtp.starttls.required", Boolean.toString(settings.security() == Security.STARTTLS));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.security() == Security.TLS));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    if (settings.security() != Security.NONE) {
      properties.put(
          "mail.smtp.ssl.socketFactory", Trust.of(settings.authority()).getSocketFactory());
    }
    properties.put("mail.smtp.connectiontimeout", millis(CONNECTS_WITHIN));
    properties.put("mail.smtp.timeout", millis(ANSWERS_WITHIN));
    properties.put("mail.smtp.writetimeout", millis(ANSWERS_WITHIN));
    return properties;
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }

  private MimeMessage mail(Session session, Message message) throws MessagingException {
    var mail = new IdentifiedMail(session, message.id());
    mail.setFrom(new InternetAddress(settings.from(), true));
    for (var address : settings.to()) {
      mail.addRecipient(RecipientType.TO, new InternetAddress(address, true));
    }
    mail.setSubject(
        "[" + message.severity().id() + "] " + message.title(), StandardCharsets.UTF_8.name());
    mail.setText(message.text() + "\n", StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(message.notice().at()));
    mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday reply, please
    mail.saveChanges();
    return mail;
  }

  /** A second delivery of one notice bears the same id, so that mail programs show it once. */
  private static final class IdentifiedMail extends MimeMessage {
    private final String id;

    IdentifiedMail(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id.replaceAll("[^A-Za-z0-9.-]", ".") + "@resurge>");
    }
  }

  /** A certificate or an address does not get better by waiting; a server that is away may. */
  private static ErrorType permanent(Exception failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SSLException || e instanceof SendFailedException) {
        return ErrorType.NOTICE_REFUSED;
      }
    }
    return ErrorType.NOTICE_UNDELIVERED;
  }

  private ResurgeException failed(
      ErrorType type, String why, Secrets secrets, MessagingException cause) {
    return new ResurgeException(type, "telling " + describe() + ": " + secrets.clean(why), cause);
  }

  private static String said(Throwable error) {
    var words = new StringBuilder();
    for (var e = error; e != null; e = e.getCause()) {
      if (e.getMessage() != null && words.indexOf(e.getMessage()) < 0) {
        words.append(words.isEmpty() ? "" : ": ").append(e.getMessage());
      }
    }
    return words.toString();
  }

  @Override
  public String describe() {
    return "mail to "
        + String.join(", ", settings.to())
        + " through "
        + settings.host()
        + ":"
        + settings.port();
  }
}
