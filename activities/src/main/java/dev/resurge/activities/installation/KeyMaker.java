package dev.resurge.activities.installation;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes an installation's keys and people's keys. Files are 0600, their folders 0700. */
public final class KeyMaker {
  /** File and folder names below the keys folder, which are also the defaults. */
  static final String SIGNING = "signing.pem";

  static final String SIGNING_PUBLIC = "signing.pub.pem";
  static final String IDENTITY = "identity.age";
  static final String RECIPIENT = "recipient.txt";
  static final String TRUST = "trust";
  static final String PEOPLE = "people";

  private final Path folder;
  private final InstantSource clock;

  /** Makes keys in {@code folder}, usually the {@code keys} below the state folder. */
  public KeyMaker(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Makes the signing key and the first age identity.
   *
   * @throws ResurgeException {@code InputInvalid} if one of the files is there already; nothing is
   *     written then, because a replaced identity would make older sets unreadable
   */
  public InstallationKeys newInstallation() {
    var signing = Ed25519.newKeyPair();
    var identity = X25519Keys.newIdentity();
    var recipient = X25519Keys.recipientOf(identity);
    var files = new LinkedHashMap<Path, String>();
    files.put(folder.resolve(SIGNING), Pem.write(Pem.PRIVATE, signing.getPrivate().getEncoded()));
    files.put(
        folder.resolve(SIGNING_PUBLIC), Pem.write(Pem.PUBLIC, signing.getPublic().getEncoded()));
    files.put(
        folder.resolve(IDENTITY),
        "# created: "
            + clock.instant().truncatedTo(ChronoUnit.SECONDS)
            + "\n# public key: "
            + recipient
            + "\n"
            + identity
            + "\n");
    files.put(folder.resolve(RECIPIENT), recipient + "\n");
    write(files);
    return new InstallationKeys(
        folder.resolve(SIGNING),
        folder.resolve(SIGNING_PUBLIC),
        Ed25519.keyId(signing.getPublic()),
        folder.resolve(IDENTITY),
        recipient);
  }

  /**
   * Makes the key that authenticates one person's decisions: {@code people/<name>.key} is for that
   * person alone, {@code people/<name>.pem} stays with the worker.
   *
   * @throws ResurgeException {@code InputInvalid} if the name is none or has a key already
   */
  public PersonKey newPerson(String name) {
    if (!PersonName.is(name)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "'" + name + "' is no person's name; write letters, digits, dots, dashes, at most 63");
    }
    var pair = Ed25519.newKeyPair();
    var people = folder.resolve(PEOPLE);
    var key = new PersonKey(name, people.resolve(name + ".key"), people.resolve(name + ".pem"));
    var files = new LinkedHashMap<Path, String>();
    files.put(key.privateKey(), Pem.write(Pem.PRIVATE, pair.getPrivate().getEncoded()));
    files.put(key.publicKey(), Pem.write(Pem.PUBLIC, pair.getPublic().getEncoded()));
    write(files);
    return key;
  }

  private static void write(Map<Path, String> files) {
    var present = files.keySet().stream().filter(Files::exists).toList();
    if (!present.isEmpty()) {
      throw refused(present.getFirst(), null);
    }
    for (var file : files.entrySet()) {
      try {
        writeNew(file.getKey(), file.getValue());
      } catch (FileAlreadyExistsException e) {
        throw refused(file.getKey(), e);
      } catch (IOException e) {
        throw Pem.invalid(file.getKey(), "cannot be written: " + e, e);
      }
    }
  }

  private static void writeNew(Path file, String text) throws IOException {
    Files.createDirectories(
        file.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(file, options, owner)) {
      var content = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
  }

  private static ResurgeException refused(Path file, Exception cause) {
    return new ResurgeException(
        ErrorType.INPUT_INVALID,
        "key file " + file + " exists and is never overwritten; nothing was made",
        cause);
  }

  /**
   * What was made.
   *
   * @param keyId what manifests call the signing key
   * @param recipient goes into runbooks: {@code encryption.recipients}
   */
  public record InstallationKeys(
      Path signing, Path signingPublic, String keyId, Path identity, String recipient) {}

  /** What was made for a person. */
  public record PersonKey(String name, Path privateKey, Path publicKey) {}
}
