package dev.resurge.scenery;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintStream;
import java.util.Locale;

/** Tells the story to the person watching. */
public final class Narrator {
  private final PrintStream out;
  private final boolean styled;
  private final boolean aside;
  private int chapter;

  private Narrator(PrintStream out, boolean styled, boolean aside) {
    this.out = out;
    this.styled = styled;
    this.aside = aside;
  }

  /**
   * Tells it where people read it.
   *
   * @param aside standard output is taken, so that the story goes to standard error
   */
  public static Narrator telling(boolean aside) {
    return new Narrator(
        aside ? System.err : System.out, onTerminal() && System.getenv("NO_COLOR") == null, aside);
  }

  @SuppressWarnings("SystemConsoleNull") // JDK 25 answers null again where there is no terminal
  private static boolean onTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /** Whether standard output is kept for something else. */
  public boolean standardOutputIsTaken() {
    return aside;
  }

  /** Begins the next chapter. */
  public void chapter(String title) {
    chapter++;
    out.println();
    out.println(bold(chapter + ". " + title));
  }

  /** A sentence or two. */
  @FormatMethod
  public void say(String form, Object... values) {
    out.println("   " + String.format(Locale.ROOT, form, values).replace("\n", "\n   "));
  }

  /** What a person would type. */
  public void command(String line) {
    out.println();
    out.println(bold("   $ " + line));
  }

  private String bold(String text) {
    return styled ? "\u001b[1m" + text + "\u001b[0m" : text;
  }
}
