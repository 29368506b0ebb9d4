package dev.resurge.activities.store;

import static dev.resurge.activities.store.StoreWorld.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.TargetIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetClaimsTest {
  private static final Owner OURS = new Owner("paperless", "host1");
  private static final Owner THEIRS = new Owner("paperless", "host2");
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");

  @TempDir Path folder;
  private StoreWorld world;
  private TargetClaims claims;

  @BeforeEach
  void build() {
    world = new StoreWorld(folder);
    claims = new TargetClaims(world.store, InstantSource.fixed(StoreWorld.NOW));
  }

  @Test
  void theFirstOwnerHasItAndMayClaimAgain() {
    var first = claims.claim(target(1), OURS);

    assertThat(claims.claim(target(1), OURS)).isEqualTo(first);
    assertThat(claims.owner(target(1))).contains(first);
    assertThat(claims.owner(target(2))).isEmpty();
    assertThat(world.file("targets/postgres-1")).exists();
  }

  @Test
  void anotherOwnerIsRefusedWithTheFirstOnesName() {
    claims.claim(target(1), OURS);

    var thrown = failure(ErrorType.TARGET_OWNED, () -> claims.claim(target(1), THEIRS));
    assertThat(thrown)
        .hasMessageContaining("postgres-1 belongs to system paperless of installation host1")
        .hasMessageContaining("not to system paperless of installation host2");
    failure(ErrorType.TARGET_OWNED, () -> claims.claimHeir(target(1), target(2), THEIRS, RUN));
    assertThat(claims.owner(target(1)).orElseThrow().owner()).isEqualTo(OURS);
  }

  @Test
  void ofManyOwnersThatClaimAtOnceExactlyOneWins() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        var target = target(round);
        var start = new CountDownLatch(1);
        var racers = new ArrayList<Future<Boolean>>();
        for (int racer = 0; racer < 6; racer++) {
          var owner = new Owner("system" + racer, "host");
          Callable<Boolean> run =
              () -> {
                start.await();
                try {
                  return claims.claim(target, owner).owner().equals(owner);
                } catch (ResurgeException e) {
                  Assertions.assertThat(e.type()).isEqualTo(ErrorType.TARGET_OWNED);
                  return false;
                }
              };
          racers.add(threads.submit(run));
        }
        start.countDown();
        int winners = 0;
        for (var racer : racers) {
          winners += racer.get() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
      }
    }
  }

  @Test
  void anHeirDescendsFromAllItsPredecessorsAndFromNobodyElse() {
    claims.claim(target(1), OURS);
    claims.claimHeir(target(2), target(1), OURS, RUN);
    claims.claimHeir(target(3), target(2), OURS, RUN);

    assertThat(claims.descends(target(3), target(1))).isTrue();
    assertThat(claims.descends(target(2), target(2))).isTrue();
    assertThat(claims.descends(target(1), target(3))).isFalse();
    assertThat(claims.descends(target(3), target(9))).isFalse();
    assertThat(claims.owner(target(3)).orElseThrow().heirOf()).containsExactly(target(2));
  }

  @Test
  void aTargetClaimedBeforeItIsKnownToBeAnHeirBecomesOne() {
    claims.claim(target(2), OURS);

    claims.claimHeir(target(2), target(1), OURS, RUN);
    claims.claimHeir(target(2), target(1), OURS, RUN);

    assertThat(claims.owner(target(2)).orElseThrow().heirOf()).containsExactly(target(1));
  }

  @Test
  void anIdentityThatIsUsedAgainKeepsItsAncestorsAndMakesNoEndlessSearch() {
    // an inode freed and given again: 1 -> 2 -> 1
    claims.claim(target(1), OURS);
    claims.claimHeir(target(2), target(1), OURS, RUN);
    claims.claimHeir(target(1), target(2), OURS, RUN);
    claims.claimHeir(target(1), target(1), OURS, RUN);

    Assertions.assertThatCode(() ->
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                  assertThat(claims.descends(target(1), target(2))).isTrue();
                  assertThat(claims.descends(target(2), target(1))).isTrue();
                  assertThat(claims.descends(target(2), target(9))).isFalse();
                }))
        .doesNotThrowAnyException();
  }

  private static TargetIdentity target(int number) {
    return new TargetIdentity("postgres-" + number);
  }
}
