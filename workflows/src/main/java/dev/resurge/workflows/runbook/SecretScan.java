package dev.resurge.workflows.runbook;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds secrets in clear by their look. A runbook is kept in clear beside every set, so it holds
 * none, not even in a comment.
 */
public final class SecretScan {
  private static final int SHOWN = 60;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.<-]{1,40}");

  private record Look(Pattern pattern, String what) {}

  // repetitions are bounded, so that no text takes long;
  // the user part leaves out '[' for IPv6 addresses; "host:8090/@me" is a port, not a password
  private static final List<Look> LOOKS =
      List.of(
          new Look(
              Pattern.compile(
                  "[A-Za-z][A-Za-z0-9+.-]{0,20}://[^\\s/@:\\[]{0,200}:(?!\\d{0,5}/)[^\\s@]{1,200}@"),
              "an address with a password in it"),
          new Look(
              Pattern.compile(
                  "(?i)[?&;](?:password|passwd|pwd|secret|token|api_?key|access_?key)=[^&;\\s]+"),
              "an address with a secret parameter in it"),
          new Look(
              Pattern.compile("(?i)AGE-SECRET-KEY-[0-9A-Z]{0,200}"),
              "an age identity (the secret half)"),
          new Look(
              // with its lines of base64, for a message may have cut off its end
              Pattern.compile(
                  "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?:-----)?"
                      + "(?:\\s{1,4}[A-Za-z0-9+/=]{16,100}){0,200}"
                      + "(?:\\s{1,4}[A-Za-z0-9+/=]{1,15})?"
                      + "(?:\\s{1,4}-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?:-----)?)?"),
              "a private key"));

  private SecretScan() {}

  /** What kind of secret the text seems to hold, without showing it. */
  static Optional<String> find(String text) {
    return LOOKS.stream()
        .filter(look -> look.pattern().matcher(text).find())
        .map(Look::what)
        .findFirst();
  }

  /** The text with what looks like a secret left out; for what leaves this machine. */
  public static String masked(String text) {
    var masked = text;
    for (var look : LOOKS) {
      masked = look.pattern().matcher(masked).replaceAll("(" + look.what() + ", not shown)");
    }
    return masked;
  }

  /**
   * A field's name as far as it looks like one: what follows may be a value, as in {@code
   * {password:s3cret}}, where a blank was forgotten.
   */
  static String key(String text) {
    var name = NAME.matcher(text);
    var shown = name.lookingAt() ? name.group() : "";
    return shown.length() == text.length() ? shown : shown + "…";
  }

  /** The text in quotes for a message: shortened, printable, and not shown if it looks secret. */
  static String quote(String text) {
    if (find(text).isPresent()) {
      return "this (not shown)";
    }
    var printable = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            printable.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            printable.appendCodePoint(c);
          }
        });
    var rest = text.codePointCount(0, text.length()) > SHOWN ? "…" : "";
    return "'" + printable + rest + "'";
  }
}
