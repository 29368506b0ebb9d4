package dev.resurge.activities.store;

import static dev.resurge.activities.store.StoreWorld.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetClaimsTest {
  private static final SetId SET = new SetId("20261121T020000Z-k3f9");
  private static final RunId ONE = new RunId("20261121T031500Z-restore-7f2c");
  private static final RunId TWO = new RunId("20261121T031500Z-verify-0001");
  private static final Instant NOW = Instant.parse("2026-11-21T03:15:00Z");

  @TempDir Path folder;
  private StoreWorld world;
  private SetClaims claims;

  @BeforeEach
  void build() {
    world = new StoreWorld(folder);
    claims = new SetClaims(world.store, StoreWorld.SYSTEM);
    world.commit(SET.value(), SetKind.MANUAL);
  }

  @Test
  void aClaimHoldsUntilItExpiresOrIsReleased() {
    claims.claim(SET, ONE, NOW.plusSeconds(10));
    claims.claim(SET, TWO, NOW.plusSeconds(20));

    assertThat(claims.active(SET, NOW)).extracting(SetClaims.Claim::run).containsExactly(ONE, TWO);
    assertThat(claims.active(SET, NOW.plusSeconds(10)))
        .extracting(SetClaims.Claim::run)
        .containsExactly(TWO);

    claims.release(SET, TWO);
    claims.release(SET, TWO);

    assertThat(claims.active(SET, NOW.plusSeconds(10))).isEmpty();
  }

  @Test
  void claimingAgainRenews() {
    claims.claim(SET, ONE, NOW.plusSeconds(10));
    claims.claim(SET, ONE, NOW.plusSeconds(30));

    assertThat(claims.active(SET, NOW.plusSeconds(20))).hasSize(1);
  }

  @Test
  void aClaimThatCannotBeReadIsNotTakenForNone() throws IOException {
    claims.claim(SET, ONE, NOW.plusSeconds(10));
    var file = world.file(StoreWorld.SYSTEM + "/claims/" + SET + "/" + ONE + ".json");
    for (var text : new String[] {"{", "{}"}) {
      Files.writeString(file, text);
      failure(ErrorType.SET_CORRUPT, () -> claims.active(SET, NOW));
    }
  }

  @Test
  void whatIsNotThereCannotBeClaimed() {
    var gone = new SetId("20261120T020000Z-gone");

    failure(ErrorType.SET_UNKNOWN, () -> claims.claim(gone, ONE, NOW.plusSeconds(10)));

    assertThat(claims.active(gone, NOW)).isEmpty();
  }

  @Test
  void aSetThatIsBeingRemovedCannotBeClaimed() throws IOException {
    Files.writeString(world.inSet(SET.value(), "removing.json"), "{}");
    var impatient = new SetClaims(world.store, StoreWorld.SYSTEM, Duration.ofMillis(1));

    var thrown =
        failure(ErrorType.TARGET_BUSY, () -> impatient.claim(SET, ONE, NOW.plusSeconds(10)));

    assertThat(thrown).hasMessageContaining("removing.json");
    assertThat(claims.active(SET, NOW)).isEmpty();
  }

  @Test
  void claimsThatExpiredLongAgoAreSwept() throws IOException {
    claims.claim(SET, ONE, NOW.plusSeconds(10));
    claims.claim(SET, TWO, NOW.plusSeconds(11));
    var unreadable = world.file(StoreWorld.SYSTEM + "/claims/" + SET + "/x.json");
    Files.writeString(unreadable, "{");

    assertThat(claims.sweep(NOW.plusSeconds(10), false)).isZero();
    assertThat(claims.sweep(NOW.plusSeconds(11), true)).isEqualTo(1);
    assertThat(claims.sweep(NOW.plusSeconds(11), false)).isEqualTo(1);
    Files.delete(unreadable);
    assertThat(claims.active(SET, NOW)).extracting(SetClaims.Claim::run).containsExactly(TWO);
  }

  @Test
  void claimsOfInterruptedRunsAreGivenUpOnceTheyHaveExpired() {
    claims.claim(SET, ONE, NOW.plusSeconds(10));
    claims.claim(SET, TWO, NOW.plusSeconds(11));
    var other = new RunId("20261121T031500Z-drill-7f2c");
    claims.claim(SET, other, NOW.plusSeconds(10));

    claims.releaseExpired(List.of(ONE, TWO), NOW.plusSeconds(10));

    assertThat(claims.active(SET, NOW))
        .extracting(SetClaims.Claim::run)
        .containsExactlyInAnyOrder(TWO, other);
  }

  /** What an interrupted recovery left is found by its claim, however old that is. */
  @Test
  void claimsOfRecoveriesAndDrillsAreLeft() {
    var recover = new RunId("20261121T031500Z-recover-7f2c");
    var drill = new RunId("20261121T031500Z-drill-7f2c");
    claims.claim(SET, recover, NOW.plusSeconds(10));
    claims.claim(SET, drill, NOW.plusSeconds(10));
    claims.claim(SET, ONE, NOW.plusSeconds(10));

    assertThat(claims.sweep(NOW.plusSeconds(60), false)).isEqualTo(1);

    assertThat(claims.active(SET, NOW))
        .extracting(SetClaims.Claim::run)
        .containsExactlyInAnyOrder(recover, drill);
  }
}
