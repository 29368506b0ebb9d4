package dev.resurge.activities.store;

import static dev.resurge.activities.store.StoreWorld.SYSTEM;
import static dev.resurge.activities.store.StoreWorld.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");
  private static final RunId LATER = new RunId("20261121T041500Z-restore-0001");
  private static final SetId SET = new SetId("20261121T020000Z-k3f9");

  @TempDir Path folder;
  private StoreWorld world;
  private Journal journal;

  @BeforeEach
  void build() {
    world = new StoreWorld(folder);
    journal = new Journal(world.store, SYSTEM, world.trust);
  }

  @Test
  void entriesComeBackInOrderAlsoBeyondTheNinth() {
    append(opened(RUN));
    for (int number = 2; number <= 11; number++) {
      append(entry(RUN, number, State.GOING_BACK, "attempt " + number));
    }

    var entries = journal.entries(RUN);

    assertThat(entries)
        .extracting(JournalEntry::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(entries.getFirst()).isEqualTo(opened(RUN));
    assertThat(journal.entries(LATER)).isEmpty();
  }

  @Test
  void theSameEntryAgainIsAccepted() {
    append(opened(RUN));
    append(opened(RUN));

    assertThat(journal.entries(RUN)).hasSize(1);
  }

  @Test
  void anotherEntryUnderTheSameNumberIsRefusedWithBothShown() {
    append(opened(RUN));
    append(entry(RUN, 2, State.GOING_BACK, "by the first"));

    var thrown =
        failure(
            ErrorType.TARGET_CHANGED,
            () -> append(entry(RUN, 2, State.GOING_BACK, "by the second")));

    assertThat(thrown)
        .hasMessageContaining("by the first")
        .hasMessageContaining("by the second")
        .hasMessageContaining("/2.json");
    assertThat(journal.entries(RUN)).hasSize(2);
  }

  @Test
  void aGapIsNeitherWrittenNorRead() throws IOException {
    failure(ErrorType.INTERNAL, () -> append(entry(RUN, 0, State.GOING_BACK, "")));
    failure(ErrorType.INTERNAL, () -> append(entry(RUN, 2, State.GOING_BACK, "")));
    append(opened(RUN));
    failure(ErrorType.INTERNAL, () -> append(entry(RUN, 3, State.GOING_BACK, "")));
    append(entry(RUN, 2, State.GOING_BACK, ""));
    append(entry(RUN, 3, State.GOING_BACK, ""));

    Files.delete(file(RUN, 2));

    var thrown = failure(ErrorType.SET_FORGED, () -> journal.entries(RUN));
    assertThat(thrown).hasMessageContaining("2.json").hasMessageContaining("it is missing");
  }

  @Test
  void anAlteredEntryIsNotBelievedAnywhere() throws IOException {
    append(opened(RUN));
    var text = Files.readString(file(RUN, 1));
    assertThat(text).contains("library_staged");
    Files.writeString(file(RUN, 1), text.replace("library_staged", "library_forged"));

    failure(ErrorType.SET_FORGED, () -> journal.entries(RUN));
    failure(ErrorType.SET_FORGED, () -> journal.unsettled());
    failure(ErrorType.SET_FORGED, () -> append(opened(RUN)));
  }

  @Test
  void anEntryOfAnUnknownSignerIsNotBelieved() {
    var stranger = Ed25519Signer.read(StoreWorld.newKeys(folder.resolve("other")).signing());
    new Journal(world.store, SYSTEM, world.trust).append(opened(RUN), stranger);

    var thrown = failure(ErrorType.SET_FORGED, () -> journal.unsettled());
    assertThat(thrown).hasMessageContaining("names the signer " + stranger.keyId());
  }

  @Test
  void aGenuineEntryInAnotherPlaceIsNotBelieved() throws IOException {
    append(opened(RUN));
    append(entry(RUN, 2, State.SETTLED_BACK, ""));
    // copied so that another run looks settled
    append(opened(LATER));
    Files.copy(file(RUN, 2), file(LATER, 2));
    failure(ErrorType.SET_FORGED, () -> journal.unsettled());

    Files.createDirectories(world.file("other/journal/" + RUN));
    Files.copy(file(RUN, 1), world.file("other/journal/" + RUN + "/1.json"));
    var others = new Journal(world.store, "other", world.trust);
    failure(ErrorType.SET_FORGED, () -> others.entries(RUN));
  }

  @Test
  void whatIsNoEntryIsAnErrorAndNotSkipped() throws IOException {
    append(opened(RUN));
    for (var text :
        List.of("", "{}", "{\"content\":\"{}\",\"signature\":\"%\",\"signer\":\"x\"}")) {
      Files.writeString(file(RUN, 1), text);
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> journal.unsettled()))
          .as(text)
          .isInstanceOf(ResurgeException.class);
    }
  }

  @Test
  void unsettledAreThoseWithoutAnEnd() {
    append(opened(RUN));
    append(entry(RUN, 2, State.SETTLED_HEALTHY, ""));
    append(opened(LATER));
    append(entry(LATER, 2, State.GOING_BACK, ""));

    assertThat(journal.unsettled())
        .containsExactly(
            new Journal.Unsettled(
                LATER, State.GOING_BACK, StoreWorld.NOW.plusSeconds(2), Optional.of(SET)));

    append(entry(LATER, 3, State.SETTLED_BACK, ""));

    assertThat(journal.unsettled()).isEmpty();
  }

  private Path file(RunId run, int number) {
    return world.file(SYSTEM + "/journal/" + run + "/" + number + ".json");
  }

  private static JournalEntry entry(RunId run, int number, State state, String detail) {
    return new JournalEntry(
        run,
        number,
        state,
        StoreWorld.NOW.plusSeconds(number),
        Optional.of(detail),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static JournalEntry opened(RunId run) {
    var plan =
        new Plan(
            run,
            SYSTEM,
            Optional.of(SET),
            Optional.empty(),
            "0".repeat(64),
            StoreWorld.NOW,
            Duration.ofHours(1),
            List.of("3 rows"),
            List.of(),
            List.of("web"),
            List.of(),
            List.of(),
            "one person",
            Duration.ofSeconds(60),
            List.of(),
            "1".repeat(64),
            "ab12");
    var swap =
        new Swap(
            "database",
            "library",
            Optional.of(new TargetIdentity("postgres-1-1")),
            new TargetIdentity("postgres-1-1"),
            "library_staged",
            new TargetIdentity("postgres-1-2"),
            "library_old",
            "library_rejected");
    return new JournalEntry(
        run,
        1,
        State.OPENED,
        StoreWorld.NOW,
        Optional.empty(),
        Optional.of(plan),
        List.of(swap),
        Optional.empty(),
        Optional.of(List.of("web")),
        Optional.of(Scope.WHOLE));
  }

  private void append(JournalEntry entry) {
    journal.append(entry, world.signer);
  }
}
