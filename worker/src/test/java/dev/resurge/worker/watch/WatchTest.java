package dev.resurge.worker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.evidence.EvidenceSamples;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.step.Drivers;
import dev.resurge.activities.step.RunbookFolder;
import dev.resurge.activities.step.Site;
import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.activities.store.StoreWorld;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.runbook.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the watch sees and tells, of stores on real directories and by a clock of its own. */
@Timeout(60)
class WatchTest {
  private static final String SET = "20261121T020000Z-k3f9";
  private static final String OURS = StoreWorld.SYSTEM;
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;

  private final Map<Store, HeldStore> stores = new ConcurrentHashMap<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private StoreWorld world;
  private Path runbooks;
  private volatile Instant now = StoreWorld.NOW.plus(Duration.ofHours(1));

  @BeforeEach
  void build() throws IOException {
    world = new StoreWorld(folder);
    runbooks = Files.createDirectory(folder.resolve("runbooks"));
    runbook(OURS, world.root, "rpo: 24h");
  }

  @Test
  void aBackupThatDoesNotComeIsToldOnceWithTheMomentAndItsEndToo() throws IOException {
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    prove();
    var watch = watch();
    watch.round();
    assertThat(told).as("nothing is wrong").isEmpty();

    now = StoreWorld.NOW.plus(Duration.ofHours(25));
    watch.round();
    watch.round();

    assertThat(told).containsExactly("paperless [] -> [RECOVERY_POINT]");
    assertThat(state(watch).since(Shortfall.RECOVERY_POINT))
        .as("not when it was noticed, but when it became true")
        .contains(StoreWorld.NOW.plus(Duration.ofHours(24)));

    runbook(OURS, world.root, "rpo: 48h");
    watch.round();
    assertThat(told).last().isEqualTo("paperless [RECOVERY_POINT] -> []");
  }

  @Test
  void whatIsStillWrongWhenAWorkerComesBackIsToldAgain() throws IOException {
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    prove();
    now = StoreWorld.NOW.plus(Duration.ofDays(3));

    watch().round();
    watch().round();

    assertThat(told)
        .containsExactly("paperless new -> [RECOVERY_POINT]", "paperless new -> [RECOVERY_POINT]");
  }

  @Test
  void nothingProvenAndNoSetAreSinceTheyWereNoticed() {
    var watch = watch();
    var first = now;
    watch.round();
    now = now.plus(Duration.ofHours(1));
    watch.round();

    assertThat(state(watch).shortfalls())
        .isEqualTo(Map.of(Shortfall.NO_GOOD_SET, first, Shortfall.TEST_DUE, first));
    assertThat(state(watch).recoveryPoint()).isEmpty();
    assertThat(told).hasSize(1);
  }

  @Test
  void aRecoveryThatTookTooLongIsAShortfallSinceItEnded() throws IOException {
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    var restore = prove();
    runbook(OURS, world.root, "rto: 3h");
    var watch = watch();
    watch.round();

    assertThat(state(watch).since(Shortfall.RECOVERY_TIME)).contains(restore.ended());
    assertThat(state(watch).lastRuns())
        .singleElement()
        .satisfies(run -> assertThat(run.run()).isEqualTo(restore.run()));

    now = restore.ended().plus(Duration.ofDays(31));
    watch.round();
    assertThat(state(watch).since(Shortfall.TEST_DUE))
        .contains(restore.ended().plus(Duration.ofDays(30)));
  }

  @Test
  void aSetGrowsOlderAlsoWhileItsStoreIsAway() throws IOException {
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    prove();
    var watch = watch();
    watch.round();
    var away = world.root.resolveSibling("away");
    Files.move(world.root, away);

    watch.round();
    assertThat(state(watch).shortfalls()).containsOnlyKeys(Shortfall.UNSEEN);
    assertThat(state(watch).unseen().orElseThrow()).startsWith("StoreUnavailable: ");
    assertThat(state(watch).recoveryPoint()).contains(StoreWorld.NOW);
    now = now.plus(Duration.ofDays(1));
    watch.round();
    assertThat(state(watch).shortfalls())
        .containsOnlyKeys(Shortfall.UNSEEN, Shortfall.RECOVERY_POINT);

    Files.move(away, world.root);
    watch.round();
    assertThat(state(watch).shortfalls()).containsOnlyKeys(Shortfall.RECOVERY_POINT);
  }

  @Test
  void aBrokenRunbookIsAStateOfItsSystemAlone() throws IOException {
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    prove();
    Files.writeString(runbooks.resolve("broken.yaml"), "kind: Runbook\n");
    Files.writeString(runbooks.resolve("copied.yaml"), text(OURS, world.root, "rpo: 24h"));
    Files.writeString(runbooks.resolve("no-text.yaml"), "é", StandardCharsets.ISO_8859_1);
    var watch = watch();
    watch.round();

    assertThat(watch.state().systems()).containsOnlyKeys("broken", "copied", "no-text", OURS);
    assertThat(state(watch).shortfalls()).isEmpty();
    assertThat(watch.state().of("broken").orElseThrow().unseen().orElseThrow())
        .startsWith("RunbookInvalid: ");
    assertThat(watch.state().of("copied").orElseThrow().unseen().orElseThrow())
        .contains("a runbook's file is named as its system");
    assertThat(watch.state().of("no-text").orElseThrow().readiness()).isEmpty();
  }

  @Test
  void aStoreThatHangsKeepsNobodyElseFromBeingLookedAt() throws IOException {
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    prove();
    var dead = Files.createDirectory(folder.resolve("dead"));
    runbook("a-first", dead, "rpo: 24h");
    runbook("b-second", dead, "rpo: 24h");
    var watch = watch();
    var held = store(new Store.Filesystem(dead.toString()));
    held.hold();

    watch.round();
    watch.round();

    assertThat(state(watch).shortfalls()).isEmpty();
    assertThat(watch.state().of("a-first").orElseThrow().unseen().orElseThrow())
        .contains("still waits");
    assertThat(watch.state().of("b-second").orElseThrow().unseen()).isPresent();
    assertThat(held.calls()).as("one call hangs, whoever asks").hasSize(1);

    held.release();
    assertThat(
            Poll.until(
                Duration.ofSeconds(20),
                Duration.ofMillis(20),
                () -> {
                  watch.round();
                  return watch.state().systems().values().stream()
                      .allMatch(state -> state.unseen().isEmpty());
                }))
        .as("all are seen once it answers")
        .isTrue();
  }

  @Test
  void asLongAsNothingChangesOnlyTheNewestSetIsReadAgain() throws IOException {
    world.commit("20261120T020000Z-aaaa", SetKind.SCHEDULED);
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    prove();
    write(EvidenceSamples.backup());
    write(EvidenceSamples.verify());
    var watch = watch();
    watch.round();
    var store = store(new Store.Filesystem(world.root.toString()));
    assertThat(store.opened()).anyMatch(key -> key.contains("/evidence/"));

    watch.round();

    assertThat(store.opened()).isNotEmpty().allMatch(key -> key.contains("/sets/" + SET));
    var drill = write(EvidenceSamples.drill());
    watch.round();
    assertThat(store.opened()).anyMatch(key -> key.contains(drill.run().value()));
    assertThat(state(watch).lastRuns()).anyMatch(run -> run.run().equals(drill.run())).hasSize(4);
  }

  @Test
  void aReportThatIsNotBelievedIsReadAgain() throws IOException {
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    var restore = prove();
    var file = world.file(OURS + "/evidence/" + restore.run() + ".json");
    var genuine = Files.readString(file);
    Files.writeString(file, genuine.replace("\"pass\"", "\"PASS\""));
    var watch = watch();
    watch.round();
    assertThat(state(watch).readiness().orElseThrow().proof()).isEmpty();

    Files.writeString(file, genuine);
    watch.round();

    assertThat(state(watch).readiness().orElseThrow().proof()).isPresent();
  }

  @Test
  void aSystemIsGoneWithItsRunbookAndNotWithTheFolder() throws IOException {
    runbook("other", world.root, "rpo: 24h");
    var watch = watch();
    watch.round();
    told.clear();

    Files.delete(runbooks.resolve("other.yaml"));
    watch.round();
    assertThat(watch.state().systems()).containsOnlyKeys(OURS);
    assertThat(told).containsExactly("other is gone");

    Files.move(runbooks, folder.resolve("elsewhere"));
    watch.round();
    assertThat(state(watch).shortfalls()).containsKey(Shortfall.UNSEEN);
  }

  @Test
  void itGoesOnWhenAListenerBreaks() throws IOException {
    world.commit(SET, SetKind.SCHEDULED, "database", "files");
    var breaking =
        new Watch.Listener() {
          @Override
          public void changed(Optional<SystemState> before, SystemState after) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    var watch =
        new Watch(
            new RunbookFolder(runbooks), site(), SHORT, SHORT, List.of(breaking, new Telling()));

    watch.start();

    try {
      assertThat(Poll.until(Duration.ofSeconds(20), Duration.ofMillis(10), () -> !told.isEmpty()))
          .isTrue();
      now = StoreWorld.NOW.plus(Duration.ofHours(25));
      assertThat(Poll.until(Duration.ofSeconds(20), Duration.ofMillis(10), () -> told.size() > 1))
          .isTrue();
    } finally {
      watch.stop();
    }
    assertThat(told).last().asString().contains("RECOVERY_POINT");
  }

  private final class Telling implements Watch.Listener {
    @Override
    public void changed(Optional<SystemState> before, SystemState after) {
      told.add(
          after.system()
              + " "
              + before.map(state -> sorted(state).toString()).orElse("new")
              + " -> "
              + sorted(after));
    }

    private List<Shortfall> sorted(SystemState state) {
      return state.shortfalls().keySet().stream().sorted().toList();
    }

    @Override
    public void gone(String system) {
      told.add(system + " is gone");
    }
  }

  private Watch watch() {
    return new Watch(
        new RunbookFolder(runbooks), site(), Duration.ofMinutes(1), SHORT, List.of(new Telling()));
  }

  private Site site() {
    var installation =
        new Installation(
            "host1",
            new Installation.Temporal("nowhere:0", "default", "resurge"),
            runbooks,
            folder.resolve("state"),
            new Installation.Keys(folder.resolve("none"), List.of(), List.of()),
            Map.of(),
            new Installation.Worker("127.0.0.1", 0),
            Optional.empty());
    return new Site(
        installation,
        world.signer,
        world.trust,
        new Drivers(List.of()),
        named -> {
          throw new IllegalStateException("a watch needs no platform");
        },
        this::store,
        () -> now,
        "test");
  }

  private HeldStore store(Store store) {
    return stores.computeIfAbsent(store, named -> new HeldStore(ArtifactStores.open(named)));
  }

  private static SystemState state(Watch watch) {
    return watch.state().of(OURS).orElseThrow();
  }

  private Evidence prove() {
    return write(EvidenceSamples.passingRestore());
  }

  /** Writes a sample as this system's. */
  private Evidence write(Evidence sample) {
    ObjectNode fields = Json.mapper().valueToTree(sample);
    fields.put("system", OURS);
    var evidence = Json.mapper().convertValue(fields, Evidence.class);
    new EvidenceArchive(world.store, OURS).write(evidence, world.signer);
    return evidence;
  }

  private void runbook(String system, Path store, String... objectives) throws IOException {
    Files.writeString(runbooks.resolve(system + ".yaml"), text(system, store, objectives));
  }

  private static String text(String system, Path store, String... objectives) throws IOException {
    return Files.readString(Path.of("../runbooks/library.yaml"))
        .replaceFirst("name: library", "name: " + system)
        .replace("path: /var/backups/resurge", "path: " + store)
        .replaceFirst("rto: 5m\n +rpo: 24h\n +downtime: 10s", String.join("\n    ", objectives));
  }
}
