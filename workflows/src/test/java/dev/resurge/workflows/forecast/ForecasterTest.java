package dev.resurge.workflows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Expected;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  private static final List<String> COMPONENTS = List.of("database", "files");

  private static Pace pace(String what, int... seconds) {
    return new Pace(
        what,
        Arrays.stream(seconds)
            .mapToObj(s -> new Sample(Duration.ofSeconds(s), new ByteSize(0)))
            .toList());
  }

  private static Paces paces(Pace... steps) {
    return new Paces(List.of(steps), pace("swap", 2, 2), pace("overwrite", 600));
  }

  private static Forecast forecast(Paces paces) {
    return new Forecaster(paces, COMPONENTS, Optional.empty())
        .capture("safety backup")
        .copies("copies")
        .swap("downtime")
        .forecast();
  }

  private static List<String> words(Forecast forecast) {
    return forecast.legs().stream().map(leg -> leg.what() + " " + leg.range()).toList();
  }

  @Test
  void copiesAreBuiltAtOnceAndVerifiedOneAfterTheOther() {
    var legs =
        forecast(
            paces(
                pace("stage database", 100, 100),
                pace("stage files", 60, 60),
                pace("verify staged copy database", 10, 10),
                pace("verify staged copy files", 5, 5),
                pace("check staged copies", 1, 1)));

    // (100 beside 60) + 10 + 5 + 1, a quarter to both sides
    assertThat(legs.legs().getFirst())
        .isEqualTo(new Expected("copies", Duration.ofSeconds(87), Duration.ofSeconds(145), 2));
    assertThat(words(legs)).containsExactly("copies 87 s to 3 min", "downtime 1 to 3 s");
  }

  @Test
  void whereOneComponentWasNeverDoneTheStretchIsNotGuessed() {
    assertThat(words(forecast(paces(pace("capture database", 30), pace("stage files", 60)))))
        .containsExactly("downtime 1 to 3 s");
  }

  @Test
  void aRangeIsAsSureAsItsLeastSurePart() {
    var legs = forecast(paces(pace("capture database", 8, 8, 8), pace("capture files", 4)));

    assertThat(legs.legs().getFirst().runs()).isEqualTo(1);
  }

  @Test
  void aStepUnderWayIsToldWhatItTakesAndOneThatIsOverIsNot() {
    var forecast = forecast(paces(pace("stage database", 100, 100)));

    assertThat(forecast.of(step(Step.Outcome.RUNNING)).map(Expected::range))
        .contains("75 s to 3 min");
    assertThat(forecast.of(step(Step.Outcome.DONE))).isEmpty();
  }

  private static Step step(Step.Outcome outcome) {
    return new Step(
        "stage",
        Optional.of("database"),
        Instant.EPOCH,
        Optional.empty(),
        1,
        outcome,
        Optional.empty());
  }
}
