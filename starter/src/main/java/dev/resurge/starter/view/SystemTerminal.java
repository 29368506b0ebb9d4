package dev.resurge.starter.view;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** The real terminal. JLine is loaded only when there is one to draw on. */
public final class SystemTerminal implements Terminal {
  private static final int DEFAULT_WIDTH = 80;
  private static final int MOST_WIDTH = 160;

  private final boolean progressOnStderr;
  private final boolean terminal;
  private final boolean noColour;
  private final TypedLines typed;
  private org.jline.terminal.Terminal drawn;
  private Display display;

  /**
   * @param progressOnStderr because stdout is for a script
   */
  public SystemTerminal(boolean progressOnStderr, Map<String, String> environment) {
    this.progressOnStderr = progressOnStderr;
    this.terminal = isTerminal(environment);
    this.noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    this.typed = new TypedLines(System.in, System.out.charset());
  }

  /** Java says it of stdin and stdout together only, so nothing is drawn where one is piped. */
  @SuppressWarnings("SystemConsoleNull") // it is null again in JDK 25 where there is no terminal
  private static boolean isTerminal(Map<String, String> environment) {
    var console = System.console();
    return console != null
        && console.isTerminal()
        && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
  }

  private PrintStream stream() {
    return progressOnStderr ? System.err : System.out;
  }

  @Override
  public void out(String line) {
    System.out.println(line);
    System.out.flush();
  }

  @Override
  public void progress(String line) {
    stream().println(line);
    stream().flush();
  }

  @Override
  public void error(String line) {
    System.err.println(line);
    System.err.flush();
  }

  @Override
  public void prompt(String text) {
    stream().print(text);
    stream().flush();
  }

  @Override
  public void redraw(List<String> lines) {
    var columns = width();
    var room = Math.max(1, drawing().getHeight() - 1);
    var shown = new ArrayList<AttributedString>();
    for (var line : lines.subList(Math.max(0, lines.size() - room), lines.size())) {
      shown.add(AttributedString.fromAnsi(line).columnSubSequence(0, columns - 1));
    }
    var size = drawing().getSize();
    display.resize(size.getRows(), size.getColumns());
    display.update(shown, size.cursorPos(shown.size() - 1, shown.getLast().columnLength()));
  }

  @Override
  public void keepDrawn() {
    if (display != null) {
      display.reset();
      drawing().writer().println();
      drawing().flush();
    }
  }

  private org.jline.terminal.Terminal drawing() {
    if (drawn == null) {
      try {
        drawn = TerminalBuilder.builder().system(true).nativeSignals(false).build();
      } catch (IOException e) {
        throw new IllegalStateException("the terminal cannot be drawn on: " + e.getMessage(), e);
      }
      display = new Display(drawn, false);
    }
    return drawn;
  }

  @Override
  public boolean redraws() {
    return terminal && !progressOnStderr;
  }

  @Override
  public boolean colours() {
    return redraws() && !noColour;
  }

  @Override
  public int width() {
    if (!redraws()) {
      return DEFAULT_WIDTH;
    }
    var columns = drawing().getWidth();
    return columns <= 0 ? DEFAULT_WIDTH : Math.min(columns, MOST_WIDTH);
  }

  @Override
  public boolean interactive() {
    return terminal;
  }

  @Override
  public void pause(Duration length) {
    var until = System.nanoTime() + length.toNanos();
    for (var left = length.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public Typed await(Duration atMost) {
    return typed.await(atMost);
  }

  @Override
  public void forgetTyped() {
    typed.forget();
  }
}
