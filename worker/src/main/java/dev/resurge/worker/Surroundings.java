package dev.resurge.worker;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.workflows.runbook.Store;
import io.temporal.common.interceptors.WorkerInterceptor;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * What a worker takes from around it. There is one of production; tests have clocks that are wrong,
 * stores that are slow, versions that are newer, and look on between the steps.
 *
 * @param clock the wall clock
 * @param stores opens the store that a runbook names
 * @param onlookers are told of every step, after failures have become Temporal's
 * @param version of the worker, as evidence names it
 */
public record Surroundings(
    Clock clock,
    Function<Store, ArtifactStore> stores,
    List<WorkerInterceptor> onlookers,
    String version) {
  public Surroundings {
    onlookers = List.copyOf(onlookers);
  }

  /** Those of production. */
  public static Surroundings real() {
    return new Surroundings(Clock.systemUTC(), ArtifactStores::open, List.of(), versionOfTheJar());
  }

  private static String versionOfTheJar() {
    var version = Surroundings.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
