package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Holds a world's worker at a moment of a run, and notes which steps a run has. Worker and test
 * speak through files, for the worker may be a process, and one that is about to be killed.
 */
public final class Watch {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Path armed;
  private final Path reached;
  private final Path abandoned;
  private final Path notes;
  private final Map<String, Integer> times = new HashMap<>();

  /** The watch that is kept in that folder. */
  Watch(Path folder) {
    Trees.folder(folder);
    armed = folder.resolve("armed");
    reached = folder.resolve("reached");
    abandoned = folder.resolve("abandoned");
    notes = folder.resolve("notes");
  }

  /** A step of a run that was noted. */
  public record Noted(StepPoint step, Duration took) {}

  /** Whoever comes to that moment waits there until {@link #release}. */
  public void arm(Moment moment) {
    try {
      Files.deleteIfExists(reached);
      var written = armed.resolveSibling("armed.new");
      Files.writeString(written, moment.line());
      Files.move(written, armed, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until somebody has come; false if the other condition came true first. */
  public boolean awaitReached(BooleanSupplier orThis) {
    if (!Poll.until(SOON, LOOK, () -> Files.exists(reached) || orThis.getAsBoolean())) {
      throw new AssertionError("nobody came to the armed moment");
    }
    return Files.exists(reached);
  }

  /** Lets go on who waits; the watch is over. */
  public void release() {
    delete(armed);
  }

  /** Who waits at the start of a step never begins it, as if it had been killed there. */
  public void abandon() {
    write(abandoned);
    release();
  }

  /** Notes all steps from now on. */
  public void note() {
    write(notes);
  }

  /** What was noted, in the order of their ends. */
  public List<Noted> noted() {
    try {
      return Files.readAllLines(notes).stream().map(Watch::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Noted parse(String line) {
    var moment = Moment.parse(line);
    return new Noted(moment.step(), moment.after());
  }

  /** In the worker: a step begins. Waits if this is the moment. */
  Visit begin(String workflow, String label) {
    var visit = visit(workflow, StepPoint.withoutIds(label));
    visit.wanted.ifPresent(moment -> {
      switch (moment.place()) {
        case START -> hold();
        case INSIDE -> Thread.ofVirtual().start(() -> reachAfter(moment.after()));
        case END -> {}
      }
    });
    return visit;
  }

  private synchronized Visit visit(String workflow, String label) {
    var watching = armed();
    if (watching.isEmpty() && !Files.exists(notes)) {
      times.clear();
      return new Visit(Optional.empty(), new StepPoint(workflow, label, 0));
    }
    var step = new StepPoint(workflow, label, times.merge(workflow + label, 1, Integer::sum));
    return new Visit(watching.filter(moment -> moment.step().equals(step)), step);
  }

  private Optional<Moment> armed() {
    try {
      return Optional.of(Moment.parse(Files.readString(armed)));
    } catch (IOException e) {
      return Optional.empty(); // nobody watches
    }
  }

  private void reachAfter(Duration time) {
    Poll.until(time, LOOK, () -> false);
    reach();
  }

  private void reach() {
    write(reached);
  }

  private void hold() {
    reach();
    Poll.until(SOON, LOOK, () -> !Files.exists(armed));
    if (Files.exists(abandoned)) {
      delete(abandoned);
      throw new IllegalStateException("abandoned by the test");
    }
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A step while it is done. */
  final class Visit {
    private final Optional<Moment> wanted;
    private final StepPoint step;
    private final long since = System.nanoTime();

    private Visit(Optional<Moment> wanted, StepPoint step) {
      this.wanted = wanted;
      this.step = step;
    }

    /** It has had its effect. Waits if this is the moment, or if it was over too soon for it. */
    void end() {
      var took = Duration.ofNanos(System.nanoTime() - since);
      if (step.time() > 0 && Files.exists(notes)) {
        append(new Moment(Moment.Place.END, step, took).line());
      }
      if (wanted.filter(moment -> moment.place() != Moment.Place.START).isPresent()) {
        hold();
      }
    }
  }

  private synchronized void append(String line) {
    try {
      Files.writeString(notes, line + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
