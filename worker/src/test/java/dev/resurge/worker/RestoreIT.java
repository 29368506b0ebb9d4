package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import org.junit.jupiter.api.Test;

/** Whole restores against real parts: however a run ends, all components hold the same data. */
class RestoreIT {
  @Test
  void whatWasDamagedIsRestoredAndTheDamagedDataIsKept() {
    try (var world = World.start()) {
      var good = world.live();
      var set = world.backup();
      world.damage();
      var damaged = world.live();

      var evidence = world.expect(Verdict.PASS, world.runs().restore().approve());

      world.assertSettled(good);
      assertThat(evidence.set().orElseThrow().set()).isEqualTo(set);
      assertThat(world.archive().sets())
          .extracting(s -> s.kind())
          .containsExactlyInAnyOrder(SetKind.MANUAL, SetKind.SAFETY);
      assertThat(world.kept(evidence.retained())).isEqualTo(damaged);
    }
  }
}
