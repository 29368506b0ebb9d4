package dev.resurge.starter.testing;

import dev.resurge.starter.view.Terminal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A terminal that remembers what was written and has its lines typed beforehand. */
public final class FakeTerminal implements Terminal {
  private final List<String> out = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final Deque<Typed> typed = new ArrayDeque<>();
  private final boolean interactive;
  private Runnable onPause = () -> {};

  /**
   * @param interactive whether a person sits there
   */
  public FakeTerminal(boolean interactive) {
    this.interactive = interactive;
  }

  /** The person will type this when next waited for. */
  public FakeTerminal type(String line) {
    typed.add(new Typed.Line(line));
    return this;
  }

  /** The person will take time once. */
  public FakeTerminal hesitate() {
    typed.add(new Typed.Nothing());
    return this;
  }

  /** What happens while time passes. */
  public void onPause(Runnable action) {
    onPause = action;
  }

  /** Lines on stdout. */
  public List<String> out() {
    return List.copyOf(out);
  }

  /** All that was written about what goes on, prompts too. */
  public String progressText() {
    return String.join("\n", progress);
  }

  /** All that went to stderr. */
  public String errorText() {
    return String.join("\n", errors);
  }

  @Override
  public void out(String line) {
    out.add(line);
  }

  @Override
  public void progress(String line) {
    progress.add(line);
  }

  @Override
  public void error(String line) {
    errors.add(line);
  }

  @Override
  public void prompt(String text) {
    progress.add(text);
  }

  @Override
  public void redraw(List<String> lines) {
    progress.addAll(lines);
  }

  @Override
  public void keepDrawn() {}

  @Override
  public boolean redraws() {
    return false;
  }

  @Override
  public boolean colours() {
    return false;
  }

  @Override
  public int width() {
    return 80;
  }

  @Override
  public boolean interactive() {
    return interactive;
  }

  @Override
  public void pause(Duration length) {
    onPause.run();
  }

  /** When nothing more will be typed, stdin has ended. */
  @Override
  public Typed await(Duration atMost) {
    onPause.run();
    return typed.isEmpty() ? new Typed.Closed() : typed.removeFirst();
  }

  @Override
  public void forgetTyped() {}
}
