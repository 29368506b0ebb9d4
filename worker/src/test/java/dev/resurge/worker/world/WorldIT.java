package dev.resurge.worker.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorldIT {
  @Test
  void aWorldIsWholeAndGoesWithoutATrace() {
    var world = World.startWithWorkerApart();
    try (world) {
      world.assertSettled(world.live());
      world.holdRenames();
      assertThat(Processes.naming(world.system())).hasSizeGreaterThan(2);
    }

    assertThat(Processes.naming(world.system())).isEmpty();
    assertThat(Machine.shared().databases(world.system())).isEmpty();
    assertThat(world.store().getParent()).doesNotExist();
  }
}
