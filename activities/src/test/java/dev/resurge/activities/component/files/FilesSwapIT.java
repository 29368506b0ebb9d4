package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Swaps real directories, from every state that a swap can be found in. */
class FilesSwapIT {
  private static final Owner OWNER = new Owner("library", "i-1");

  /** In order: what bears the live, staged, retained and rejected name. */
  private static final Map<SwapState, String> BEARERS =
      new EnumMap<>(
          Map.of(
              SwapState.BEFORE, "ON--",
              SwapState.EXCHANGED, "NO--",
              SwapState.LIVE_AWAY, "-NO-",
              SwapState.AFTER, "N-O-",
              SwapState.EXCHANGED_BACK, "O-N-",
              SwapState.COPY_AWAY, "--ON",
              SwapState.BACK, "O--N"));

  @TempDir Path root;

  static Stream<SwapState> replacing() {
    return BEARERS.keySet().stream();
  }

  static Stream<Arguments> statesAndMethods() {
    return BEARERS.keySet().stream()
        .flatMap(
            state -> Stream.of(Renames.Method.values()).map(method -> Arguments.of(state, method)));
  }

  @ParameterizedTest(name = "from {0} by {1}")
  @MethodSource("statesAndMethods")
  void cutOverGoesOnFromEveryStateButARejectedOne(SwapState state, Renames.Method method)
      throws IOException {
    try (var lab = swappable(method)) {
      var swap = lab.readyToSwap();
      arrange(swap, BEARERS.get(state));

      if (state == SwapState.BACK) {
        assertThatThrownBy(() -> lab.driver.cutOver(lab.attempt, lab.component, swap))
            .hasMessageContaining("never used again");
        return;
      }
      lab.driver.cutOver(lab.attempt, lab.component, swap);
      lab.driver.cutOver(lab.attempt, lab.component, swap);

      assertThat(lab.driver.position(lab.attempt, lab.component, swap)).isEqualTo(Position.AFTER);
      assertThat(Files.readString(lab.live.resolve("f"))).isEqualTo("set");
      assertThat(Files.readString(Path.of(swap.retainedName()).resolve("f"))).isEqualTo("newer");
      assertThat(lab.siblings()).hasSize(2);
    }
  }

  @ParameterizedTest(name = "from {0} by {1}")
  @MethodSource("statesAndMethods")
  void swapBackBringsTheOldDataBackFromEveryState(SwapState state, Renames.Method method)
      throws IOException {
    try (var lab = swappable(method)) {
      var swap = lab.readyToSwap();
      arrange(swap, BEARERS.get(state));

      lab.driver.swapBack(lab.attempt, lab.component, swap);
      lab.driver.swapBack(lab.attempt, lab.component, swap);

      assertThat(lab.driver.position(lab.attempt, lab.component, swap))
          .isIn(Position.BEFORE, Position.BACK);
      assertThat(Files.readString(lab.live.resolve("f"))).isEqualTo("newer");
      assertThat(lab.siblings()).hasSize(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replacing")
  void everyStateIsRecognised(SwapState state) throws IOException {
    try (var lab = swappable(Renames.Method.EXCHANGE)) {
      var swap = lab.readyToSwap();
      arrange(swap, BEARERS.get(state));

      assertThat(lab.driver.position(lab.attempt, lab.component, swap)).isEqualTo(state.position());
    }
  }

  @ParameterizedTest(name = "from {0}")
  @EnumSource(names = {"BEFORE", "EXCHANGED", "LIVE_AWAY"})
  void aLateAttemptDoesNotSwapAfterTheRunHasGoneBack(SwapState state) throws IOException {
    try (var lab = swappable(Renames.Method.EXCHANGE)) {
      var swap = lab.readyToSwap();
      arrange(swap, BEARERS.get(state));
      var zombie = new TestAttempt(lab.attempt.run());

      lab.driver.swapBack(lab.attempt, lab.component, swap);
      assertThatThrownBy(() -> lab.driver.cutOver(zombie, lab.component, swap))
          .isInstanceOfSatisfying(
              ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED))
          .hasMessageContaining("gone back");

      assertThat(lab.driver.position(lab.attempt, lab.component, swap)).isEqualTo(Position.BEFORE);
      lab.driver.discard(lab.attempt, lab.component);
      assertThat(lab.siblings()).containsExactly("documents");
    }
  }

  @Test
  void aForeignDirectoryUnderAnyNameMeansChangedAndNothingIsTouched() throws IOException {
    try (var lab = swappable(Renames.Method.EXCHANGE)) {
      var swap = lab.readyToSwap();
      Files.createDirectory(Path.of(swap.retainedName()));

      assertThat(lab.driver.position(lab.attempt, lab.component, swap)).isEqualTo(Position.CHANGED);
      for (Runnable move :
          new Runnable[] {
            () -> lab.driver.cutOver(lab.attempt, lab.component, swap),
            () -> lab.driver.swapBack(lab.attempt, lab.component, swap),
            () -> lab.driver.retain(lab.attempt, lab.component, OWNER, swap)
          }) {
        assertThatThrownBy(move::run)
            .isInstanceOfSatisfying(
                ResurgeException.class,
                e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED))
            .hasMessageContaining(swap.retainedName());
      }
      assertThat(Files.readString(lab.live.resolve("f"))).isEqualTo("newer");
      assertThat(lab.siblings()).hasSize(3);
    }
  }

  @Test
  void aLiveDirectoryThatWasReplacedMeansChanged() throws IOException {
    try (var lab = swappable(Renames.Method.EXCHANGE)) {
      var swap = lab.readyToSwap();
      Files.move(lab.live, root.resolve("elsewhere"));
      Files.createDirectory(lab.live);

      assertThat(lab.driver.position(lab.attempt, lab.component, swap)).isEqualTo(Position.CHANGED);
      assertThat(lab.driver.describeWorld(lab.attempt, lab.component, swap))
          .contains(
              swap.live().orElseThrow().value(), swap.liveName(), "directory files-" + Lab.MACHINE);
    }
  }

  @Test
  void aSwapOfAnotherDirectoryThanTheRunbooksIsRefused() throws IOException {
    try (var lab = swappable(Renames.Method.EXCHANGE)) {
      var swap = lab.readyToSwap();
      var other =
          new Swap(
              swap.component(),
              root.resolve("srv/other").toString(),
              swap.live(),
              swap.predecessor(),
              swap.stagedName(),
              swap.staged(),
              swap.retainedName(),
              swap.rejectedName());

      assertThatThrownBy(() -> lab.driver.cutOver(lab.attempt, lab.component, other))
          .hasMessageContaining("the runbook says " + lab.live);
    }
  }

  @Test
  void whatAnOpenFileStillGetsIsInTheRetainedCopy() throws IOException {
    try (var lab = swappable(Renames.Method.EXCHANGE);
        var late = Files.newOutputStream(lab.live.resolve("late"), StandardOpenOption.CREATE)) {
      var swap = lab.readyToSwap();

      lab.driver.cutOver(lab.attempt, lab.component, swap);
      late.write('!');
      late.flush();

      assertThat(Path.of(swap.retainedName()).resolve("late")).hasContent("!");
      assertThat(lab.live.resolve("late")).hasContent("");
    }
  }

  @Test
  void retainedAndRejectedCopiesAreMarkedAndListed() throws IOException {
    try (var lab = swappable(Renames.Method.EXCHANGE)) {
      lab.driver.mark(lab.attempt, lab.component, OWNER);
      var swap = lab.readyToSwap();
      lab.driver.cutOver(lab.attempt, lab.component, swap);
      assertThat(lab.driver.retained(lab.attempt, lab.component)).isEmpty();

      var retained = lab.driver.retain(lab.attempt, lab.component, OWNER, swap).orElseThrow();
      assertThat(lab.driver.retain(lab.attempt, lab.component, OWNER, swap)).contains(retained);

      assertThat(Optional.of(retained.identity())).isEqualTo(swap.live());
      assertThat(retained.why()).isEqualTo("replaced");
      assertThat(retained.size().bytes()).isPositive();
      assertThat(lab.driver.retained(lab.attempt, lab.component)).containsExactly(retained);
      assertThat(new Markers().owner(lab.live)).contains(OWNER);
      assertThat(new Markers().staged(lab.live)).isEmpty();
      var copy = new dev.resurge.workflows.runbook.Component.Files("old", retained.name());
      assertThat(lab.driver.capture(lab.attempt, copy, new DirectorySet(root.resolve("2"), true)))
          .satisfies(m -> assertThat(Optional.of(m.target())).isEqualTo(swap.live()));
    }
  }

  @Test
  void aRejectedCopyIsKeptAndNeitherReusedNorDiscarded() throws IOException {
    try (var lab = swappable(Renames.Method.EXCHANGE)) {
      var swap = lab.readyToSwap();
      lab.driver.cutOver(lab.attempt, lab.component, swap);
      Files.writeString(lab.live.resolve("written-while-live"), "1");

      lab.driver.swapBack(lab.attempt, lab.component, swap);
      lab.driver.discard(lab.attempt, lab.component);

      assertThat(lab.driver.position(lab.attempt, lab.component, swap)).isEqualTo(Position.BACK);
      assertThat(lab.driver.retained(lab.attempt, lab.component))
          .singleElement()
          .satisfies(kept -> {
            assertThat(kept.why()).isEqualTo("rejected");
            assertThat(kept.identity()).isEqualTo(swap.staged());
            assertThat(Path.of(kept.name()).resolve("written-while-live")).hasContent("1");
          });
    }
  }

  @Test
  void oldDataThatBearsTheStagedNameHalfwayIsNeverDiscardedEvenIfItIsEmpty() throws IOException {
    try (var lab = new Lab(root)) {
      lab.driver.mark(lab.attempt, lab.component, OWNER);
      var swap = lab.readyToSwap();
      arrange(swap, BEARERS.get(SwapState.EXCHANGED));

      lab.driver.discard(lab.attempt, lab.component);

      assertThat(Path.of(swap.stagedName())).isDirectory();
      lab.driver.swapBack(lab.attempt, lab.component, swap);
      assertThat(new Markers().owner(lab.live)).contains(OWNER);
    }
  }

  @Test
  void whoeverHoldsTheLockIsWaitedForAndThenReported() throws IOException {
    var system = new NativeCalls();
    var held = new DirectoryLock(system, Duration.ofMillis(100));
    held.during(
        root,
        () ->
            assertThatThrownBy(() -> held.during(root, () -> {}))
                .isInstanceOfSatisfying(
                    ResurgeException.class,
                    e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_BUSY)));
    var ran = new boolean[1];

    held.during(root, () -> ran[0] = true);

    assertThat(ran[0]).isTrue();
  }

  @Test
  void aRenameNeverReplacesEvenAnEmptyDirectory() throws IOException {
    var from = Files.createDirectory(root.resolve("from"));
    var to = Files.createDirectory(root.resolve("to"));

    assertThatThrownBy(
            () -> new Renames(new NativeCalls(), Renames.Method.EXCHANGE).rename(from, to))
        .hasMessageContaining("taken");
    assertThat(from).isDirectory();
  }

  /** A set whose file says "set", of a directory that says "newer" by now. */
  private Lab swappable(Renames.Method method) throws IOException {
    var lab =
        new Lab(root, method) {
          @Override
          Swap readyToSwap() {
            var swap = super.readyToSwap();
            write(live.resolve("f"), "newer");
            return swap;
          }
        };
    write(lab.live.resolve("f"), "set");
    return lab;
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Brings about a state from BEFORE by plain renames. */
  private void arrange(Swap swap, String bearers) throws IOException {
    var names =
        new String[] {swap.liveName(), swap.stagedName(), swap.retainedName(), swap.rejectedName()};
    var old = Files.move(Path.of(swap.liveName()), root.resolve("srv/old"));
    var copy = Files.move(Path.of(swap.stagedName()), root.resolve("srv/copy"));
    Files.move(old, Path.of(names[bearers.indexOf('O')]));
    Files.move(copy, Path.of(names[bearers.indexOf('N')]));
  }
}
