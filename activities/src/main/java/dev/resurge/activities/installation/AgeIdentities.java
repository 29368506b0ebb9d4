package dev.resurge.activities.installation;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * The age identities ({@code AGE-SECRET-KEY-1…}) that open sets. A file that cannot be read is no
 * error while another identity fits: on the bad day only one of the keys may be at hand.
 */
public final class AgeIdentities {
  private static final String PREFIX = "AGE-SECRET-KEY-1";

  private final List<String> secrets;
  private final List<String> problems;

  private AgeIdentities(List<String> secrets, List<String> problems) {
    this.secrets = List.copyOf(secrets);
    this.problems = List.copyOf(problems);
  }

  /** Reads identity files as {@code age-keygen} writes them: one identity a line, # comments. */
  public static AgeIdentities read(List<Path> files) {
    var secrets = new ArrayList<String>();
    var problems = new ArrayList<String>();
    for (var file : files) {
      try {
        readFile(file, secrets, problems);
      } catch (NoSuchFileException e) {
        problems.add(file + ": there is no such file");
      } catch (IOException e) {
        problems.add(file + ": cannot be read (" + e.getClass().getSimpleName() + ")");
      }
    }
    return new AgeIdentities(secrets, problems);
  }

  private static void readFile(Path file, List<String> secrets, List<String> problems)
      throws IOException {
    int before = secrets.size();
    int number = 0;
    for (var line : Files.readAllLines(file)) {
      number++;
      var text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      if (text.startsWith(PREFIX) && isIdentity(text)) {
        secrets.add(text);
      } else {
        problems.add(
            file + ":" + number + ": is no X25519 identity; a plain " + PREFIX + "… is needed");
        return;
      }
    }
    if (secrets.size() == before) {
      problems.add(file + ": holds no identity");
    }
  }

  private static boolean isIdentity(String text) {
    try {
      X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(text);
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether there is none at all. */
  public boolean isEmpty() {
    return secrets.isEmpty();
  }

  /** What could not be read, one line each, without anything secret. */
  public List<String> problems() {
    return problems;
  }

  /** The recipients that these identities are of: what may be shown of them. */
  public List<String> recipients() {
    return secrets.stream().map(X25519Keys::recipientOf).toList();
  }

  /**
   * Opens what was encrypted to one of these identities' recipients.
   *
   * @throws com.exceptionfactory.jagged.UnsupportedRecipientStanzaException if to none of them
   * @throws GeneralSecurityException if it is no intact age file
   */
  public InputStream decrypt(InputStream in) throws IOException, GeneralSecurityException {
    var readers = new ArrayList<RecipientStanzaReader>();
    for (var secret : secrets) {
      readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret));
    }
    return Channels.newInputStream(
        new StandardDecryptingChannelFactory().newDecryptingChannel(new Source(in), readers));
  }

  /** Shows the recipients, never the secrets. */
  @Override
  public String toString() {
    return "identities of " + String.join(", ", recipients());
  }

  /** The JDK's own adapter reads 8 KiB at a time; this one fills the whole chunk. */
  private static final class Source implements ReadableByteChannel {
    private final InputStream in;
    private boolean open = true;

    Source(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int length =
          in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
      if (length > 0) {
        target.position(target.position() + length);
      }
      return length;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      open = false;
      in.close();
    }
  }
}
