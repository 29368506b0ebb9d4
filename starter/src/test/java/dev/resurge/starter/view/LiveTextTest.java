package dev.resurge.starter.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.testing.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTextTest {
  private static List<String> draw(LiveText text, RunState state, int seconds) {
    return text.lines(state, Samples.BEGAN.plusSeconds(seconds), 80, "resurge");
  }

  @Test
  void drawsALinePerStepAndFitsEightyColumns() {
    var lines = draw(new LiveText(Style.PLAIN), Samples.transferring(120_000_000L, 20), 20);

    assertThat(String.join("\n", lines))
        .isEqualTo(
            """
            restore of library  20261121T031500Z-restore-7f2c                        20.0 s
              ✓ preflight                                                            1.0 s
              ✓ plan                    plan 7F2C-9A                                 1.0 s
              ✓ safety backup database                                              12.0 s
              ⠙ stage database          takes 2 to 5 min                             6.0 s
                  data-0: 120.0 MB of 1.0 GB\
            """
                .replace("120.0 MB", "120 MB"));
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
  }

  @Test
  void saysHowFastATransferIsAndHowLongItStillTakes() {
    var text = new LiveText(Style.PLAIN);
    draw(text, Samples.transferring(100_000_000L, 20), 20);

    var lines = draw(text, Samples.transferring(200_000_000L, 21), 21);

    assertThat(lines.getLast().strip()).isEqualTo("data-0: 200 MB of 1.0 GB, 100 MB/s, 8 s left");
  }

  @Test
  void saysThatNobodyWorksOnItAndHowToStartAWorker() {
    var lines = draw(new LiveText(Style.PLAIN), Samples.withoutWorker(RunState.Worker.MISSING), 5);

    assertThat(lines.getLast()).contains("no worker polls task queue resurge");
    assertThat(lines.getLast()).contains("./resurge worker");
  }

  @Test
  void coloursAreControlCodesOnlyWhereTheyAreWanted() {
    var state = Samples.transferring(1, 20);

    assertThat(String.join("", draw(new LiveText(new Style(true)), state, 20))).contains("\u001b[");
    assertThat(String.join("", draw(new LiveText(Style.PLAIN), state, 20)))
        .doesNotContain("\u001b");
  }

  @Test
  void aNarrowTerminalCutsDetailsNotTimes() {
    var at = Instant.parse("2026-11-21T03:15:20Z");
    var lines = new LiveText(Style.PLAIN).lines(Samples.transferring(1, 20), at, 40, "resurge");

    assertThat(lines.get(2)).endsWith("1.0 s");
    assertThat(lines.subList(1, 5)).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(46));
  }
}
