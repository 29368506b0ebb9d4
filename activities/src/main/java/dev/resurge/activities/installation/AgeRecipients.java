package dev.resurge.activities.installation;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** To whom something is encrypted: age X25519 recipients ({@code age1…}), one or more. */
public final class AgeRecipients {
  private final List<String> recipients;
  private final List<RecipientStanzaWriter> writers;

  private AgeRecipients(List<String> recipients, List<RecipientStanzaWriter> writers) {
    this.recipients = List.copyOf(recipients);
    this.writers = List.copyOf(writers);
  }

  /**
   * Reads recipients as a runbook names them.
   *
   * @throws ResurgeException {@code RunbookInvalid} naming every one that is none
   */
  public static AgeRecipients of(List<String> recipients) {
    var problems = recipients.stream().flatMap(r -> problem(r).stream()).toList();
    if (recipients.isEmpty() || !problems.isEmpty()) {
      throw new ResurgeException(
          ErrorType.RUNBOOK_INVALID,
          recipients.isEmpty() ? "no age recipient is given" : String.join("; ", problems));
    }
    var writers = new ArrayList<RecipientStanzaWriter>();
    for (var recipient : recipients) {
      try {
        writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("'" + recipient + "' was valid a moment ago", e);
      }
    }
    return new AgeRecipients(recipients, writers);
  }

  /** What is wrong with a recipient; empty if it is one. */
  public static Optional<String> problem(String recipient) {
    try {
      X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
      return Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      var shown = recipient.startsWith("AGE-SECRET-KEY") ? "a secret key" : "'" + recipient + "'";
      return Optional.of(
          shown
              + " is no age recipient; one begins with age1 and is printed by ./resurge keys new");
    }
  }

  /** The recipients as they are written. */
  public List<String> asText() {
    return recipients;
  }

  /**
   * A stream whose content goes to {@code out} encrypted. Closing it writes the end and closes
   * {@code out}; without that the file does not decrypt.
   */
  public OutputStream encrypt(OutputStream out) throws IOException {
    try {
      return Channels.newOutputStream(
          new StandardEncryptingChannelFactory().newEncryptingChannel(new Sink(out), writers));
    } catch (GeneralSecurityException e) {
      throw new ResurgeException(
          ErrorType.INTERNAL, "age encryption could not begin: " + e.getMessage(), e);
    }
  }

  /** The JDK's own adapter cuts what it is given into 8 KiB; this one hands whole chunks on. */
  private static final class Sink implements WritableByteChannel {
    private final OutputStream out;
    private boolean open = true;

    Sink(OutputStream out) {
      this.out = out;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      int length = source.remaining();
      out.write(source.array(), source.arrayOffset() + source.position(), length);
      source.position(source.limit());
      return length;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      open = false;
      out.close();
    }
  }
}
