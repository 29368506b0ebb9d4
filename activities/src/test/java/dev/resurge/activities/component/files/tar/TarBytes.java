package dev.resurge.activities.component.files.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes archives byte by byte for tests, honest ones and forged ones. */
public final class TarBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public TarBytes file(String name, String content) {
    return entry('0', name, "", latin(content));
  }

  public TarBytes directory(String name) {
    return entry('5', name, "", new byte[0]);
  }

  public TarBytes symlink(String name, String target) {
    return entry('2', name, target, new byte[0]);
  }

  public TarBytes hardLink(String name, String target) {
    return entry('1', name, target, new byte[0]);
  }

  /** Records {@code keyword=value} for the next entry; bytes as ISO 8859-1. */
  public TarBytes pax(String... records) {
    var content = new StringBuilder();
    for (var record : records) {
      int length = record.length() + 3;
      while (String.valueOf(length).length() + record.length() + 2 != length) {
        length++;
      }
      content.append(length).append(' ').append(record).append('\n');
    }
    return entry('x', "./PaxHeaders/x", "", latin(content.toString()));
  }

  /** An entry of any type; {@code ./}-names are the honest ones. */
  public TarBytes entry(char type, String name, String link, byte[] content) {
    return entry(type, name, link, content, "ustar\00000");
  }

  public TarBytes entry(char type, String name, String link, byte[] content, String magic) {
    var header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(content.length));
    put(header, 136, "14524770400\0");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, magic);
    return raw(withChecksum(header)).content(content);
  }

  public static byte[] withChecksum(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  public TarBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  private TarBytes content(byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[-content.length & 511]);
    return this;
  }

  /** The archive with its end. */
  public byte[] end() {
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  /** What was written so far, without an end. */
  public byte[] cut() {
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    var bytes = latin(text);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  public static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
