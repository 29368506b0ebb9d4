package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Position;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bears the names live, staged, retained, rejected: O old data, N the copy, - nothing. */
class SwapStateTest {
  @ParameterizedTest(name = "{0}, old data: {1}, is {2}")
  @CsvSource({
    "ON--, true, BEFORE",
    "NO--, true, BETWEEN",
    "-NO-, true, BETWEEN",
    "N-O-, true, AFTER",
    "O-N-, true, BETWEEN",
    "--ON, true, BETWEEN",
    "O--N, true, BACK",
    "-N--, false, BEFORE",
    "N---, false, AFTER",
    "---N, false, BACK",
    "----, false, BACK",
  })
  void everyStateOfASwapHasItsPosition(String bearers, boolean replaces, Position position) {
    assertThat(SwapState.of(bearers, replaces).position()).isEqualTo(position);
  }

  @Test
  void anythingElseIsNoStateOfASwap() {
    var known = new ArrayList<String>();
    for (var bearers : all(4)) {
      for (var replaces : List.of(true, false)) {
        if (SwapState.of(bearers, replaces) != SwapState.CHANGED) {
          known.add(bearers + replaces);
        }
      }
    }
    assertThat(known)
        .containsExactlyInAnyOrder(
            "ON--true",
            "NO--true",
            "-NO-true",
            "N-O-true",
            "O-N-true",
            "--ONtrue",
            "O--Ntrue",
            "-N--false",
            "N---false",
            "---Nfalse",
            "----false");
    assertThat(SwapState.CHANGED.position()).isEqualTo(Position.CHANGED);
  }

  private static List<String> all(int names) {
    if (names == 0) {
      return List.of("");
    }
    return all(names - 1).stream()
        .flatMap(rest -> List.of("O", "N", "?", "-").stream().map(bearer -> bearer + rest))
        .toList();
  }
}
