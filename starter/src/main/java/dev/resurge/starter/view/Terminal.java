package dev.resurge.starter.view;

import java.time.Duration;
import java.util.List;

/**
 * Where people read and type. Progress and answers are apart: what a script asked for is on stdout,
 * everything else goes where the script does not read it.
 */
public interface Terminal {
  /** A line of the answer, on stdout. */
  void out(String line);

  /** A line about what is going on: on stdout for people, on stderr when stdout is for a script. */
  void progress(String line);

  /** A line on stderr. */
  void error(String line);

  /** Asks on the progress stream, without ending the line. */
  void prompt(String text);

  /** Shows these lines in place of those of the last call; only where {@link #redraws}. */
  void redraw(List<String> lines);

  /** Leaves what was drawn last as it is; the next drawing begins below. */
  void keepDrawn();

  /** Whether the progress stream is a terminal that can draw over itself. */
  boolean redraws();

  /** Whether the progress stream shows colours and a person wants them ({@code NO_COLOR}). */
  boolean colours();

  /** Columns. */
  int width();

  /** Whether a person sits at stdin. */
  boolean interactive();

  /** Lets time pass between two looks at a run. Does not touch stdin. */
  void pause(Duration length);

  /** Waits for a typed line, at most as long as told. */
  Typed await(Duration atMost);

  /** Forgets what was typed before anything was asked. */
  void forgetTyped();

  /** What came from stdin. */
  sealed interface Typed {
    /** A line without its end. */
    record Line(String text) implements Typed {}

    /** Nothing yet. */
    record Nothing() implements Typed {}

    /** Stdin has ended: nothing will come. */
    record Closed() implements Typed {}
  }
}
