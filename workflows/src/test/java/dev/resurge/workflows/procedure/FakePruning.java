package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.PruneActivities;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.TargetIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pruning part of a {@link FakeWorld}: fates, leftovers and copies are what a test says. */
final class FakePruning implements PruneActivities {
  final List<SetFate> fates = new CopyOnWriteArrayList<>();
  final List<SetId> removed = new CopyOnWriteArrayList<>();
  final Map<SetId, String> clings = new ConcurrentHashMap<>();
  final List<ExpiredCopy> expired = new CopyOnWriteArrayList<>();
  volatile int more;
  private final FakeWorld world;

  FakePruning(FakeWorld world) {
    this.world = world;
  }

  /** A set and its fate; ids of later ones are greater. */
  SetFate fate(boolean stays) {
    var set = SetId.of(Instant.EPOCH.plusSeconds(fates.size()), "aa");
    var fate =
        new SetFate(
            set,
            stays,
            "manual",
            Optional.of(Instant.EPOCH),
            new ByteSize(5),
            List.of("because"),
            List.of());
    fates.addFirst(fate);
    return fate;
  }

  /** A copy that was kept long enough. */
  Retained copy(String component, RunId run, Optional<SetId> capturedIn) {
    var copy =
        new Retained(
            component,
            component + "-retained",
            new TargetIdentity("fake-" + component),
            "replaced",
            run,
            new ByteSize(1));
    expired.add(new ExpiredCopy(copy, capturedIn));
    return copy;
  }

  @Override
  public Fates decideFates(Run run) {
    world.called("decideFates");
    var staying = (int) fates.stream().filter(SetFate::stays).count();
    return new Fates(fates, staying, more);
  }

  @Override
  public Optional<String> removeSet(Run run, SetFate fate) {
    world.called("removeSet " + fate.set());
    if (clings.containsKey(fate.set())) {
      return Optional.of(clings.get(fate.set()));
    }
    removed.add(fate.set());
    return Optional.empty();
  }

  @Override
  public Swept sweepLeftovers(Run run, boolean pretend) {
    world.called(pretend ? "look for leftovers" : "sweepLeftovers");
    return new Swept(
        List.of(new SetId("20261101T020000Z-dead")),
        2,
        List.of(
            new AbandonedCopy(
                "files", new RunId("20261101T020000Z-restore-dead"), ".library.resurge-dead")),
        List.of("what lies under x is left alone"));
  }

  @Override
  public Expired expiredCopies(Run run) {
    world.called("expiredCopies");
    return new Expired(expired, List.of("y is kept for another 3 d 0 h"));
  }
}
