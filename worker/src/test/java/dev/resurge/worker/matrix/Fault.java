package dev.resurge.worker.matrix;

import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What goes wrong, and how it is put right.
 *
 * @param name as the table has it
 * @param setting the world it can happen in
 * @param ready makes it possible, when all is prepared and the run is not asked for yet
 * @param strike does it
 * @param heal undoes it
 * @param afterwards what else is put in order when the run has ended
 * @param lasts until it heals by itself; empty if it stays until the run has asked for help
 */
record Fault(
    String name,
    UnaryOperator<Setting> setting,
    Consumer<World> ready,
    Consumer<World> strike,
    Consumer<World> heal,
    Consumer<World> afterwards,
    Optional<Duration> lasts) {
  /** It happens in a standard world and stays until the run asks for help. */
  static Fault of(String name, Consumer<World> strike, Consumer<World> heal) {
    return new Fault(name, same -> same, world -> {}, strike, heal, world -> {}, Optional.empty());
  }

  Fault in(UnaryOperator<Setting> world) {
    return new Fault(name, world, ready, strike, heal, afterwards, lasts);
  }

  Fault after(Consumer<World> readied) {
    return new Fault(name, setting, readied, strike, heal, afterwards, lasts);
  }

  /** It heals by itself after that time, or earlier if the run asks for help. */
  Fault lasting(Duration time) {
    return new Fault(name, setting, ready, strike, heal, afterwards, Optional.of(time));
  }

  Fault named(String other) {
    return new Fault(other, setting, ready, strike, heal, afterwards, lasts);
  }

  Fault afterwards(Consumer<World> tidy) {
    return new Fault(name, setting, ready, strike, heal, tidy, lasts);
  }

  /** With production's own waits. */
  Fault atProductionsPace() {
    return in(world -> setting.apply(world).with(Oddities.WATCHED));
  }
}
