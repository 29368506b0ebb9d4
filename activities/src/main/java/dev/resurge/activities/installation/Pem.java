package dev.resurge.activities.installation;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/** PEM files of one block (RFC 7468), as {@code openssl genpkey} and {@code openssl pkey} write. */
final class Pem {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private Pem() {}

  /**
   * The DER content of the file's block, which must be of that label.
   *
   * @throws ResurgeException {@code ConfigurationInvalid} naming the file
   */
  static byte[] read(Path file, String label) {
    try {
      var match = BLOCK.matcher(Files.readString(file, StandardCharsets.US_ASCII));
      if (!match.find()) {
        throw invalid(file, "holds no PEM block; expected " + label, null);
      }
      if (!match.group(1).equals(label)) {
        throw invalid(file, "holds a " + match.group(1) + "; expected " + label, null);
      }
      return Base64.getMimeDecoder().decode(match.group(2));
    } catch (NoSuchFileException e) {
      throw invalid(file, "does not exist; ./resurge keys new makes keys", e);
    } catch (IOException | IllegalArgumentException e) {
      throw invalid(file, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** The text of a file with that one block. */
  static String write(String label, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  /** A key file that cannot be used. */
  static ResurgeException invalid(Path file, String problem, Exception cause) {
    return new ResurgeException(
        ErrorType.CONFIGURATION_INVALID, "key file " + file + " " + problem, cause);
  }
}
