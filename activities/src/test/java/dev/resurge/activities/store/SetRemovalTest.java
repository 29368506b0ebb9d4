package dev.resurge.activities.store;

import static dev.resurge.activities.store.StoreWorld.NOW;
import static dev.resurge.activities.store.StoreWorld.SYSTEM;
import static dev.resurge.activities.store.StoreWorld.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set is whole or not there, whatever comes in between, and never gone while it is claimed. */
class SetRemovalTest {
  private static final String ID = "20261120T020000Z-aaaa";
  private static final SetId SET = new SetId(ID);
  private static final RunId PRUNE = new RunId("20261121T020000Z-prune-7f2c");
  private static final RunId RESTORE = new RunId("20261121T020000Z-restore-7f2c");

  @TempDir Path folder;
  private StoreWorld world;

  @BeforeEach
  void build() {
    world = new StoreWorld(folder);
    world.commit(ID, SetKind.MANUAL);
  }

  private SetRemoval removal() {
    return removal(world.store, NOW);
  }

  private static SetRemoval removal(ArtifactStore store, Instant now) {
    return new SetRemoval(store, SYSTEM, InstantSource.fixed(now));
  }

  private SetClaims claims() {
    return new SetClaims(world.store, SYSTEM, Duration.ofMillis(1));
  }

  private boolean whole() {
    return world.sets.list(world.trust).stream().anyMatch(e -> e.unreadable().isEmpty());
  }

  /** Tells of every deletion before it is done. */
  private static final class Watched extends RecordingStore {
    private final List<String> deleted = new ArrayList<>();
    private final Consumer<String> before;

    Watched(ArtifactStore store, Consumer<String> before) {
      super(store);
      this.before = before;
    }

    @Override
    public void delete(String key) {
      before.accept(key.substring(key.lastIndexOf('/') + 1));
      deleted.add(key);
      super.delete(key);
    }

    @Override
    public void deleteAll(String prefix) {
      before.accept("all");
      list(prefix).forEach(entry -> deleted.add(entry.key()));
      super.deleteAll(prefix);
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void theManifestGoesFirstAndNothingIsLeft() {
    var store = new Watched(world.store, key -> {});

    assertThat(removal(store, NOW).remove(SET, PRUNE)).isEmpty();

    var set = SYSTEM + "/sets/" + ID + "/";
    assertThat(store.deleted).startsWith(set + "manifest.json", set + "manifest.sig");
    assertThat(store.deleted).last().isEqualTo(set + "removing.json");
    assertThat(world.inSet(ID, "")).doesNotExist();
  }

  @Test
  void removingWhatIsGoneDoesNothing() {
    removal().remove(SET, PRUNE);

    assertThat(removal().remove(SET, PRUNE)).isEmpty();
  }

  @Test
  void anotherSetIsNotTouched() {
    world.commit("20261121T020000Z-bbbb", SetKind.MANUAL);

    removal().remove(SET, PRUNE);

    assertThat(world.sets.latest(world.trust, List.of()).set().value())
        .isEqualTo("20261121T020000Z-bbbb");
    assertThat(world.inSet("20261121T020000Z-bbbb", "database")).exists();
  }

  @Test
  void aClaimedSetStaysWholeAndFree() {
    claims().claim(SET, RESTORE, NOW.plusSeconds(60));

    assertThat(removal().remove(SET, PRUNE))
        .contains("claimed by run " + RESTORE + " until 2026-11-21T02:01:00Z");

    assertThat(whole()).isTrue();
    assertThat(world.inSet(ID, "removing.json")).doesNotExist();
    claims().claim(SET, RESTORE, NOW.plusSeconds(90));
  }

  @Test
  void anExpiredClaimHoldsNothing() {
    claims().claim(SET, RESTORE, NOW);

    assertThat(removal().remove(SET, PRUNE)).isEmpty();

    assertThat(whole()).isFalse();
  }

  @Test
  void aClaimThatCannotBeReadHoldsTheSet() throws IOException {
    claims().claim(SET, RESTORE, NOW.plusSeconds(60));
    Files.writeString(world.file(SYSTEM + "/claims/" + SET + "/" + RESTORE + ".json"), "{");

    assertThat(removal().remove(SET, PRUNE).orElseThrow()).startsWith("perhaps claimed: ");

    assertThat(whole()).isTrue();
  }

  /** Whoever claims when the removal has looked for claims already sees its mark. */
  @Test
  void aClaimBetweenTheLookAndTheRemovalIsRefused() {
    var refused = new ArrayList<ErrorType>();
    var store =
        new Watched(
            world.store,
            key -> {
              if (key.equals("manifest.json")) {
                refused.add(
                    failure(
                            ErrorType.TARGET_BUSY,
                            () -> claims().claim(SET, RESTORE, NOW.plusSeconds(60)))
                        .type());
              }
            });

    assertThat(removal(store, NOW).remove(SET, PRUNE)).isEmpty();

    assertThat(refused).hasSize(1);
    failure(ErrorType.SET_UNKNOWN, () -> claims().claim(SET, RESTORE, NOW.plusSeconds(60)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "manifest.sig", "runbook.yaml", "RESTORE.md", "all"})
  void whereverARemovalIsKilledTheNextOneEndsIt(String step) {
    var dying =
        new Watched(
            world.store,
            key -> {
              if (key.equals(step)) {
                throw new Killed();
              }
            });
    assertThatThrownBy(() -> removal(dying, NOW).remove(SET, PRUNE)).isInstanceOf(Killed.class);

    if (step.equals("manifest.json")) {
      assertThat(whole()).isTrue();
      assertThat(removal().remove(SET, PRUNE)).isEmpty();
    } else {
      assertThat(whole()).isFalse();
      assertThat(removal().leftovers()).containsExactly(new SetRemoval.Leftover(SET, true));
      assertThat(removal().sweep(SET)).isTrue();
    }
    assertThat(world.inSet(ID, "")).doesNotExist();
    assertThat(removal().leftovers()).isEmpty();
  }

  @Test
  void aCaptureThatWasNotCommittedIsALeftoverAndNoRemoval() throws IOException {
    var crashed = new SetId("20261119T020000Z-cccc");
    world.artifact(crashed, StoreWorld.bytes("half"));
    Files.writeString(world.inSet(crashed.value(), "database/.tmp-1"), "half an object");

    assertThat(removal().leftovers()).containsExactly(new SetRemoval.Leftover(crashed, false));
    assertThat(removal().sweep(crashed)).isTrue();

    assertThat(world.inSet(crashed.value(), "")).doesNotExist();
    assertThat(whole()).isTrue();
  }

  @Test
  void whatWasCommittedMeanwhileIsNotSwept() {
    assertThat(removal().sweep(SET)).isFalse();
    assertThat(whole()).isTrue();
  }

  @Test
  void theMarkOfARemovalThatDiedIsTakenBackAfterAnHour() throws IOException {
    var mark = world.inSet(ID, "removing.json");
    Files.writeString(mark, "{\"run\":\"" + PRUNE + "\",\"at\":\"" + NOW + "\"}");

    removal(world.store, NOW.plusSeconds(3600)).takeBackStale();
    assertThat(mark).exists();
    removal(world.store, NOW.plusSeconds(3601)).takeBackStale();
    assertThat(mark).doesNotExist();
    removal().takeBackStale();
    Files.writeString(mark, "{");
    removal().takeBackStale();

    assertThat(mark).doesNotExist();
    assertThat(whole()).isTrue();
  }

  @Test
  void aSetIsVerifiedOnceItWasFoundWhole() {
    assertThat(world.sets.isVerified(SET)).isFalse();

    world.sets.markVerified(SET, RESTORE);
    world.sets.markVerified(SET, RESTORE);

    assertThat(world.sets.isVerified(SET)).isTrue();
    assertThat(world.sets.isBad(SET)).isFalse();
    world.sets.markBad(SET, "x");
    assertThat(world.sets.isBad(SET)).isTrue();
    var gone = new SetId("20261119T020000Z-cccc");
    failure(ErrorType.SET_UNKNOWN, () -> world.sets.markVerified(gone, RESTORE));
    assertThat(world.sets.isVerified(gone)).isFalse();
  }
}
