package dev.resurge.workflows.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Reading(Duration took, Optional<String> by, Instant at, List<Integer> values) {}

  private record Sorted(String zebra, String ant) {}

  @Test
  void equalValuesGiveEqualTextWhateverTheOrderOfTheirKeys() {
    var inner = new LinkedHashMap<String, Object>();
    inner.put("b", new Sorted("z", "a"));
    inner.put("a", List.of(2, 1));
    var outer = new LinkedHashMap<String, Object>();
    outer.put("y", inner);
    outer.put("x", 1);

    assertThat(Json.canonical(outer))
        .isEqualTo("{\"x\":1,\"y\":{\"a\":[2,1],\"b\":{\"ant\":\"a\",\"zebra\":\"z\"}}}")
        .isEqualTo(
            Json.canonical(
                Map.of("x", 1, "y", Map.of("a", List.of(2, 1), "b", new Sorted("z", "a")))));
  }

  @Test
  void filesAreIndentedSortedAndEndWithANewline() {
    assertThat(new String(Json.pretty(new Sorted("ü", "a")), UTF_8))
        .isEqualTo("{\n  \"ant\" : \"a\",\n  \"zebra\" : \"ü\"\n}\n");
  }

  @Test
  void durationsAndMomentsAreWrittenForPeopleAndReadAgain() throws JsonProcessingException {
    var reading =
        new Reading(
            Duration.ofMinutes(90),
            Optional.empty(),
            Instant.parse("2026-11-21T03:15:00Z"),
            List.of(1));
    var text = Json.canonical(reading);

    assertThat(text)
        .isEqualTo(
            "{\"at\":\"2026-11-21T03:15:00Z\",\"by\":null,\"took\":\"1h30m\",\"values\":[1]}");
    assertThat(Json.mapper().readValue(text, Reading.class)).isEqualTo(reading);
    assertThatThrownBy(() -> Json.mapper().readValue("\"soon\"", Duration.class))
        .hasMessageContaining("'soon' is no duration");
  }

  @Test
  void digestsAreThoseOfOtherTools() {
    // printf 'größer' | sha256sum
    assertThat(Json.sha256("größer"))
        .isEqualTo("45fbf6a67b5efa7dbcc0c0ccf6bdd7ce207300314c009282515896ea4cd7a4e6")
        .isEqualTo(Json.sha256("größer".getBytes(UTF_8)));
  }
}
