package dev.resurge.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");
  private static final RunId OTHER_RUN = new RunId("20261121T041500Z-restore-8a3d");
  private static final SetId SET = new SetId("20261121T020000Z-k3f9");

  @Test
  void aCodeIsSixHexDigitsBoundToRunDigestAndNonce() {
    var code = Plan.codeOf(RUN, "digest", "nonce");

    // printf '20261121T031500Z-restore-7f2c\ndigest\nnonce' | sha256sum
    assertThat(code).isEqualTo("e6a2b3");
    assertThat(Plan.codeOf(OTHER_RUN, "digest", "nonce")).isNotEqualTo(code);
    assertThat(Plan.codeOf(RUN, "another", "nonce")).isNotEqualTo(code);
    assertThat(Plan.codeOf(RUN, "digest", "another")).isNotEqualTo(code);
  }

  @Test
  void whoApprovedAVoidedPlanHasNotApprovedTheSameOneAgain() {
    var plan = plan(Strategy.SWAPPED);

    var again = plan.again("2");

    assertThat(again.code()).isEqualTo(Plan.codeOf(RUN, plan.digest(), "2"));
    assertThat(again).usingRecursiveComparison().ignoringFields("code").isEqualTo(plan);
  }

  @Test
  void moreAtStakeIsAnotherPlan() {
    var plan = plan(Strategy.SWAPPED);

    var more = plan.withWarning("the safety set failed", "2");

    assertThat(more.warnings()).containsExactly("the disk is slow", "the safety set failed");
    assertThat(more.digest())
        .isNotEqualTo(plan.digest())
        .isNotEqualTo(plan.withWarning("something else", "2").digest());
    assertThat(more.code()).isEqualTo(Plan.codeOf(RUN, more.digest(), "2"));
  }

  @Test
  void aRemarkBindsNobodyAndVoidsNoApproval() {
    var plan = plan(Strategy.SWAPPED);

    var said = plan.saying(List.of("nobody is on call"));

    assertThat(said.warnings()).containsExactly("the disk is slow", "nobody is on call");
    assertThat(said).usingRecursiveComparison().ignoringFields("warnings").isEqualTo(plan);
  }

  @Test
  void itIsInPlaceIfOneComponentIs() {
    assertThat(plan(Strategy.SWAPPED, Strategy.PLACED).inPlace()).isFalse();
    assertThat(plan(Strategy.SWAPPED, Strategy.IN_PLACE).inPlace()).isTrue();
  }

  @Test
  void itRebuildsIfNothingOfWhatItRestoresIsThere() {
    var there = component(Strategy.SWAPPED);
    var missing = component(Strategy.PLACED, Optional.empty());

    assertThat(plan(Optional.of(SET), Optional.empty(), List.of(missing)).rebuilds()).isTrue();
    assertThat(plan(Optional.of(SET), Optional.empty(), List.of(missing, there)).rebuilds())
        .isFalse();
  }

  @Test
  void itSaysWhatIsRestored() {
    assertThat(plan(Optional.of(SET), Optional.empty(), List.of()).source())
        .isEqualTo("set 20261121T020000Z-k3f9");
    assertThat(plan(Optional.empty(), Optional.of(OTHER_RUN), List.of()).source())
        .isEqualTo("what run 20261121T041500Z-restore-8a3d replaced");
    assertThat(plan(Optional.empty(), Optional.empty(), List.of()).source()).isEqualTo("nothing");
  }

  private static Plan plan(Strategy... strategies) {
    var components = List.of(strategies).stream().map(PlanTest::component).toList();
    return plan(Optional.of(SET), Optional.empty(), components);
  }

  private static Plan plan(
      Optional<SetId> set, Optional<RunId> fromRetained, List<Plan.ComponentPlan> components) {
    return new Plan(
        RUN,
        "library",
        set,
        fromRetained,
        "manifest",
        Instant.parse("2026-11-21T02:00:00Z"),
        Duration.ofMinutes(75),
        List.of("what was written since"),
        components,
        List.of("app"),
        List.of("books"),
        List.of("mail"),
        "1 of anybody",
        Duration.ofMinutes(5),
        List.of("the disk is slow"),
        "digest",
        "code");
  }

  private static Plan.ComponentPlan component(Strategy strategy) {
    return component(strategy, Optional.of(new TargetIdentity("postgres-1-2")));
  }

  private static Plan.ComponentPlan component(Strategy strategy, Optional<TargetIdentity> target) {
    return new Plan.ComponentPlan(
        "database",
        "postgres",
        "library",
        target,
        new TargetIdentity("postgres-1-2"),
        strategy,
        new ByteSize(1),
        new ByteSize(2));
  }
}
