package dev.resurge.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final Instant SECOND = Instant.parse("2026-11-21T02:00:00Z");

  /** A backup and the next one can be of the same second; the newest is still the later one. */
  @Test
  void setsSortByTheMillisecondOfTheirStart() {
    var ids = LongStream.range(0, 1001).mapToObj(millis -> id(millis, "zz")).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(id(7, "zz")).isLessThan(id(8, "aa"));
    assertThat(ids.getFirst()).isEqualTo(new SetId("20261121T020000Z-00zz"));
    assertThat(ids.get(999)).isEqualTo(new SetId("20261121T020000Z-rrzz"));
  }

  @Test
  void aSetsNameSaysWhenItWasBegun() {
    assertThat(id(999, "aa").begun()).contains(SECOND);
  }

  @Test
  void runsOfOneProcedureSortByTheMillisecondOfTheirStart() {
    var first = RunId.of(SECOND.plusMillis(35), Procedure.RESTORE, "zz");
    var second = RunId.of(SECOND.plusMillis(36), Procedure.RESTORE, "aa");

    assertThat(List.of(first, second)).isSorted();
    assertThat(second).isEqualTo(new RunId("20261121T020000Z-restore-10aa"));
    assertThat(second.started()).isEqualTo(SECOND);
  }

  private static SetId id(long millis, String random) {
    return SetId.of(SECOND.plusMillis(millis), random);
  }
}
