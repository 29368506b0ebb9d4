package dev.resurge.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final RunId GONE = new RunId("20261121T031500Z-recover-7f2c");
  private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

  private static Run settling(Optional<String> store) {
    return new Run(
        RunId.of(NOW, Procedure.SETTLE, "k3"),
        Procedure.SETTLE,
        "library",
        "",
        "",
        new Person("alice", "cli", false),
        Optional.empty(),
        NOW,
        Optional.empty(),
        Scope.wholeFrom(store));
  }

  @Test
  void whoActsInThePlaceOfARunReadsTheStoreWhereItsJournalWasFound() {
    var its = new Scope(List.of("files"), Map.of(), List.of(), List.of(), Optional.of("/old"));

    var acting = settling(Optional.of("/new")).inPlaceOf(GONE, its);

    assertThat(acting.id()).isEqualTo(GONE);
    assertThat(acting.scope()).isEqualTo(its.from(Optional.of("/new")));
    assertThat(settling(Optional.empty()).inPlaceOf(GONE, its).scope().store()).isEmpty();
  }

  @Test
  void whatARunContinuesIsItsOwn() {
    var run = settling(Optional.empty()).continuing(List.of(GONE));

    assertThat(run.owned()).containsExactly(run.id(), GONE);
    assertThat(run.owns(GONE)).isTrue();
    assertThat(run.owns(new RunId("20261121T031500Z-recover-aaaa"))).isFalse();
  }
}
