package dev.resurge.activities.installation;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.SecretRef;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Reads the secrets that runbooks and configuration refer to, at the moment they are needed.
 * Remembers what it has read, so that it can be left out of what programs say.
 */
public final class SecretReader {
  /** One secret may be the beginning of another. */
  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed();

  private static final int MOST_BYTES = 64 * 1024;

  /** What is shorter cannot be told from other words. */
  private static final int FEWEST_CHARACTERS = 4;

  private final Map<String, String> environment;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** Reads variables from {@code environment}, usually {@code System.getenv()}. */
  public SecretReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The secret; of a file without one trailing newline.
   *
   * @throws ResurgeException {@code SecretMissing} naming the reference, never the value
   */
  public String read(SecretRef secret) {
    var value = secret.env().map(name -> variable(secret, name));
    var text = value.orElseGet(() -> file(secret));
    if (text.isEmpty()) {
      throw missing(secret, "is empty", null);
    }
    if (text.length() >= FEWEST_CHARACTERS) {
      known.add(text);
    }
    return text;
  }

  /**
   * The text without the secrets that were read so far, whether it has them as they are, in an
   * address, in base64 or in hex. Those of fewer than four characters stay.
   */
  public String unsaid(String text) {
    var unsaid = text;
    for (var form : known.stream().flatMap(SecretReader::forms).sorted(LONGEST_FIRST).toList()) {
      unsaid = unsaid.replace(form, "(secret)");
    }
    return unsaid;
  }

  private static Stream<String> forms(String secret) {
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    var address = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    return Stream.of(
        secret,
        address,
        address.replace("+", "%20"),
        Base64.getEncoder().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        HexFormat.of().formatHex(bytes));
  }

  private String variable(SecretRef secret, String name) {
    var value = environment.get(name);
    if (value == null) {
      throw missing(secret, "is not set", null);
    }
    return value;
  }

  private static String file(SecretRef secret) {
    var path =
        Path.of(
            secret.file().orElseThrow(() -> missing(secret, "names neither env nor file", null)));
    try (var in = Files.newInputStream(path)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw missing(secret, "is longer than 64 KiB, which no secret is", null);
      }
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.replaceFirst("\\r?\\n\\z", "");
    } catch (NoSuchFileException e) {
      throw missing(secret, "does not exist", e);
    } catch (AccessDeniedException e) {
      throw missing(secret, "may not be read by " + System.getProperty("user.name"), e);
    } catch (CharacterCodingException e) {
      throw missing(secret, "is not UTF-8 text", null);
    } catch (IOException e) {
      throw missing(secret, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static ResurgeException missing(SecretRef secret, String problem, Exception cause) {
    return new ResurgeException(
        ErrorType.SECRET_MISSING, "the secret in " + secret.describe() + " " + problem, cause);
  }
}
