package dev.resurge.starter.view;

/** Colours where they are wanted, nothing where they are not. */
public record Style(boolean colours) {
  private static final String END = "\u001b[0m";

  /** Without any. */
  public static final Style PLAIN = new Style(false);

  /** What has to be seen first. */
  public String bold(String text) {
    return paint("1", text);
  }

  /** What is well. */
  public String good(String text) {
    return paint("32", text);
  }

  /** What waits or should be looked at. */
  public String warn(String text) {
    return paint("33", text);
  }

  /** What failed. */
  public String bad(String text) {
    return paint("31", text);
  }

  /** What is going on. */
  public String busy(String text) {
    return paint("36", text);
  }

  /** What may be skipped when reading. */
  public String faint(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + END : text;
  }
}
