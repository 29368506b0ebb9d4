package dev.resurge.worker.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.page.Sheet;
import dev.resurge.worker.watch.Shortfall;
import dev.resurge.worker.watch.SystemState;
import dev.resurge.worker.watch.TemporalState;
import dev.resurge.worker.watch.TemporalState.Going;
import dev.resurge.worker.watch.TemporalState.Waiting;
import dev.resurge.worker.watch.WatchState;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.RunbookParser;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page of all systems says, of states in memory. */
class ConsoleViewsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");
  private static final String TEXT = ConsoleWorld.read(Path.of("../runbooks/library.yaml"));
  private static final Runbook RUNBOOK = RunbookParser.parseOrThrow("library.yaml", TEXT);
  private static final RunId RUN = new RunId("20261122T081500Z-restore-7f2c");

  @Test
  void whoFallsShortComesFirstAndTheWorstBeforeAll() {
    var page =
        page(
            nobody(),
            state("a-ready"),
            state("b-due", Shortfall.TEST_DUE),
            state("c-old", Shortfall.RECOVERY_POINT),
            state("d-nothing", Shortfall.NO_GOOD_SET, Shortfall.TEST_DUE),
            state("e-away", Shortfall.UNSEEN),
            state("f-older", Shortfall.RECOVERY_POINT, Shortfall.TEST_DUE));

    assertThat(page.systems())
        .extracting(ConsoleView.SystemLine::name)
        .containsExactly("d-nothing", "f-older", "c-old", "e-away", "b-due", "a-ready");
    assertThat(page.headline()).isEqualTo("6 systems: 1 ready, 5 fall short");
    assertThat(page.tone()).isEqualTo("bad");
  }

  @Test
  void stateIsSaidInWordsAndNotByColourAlone() {
    var page = page(nobody(), state("a", Shortfall.RECOVERY_POINT), state("b"));

    var old = page.systems().getFirst();
    assertThat(old.word()).isEqualTo("not ready");
    assertThat(old.mark()).isEqualTo("✗");
    assertThat(old.shortfalls())
        .containsExactly("its newest backup is older than its objective allows");
    assertThat(old.point().value()).isEqualTo("1 d 1 h of 1 d");
    assertThat(old.point().tone()).isEqualTo("bad");
    var ready = page.systems().getLast();
    assertThat(ready.word()).isEqualTo("ready");
    assertThat(ready.point().value()).isEqualTo("3 h of 1 d");
    assertThat(ready.time().value()).isEqualTo("3 min 5 s of 5 min");
    assertThat(ready.time().detail()).isEqualTo("drill, 2 d ago");
    assertThat(ready.test().value()).isEqualTo("due in 28 d");
  }

  @Test
  void whatWasNeverSeenIsNotCalledReady() {
    var unseen =
        new SystemState(
            "away",
            NOW,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of("StoreUnavailable: it did not answer"),
            Map.of(Shortfall.UNSEEN, NOW));
    var systems = new TreeMap<>(Map.of("away", unseen));
    var page = views().page(new WatchState(systems, Set.of("later")), nobody());

    assertThat(page.headline()).isEqualTo("2 systems: 1 falls short, 1 not looked at yet");
    assertThat(page.systems().getFirst().word()).isEqualTo("not seen");
    assertThat(page.systems().getFirst().point().value()).isEqualTo("not known");
    assertThat(page.awaited()).containsExactly("later");
  }

  @Test
  void whoWaitsIsShownWithHowToAnswerAndLinkedOnlyForWhoIsLoggedIn() {
    var waiting =
        new Waiting("a", Procedure.RESTORE, Question.Kind.APPROVAL, NOW.minusSeconds(180));
    var state =
        new TemporalState(
            NOW,
            true,
            List.of(
                new Going(
                    "b",
                    Procedure.BACKUP,
                    Optional.empty(),
                    NOW,
                    Optional.empty(),
                    Optional.empty()),
                new Going(
                    "b",
                    Procedure.DRILL,
                    Optional.of(RUN),
                    NOW.minusSeconds(30),
                    Optional.of("stage database"),
                    Optional.empty()),
                new Going(
                    "a",
                    Procedure.RESTORE,
                    Optional.of(RUN),
                    NOW.minusSeconds(600),
                    Optional.of("stage"),
                    Optional.of(waiting))));

    var lines = new Goings(Optional.of(state), false, new Said(NOW)).all();

    assertThat(lines)
        .extracting(ConsoleView.GoingLine::what)
        .containsExactly("waits for an approval", "stage database", "no worker says what it does");
    assertThat(lines.getFirst().since()).isEqualTo("3 min ago");
    assertThat(lines.getFirst().command()).isEqualTo("./resurge approve a");
    assertThat(lines).noneMatch(ConsoleView.GoingLine::linked);
    assertThat(state.waiting()).containsExactly(waiting);
    assertThat(new Goings(Optional.of(state), true, new Said(NOW)).all())
        .extracting(ConsoleView.GoingLine::linked)
        .containsExactly(true, true, false);
    assertThat(html(page(new Goings(Optional.of(state), true, new Said(NOW)), state("a"))))
        .contains("href=\"./runs/a/restore\"");
    assertThat(html(page(new Goings(Optional.of(state), false, new Said(NOW)), state("a"))))
        .doesNotContain("/runs/")
        .contains("link of the notification");
  }

  @Test
  void fiveHundredSystemsAreQuickAndSmall() {
    var states =
        IntStream.range(0, 500)
            .mapToObj(i ->
                i % 7 == 0
                    ? state("system-" + i, Shortfall.RECOVERY_POINT, Shortfall.TEST_DUE)
                    : state("system-" + i))
            .toArray(SystemState[]::new);
    html(page(nobody(), states)); // classes are loaded, templates compiled
    var threads = ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadCpuTime();

    var html = html(page(nobody(), states));

    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
        .isLessThan(Duration.ofMillis(200));
    assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
    assertThat(html).contains("500 systems: 428 ready, 72 fall short", "system-499");
  }

  @Test
  void namesAndDescriptionsOfOthersAreText() {
    var runbook =
        RunbookParser.parseOrThrow(
            "library.yaml",
            TEXT.replaceFirst("description: .*", "description: <script>alert(1)</script>"));
    assertThat(html(page(nobody(), state("a", runbook))))
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>");
  }

  private static String html(ConsoleView page) {
    return Sheet.live(ConsolePages.FOLDER, "console.html.peb", ConsolePages.STYLE)
        .text(Map.of("page", page));
  }

  private static Goings nobody() {
    return new Goings(Optional.of(new TemporalState(NOW, true, List.of())), false, new Said(NOW));
  }

  private static ConsoleView page(Goings goings, SystemState... states) {
    var systems =
        Stream.of(states)
            .collect(Collectors.toMap(SystemState::system, s -> s, (a, b) -> a, TreeMap::new));
    return views().page(new WatchState(systems, Set.of()), goings);
  }

  private static ConsoleViews views() {
    return new ConsoleViews("host1", new Visit(Optional.empty(), "./"), new Said(NOW));
  }

  private static SystemState state(String system, Shortfall... shortfalls) {
    return state(system, RUNBOOK, shortfalls);
  }

  private static SystemState state(String system, Runbook runbook, Shortfall... shortfalls) {
    var has = Arrays.asList(shortfalls);
    var age = Duration.ofHours(has.contains(Shortfall.RECOVERY_POINT) ? 25 : 3);
    var good = !has.contains(Shortfall.NO_GOOD_SET);
    var point = Optional.of(NOW.minus(age)).filter(at -> good);
    var readiness =
        new Readiness(
            system,
            Optional.of(new SetId("20261121T020000Z-k3f9")).filter(set -> good),
            Measure.of("recovery point", point.map(at -> age), Optional.of(Duration.ofDays(1))),
            Optional.of(new Readiness.Proof(RUN, Procedure.DRILL, NOW.minus(Duration.ofDays(2)))),
            Measure.of(
                "recovery time",
                Optional.of(Duration.ofSeconds(185)),
                Optional.of(Duration.ofMinutes(5))),
            Optional.of(NOW.plus(Duration.ofDays(28))),
            List.of());
    return new SystemState(
        system,
        NOW,
        Optional.of(runbook),
        Optional.of(readiness),
        point,
        List.of(),
        Optional.empty(),
        has.stream().collect(Collectors.toMap(s -> s, s -> NOW)));
  }
}
