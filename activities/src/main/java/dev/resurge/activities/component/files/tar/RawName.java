package dev.resurge.activities.component.files.tar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A file name, link target or attribute value as the bytes it is. Linux knows no encoding: any byte
 * but NUL (and, within one component, {@code /}) may occur.
 */
public final class RawName {
  private static final String PLAIN = "._~/-+,@=:";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private final byte[] bytes;

  private RawName(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code length} bytes from {@code from}. */
  public static RawName of(byte[] source, int from, int length) {
    return new RawName(Arrays.copyOfRange(source, from, from + length));
  }

  /** The UTF-8 bytes of {@code text}. */
  public static RawName of(String text) {
    return new RawName(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws IllegalArgumentException if a {@code %} is not followed by two hex digits
   */
  public static RawName decode(String encoded) {
    var out = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) == '%') {
        if (i + 3 > encoded.length()) {
          throw new IllegalArgumentException("'" + encoded + "' ends within a %XX");
        }
        out[length++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
        i += 2;
      } else {
        out[length++] = (byte) encoded.charAt(i);
      }
    }
    return of(out, 0, length);
  }

  /**
   * ASCII that {@link #decode} turns back: every byte other than letters, digits and {@code
   * ._~/-+,@=:} is written {@code %XX}. A name that is only {@code -} becomes {@code %2D}, so that
   * {@code -} can stand for none.
   */
  public String encoded() {
    if (bytes.length == 1 && bytes[0] == '-') {
      return "%2D";
    }
    var text = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        text.append(c);
      } else if (PLAIN.indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    return text.toString();
  }

  /**
   * The path below the archive's root: without a leading {@code ./} and without trailing slashes.
   * The root itself is {@code .}.
   */
  public RawName relative() {
    int from = bytes.length >= 2 && bytes[0] == '.' && bytes[1] == '/' ? 2 : 0;
    int to = bytes.length;
    while (to > from && bytes[to - 1] == '/') {
      to--;
    }
    return to == from ? of(".") : of(bytes, from, to - from);
  }

  /** The names between its slashes. */
  public List<RawName> parts() {
    var parts = new ArrayList<RawName>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        parts.add(of(bytes, start, i - start));
        start = i + 1;
      }
    }
    return parts;
  }

  /** Whether it is a folder in which {@code path} lies, however deep; {@code .} is of all. */
  public boolean contains(RawName path) {
    if (bytes.length == 1 && bytes[0] == '.') {
      return !equals(path);
    }
    return path.bytes.length > bytes.length
        && path.bytes[bytes.length] == '/'
        && Arrays.equals(bytes, 0, bytes.length, path.bytes, 0, bytes.length);
  }

  /** The first {@code length} bytes. */
  public RawName prefix(int length) {
    return of(bytes, 0, length);
  }

  public int length() {
    return bytes.length;
  }

  /** The byte at {@code index}, 0 to 255. */
  public int at(int index) {
    return bytes[index] & 0xff;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** ASCII digits and letters as text; for numbers in headers. */
  String ascii() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawName name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return encoded();
  }
}
