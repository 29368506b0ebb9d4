package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StagingNamesTest {
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");

  @Test
  void shortNamesAreKeptAsTheyAre() {
    assertThat(StagingNames.staged("app", RUN, "abcd1234")).isEqualTo("app_rs7f2c_abcd1234");
    assertThat(StagingNames.retained("app", RUN, Set.of())).isEqualTo("app_retained_7f2c");
    assertThat(StagingNames.rejected("app", RUN, Set.of())).isEqualTo("app_rejected_7f2c");
    assertThat(StagingNames.side(RUN, Set.of())).isEqualTo("restored_7f2c");
    assertThat(StagingNames.side(RUN, Set.of("restored_7f2c"))).isEqualTo("restored_7f2c_2");
    assertThat(StagingNames.like("author", Set.of())).isEqualTo("author");
  }

  @Test
  void longNamesAreCutBetweenCharactersAndFitIntoSixtyThreeBytes() {
    for (int length = 1; length <= 31; length++) {
      for (var letter : new String[] {"a", "é", "日", "𝄞"}) {
        var name = letter.repeat(Math.min(length * 2, 63 / bytes(letter)));
        for (var made :
            new String[] {
              StagingNames.staged(name, RUN, "abcd1234"),
              StagingNames.retained(name, RUN, Set.of()),
              StagingNames.rejected(name, RUN, Set.of()),
              StagingNames.like(name, Set.of(name))
            }) {
          assertThat(bytes(made)).as(made).isLessThanOrEqualTo(63);
          assertThat(made).doesNotContain("?").doesNotContain("\uFFFD");
        }
      }
    }
  }

  @Test
  void twoLongNamesWithTheSameBeginningDoNotBecomeOne() {
    var first = "a".repeat(60) + "1";
    var second = "a".repeat(60) + "2";

    assertThat(StagingNames.retained(first, RUN, Set.of()))
        .isNotEqualTo(StagingNames.retained(second, RUN, Set.of()));
    assertThat(StagingNames.stagedPrefix(first, RUN))
        .isNotEqualTo(StagingNames.stagedPrefix(second, RUN));
  }

  @Test
  void aNameThatIsTakenIsCounted() {
    assertThat(
            StagingNames.retained("app", RUN, Set.of("app_retained_7f2c", "app_retained_7f2c_2")))
        .isEqualTo("app_retained_7f2c_3");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
