package dev.resurge.worker.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.resurge.activities.notice.HttpReceiver;
import dev.resurge.worker.browser.Browser;
import dev.resurge.worker.browser.Screen;
import dev.resurge.worker.browser.TemporalPages;
import dev.resurge.worker.world.LiveData;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.RunHandle;
import dev.resurge.worker.world.Runs;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.TestTemporal;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What somebody does who has nothing but a browser: Temporal's UI, a link on a phone, the report.
 * The pictures of {@code docs/temporal-ui.md} are made here.
 */
@Timeout(180)
class TemporalPagesE2E {
  private static World world;
  private static HttpReceiver phone;
  private static Browser browser;
  private static LiveData good;

  @BeforeAll
  static void aSystemAndABrowser() throws IOException {
    assertThat(TestTemporal.program())
        .as("the lab's Temporal: ./resurge test --lab temporal")
        .isPresent();
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    browser = Browser.start();
    phone = new HttpReceiver();
    world = World.start(Setting.STANDARD.withItsOwnTemporal());
    Files.writeString(
        world.configuration(),
        """
        notifications:
          channels: {phone: {type: webhook, url: '%s'}}
          people: {alice: [phone]}
          routes: [{events: [waiting], to: [alice]}]
        """
            .formatted(phone.uri()),
        StandardOpenOption.APPEND);
    world.changeWorker(false, Oddities.NONE);
    good = world.live();
  }

  @AfterAll
  static void close() {
    if (world != null) {
      world.close();
    }
    if (phone != null) {
      phone.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void theRunbookIsAsItWas() {
    world.runbook(standard -> standard);
  }

  private static TemporalPages temporal() {
    return new TemporalPages(browser.open(Screen.WIDE), world.temporal().pages());
  }

  private static String payload() {
    return "{\"runbook\":\"" + world.system() + "\"}";
  }

  private static String id(Procedure procedure) {
    return procedure.workflowId(world.system());
  }

  private static void fillIn(TemporalPages temporal, Procedure procedure, String payload) {
    temporal.startForm(procedure.workflowType(), id(procedure), world.system(), payload);
  }

  /** Starts it with one small object, as the page of the documentation says. */
  private static RunHandle start(TemporalPages temporal, Procedure procedure) {
    fillIn(temporal, procedure, payload());
    temporal.start();
    return world.runs().newest(procedure);
  }

  @Test
  void aRestoreIsStartedInTemporalApprovedOnAPhoneAndItsReportIsRead() {
    var temporal = temporal();
    world.expect(Verdict.PASS, start(temporal, Procedure.BACKUP));
    world.damage();

    fillIn(temporal, Procedure.RESTORE, payload());
    browser.picture(temporal.page(), "temporal-start");
    temporal.start();
    var restore = world.runs().newest(Procedure.RESTORE);
    restore.awaitWaiting("wait for approval");
    seenWhileItWaits(temporal, restore);
    foundWhileItWaits(temporal);

    approveOnThePhone(restore);

    var evidence = world.expect(Verdict.PASS, restore);
    world.assertSettled(good);
    assertThat(evidence.decisions()).hasSize(1);
    assertThat(evidence.decisions().getFirst().by()).isEqualTo(new Person("alice", "link", true));
    temporal.list(mine() + " AND ResurgeProcedure=\"restore\" AND ResurgeOutcome=\"pass\"");
    assertThat(temporal.listed().first()).containsText(id(Procedure.RESTORE));
    seenAfterItsEnd(temporal);
    readReport(evidence);
  }

  private static void seenWhileItWaits(TemporalPages temporal, RunHandle restore) {
    var code = restore.plan().code();
    temporal.run(id(Procedure.RESTORE));
    assertThat(temporal.page().getByText("stage database").first()).isVisible();
    browser.picture(temporal.page(), "temporal-run");

    temporal.open("user-metadata");
    assertSaid(
        temporal,
        "waiting for approval",
        "Plan " + code,
        "gives up: database: public.book",
        "stops: application",
        "{\"kind\":\"approve\",\"code\":\"" + code + "\",\"by\":\"your name\"}",
        "stage database",
        "wait for approval");
    browser.picture(temporal.detailsFrame(), "temporal-details");
  }

  /** In the details that the run gives of itself. */
  private static void assertSaid(TemporalPages temporal, String... words) {
    for (var said : words) {
      assertThat(temporal.currentDetails().locator("body")).containsText(said);
    }
  }

  private static String mine() {
    return "ResurgeSystem=\"" + world.system() + "\"";
  }

  private static void foundWhileItWaits(TemporalPages temporal) {
    temporal.list(mine() + " AND ResurgePhase=\"waiting for approval\"");
    assertThat(temporal.listed()).containsText(new String[] {id(Procedure.RESTORE)});
    browser.picture(temporal.page(), "temporal-list");

    temporal.list(mine());
    temporal.addFilter("ResurgeOutcome", "pass");
    assertThat(temporal.page()).hasURL(Pattern.compile(".*ResurgeOutcome.*"));
    assertThat(temporal.page().getByTestId("workflow-status-Running")).hasCount(0);
    assertThat(temporal.listed().first()).containsText(world.system());
  }

  private static void approveOnThePhone(RunHandle restore) {
    world.await("a link", () -> link().isPresent());
    var page = browser.open(Screen.PHONE);
    var address = world.workerPages().resolve(link().orElseThrow().getPath()).toString();
    page.navigate(address);
    page.reload();
    assertThat(page.getByText("What is given up")).isVisible();
    assertThat(restore.status().decisions()).as("opening it answers nothing").isEmpty();
    assertThat(overflow(page)).as("it fits the phone").isZero();

    page.getByLabel("Comment").fill("seen, go");
    var approve = button(page, "Approve");
    approve.scrollIntoViewIfNeeded();
    browser.picture(page, "approval-phone-answer");
    approve.tap();

    assertThat(page.getByText("Your answer was taken")).isVisible();
    assertThat(button(page, "Approve")).hasCount(0);
    browser.picture(page, "approval-phone-taken");
  }

  private static Optional<URI> link() {
    return phone.requests().stream()
        .map(request -> read(request.body()))
        .filter(link -> link.contains("/answer/"))
        .reduce((before, last) -> last)
        .map(URI::create);
  }

  private static String read(String notice) {
    try {
      return Json.mapper().readTree(notice).get("link").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + notice, e);
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** By how many pixels the page is wider than its screen. */
  private static int overflow(Page page) {
    return ((Number)
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  private static void seenAfterItsEnd(TemporalPages temporal) {
    temporal.run(id(Procedure.RESTORE));
    assertThat(temporal.page().getByText("Completed").first()).isVisible();
    assertThat(temporal.page().getByText("\"verdict\"").first()).isVisible();
    temporal.open("user-metadata");
    assertSaid(temporal, "pass: ", "alice (authenticated, by link) said approve");
  }

  private static void readReport(Evidence evidence) {
    var page = browser.open(Screen.WIDE);
    page.navigate(
        world
            .store()
            .resolve(world.system())
            .resolve("evidence")
            .resolve(evidence.run() + ".html")
            .toUri()
            .toString());
    for (var words : List.of(evidence.summary(), "seen, go", "alice")) {
      assertThat(page.locator("body")).containsText(words);
    }
  }

  @Test
  void aWrongPayloadFailsAtOnceAndThePageShowsARightOne() {
    var temporal = temporal();
    fillIn(temporal, Procedure.PRUNE, "{\"runbook\":\"library\",\"dryrun\":true}");
    temporal.start();

    temporal.run(id(Procedure.PRUNE));

    assertThat(temporal.page().getByText("Failed").first()).isVisible();
    var said = temporal.page().getByText("Prune takes one JSON object, such as").first();
    assertThat(said)
        .containsText("{\\\"runbook\\\":\\\"library\\\"}; it has no field 'dryrun', but");
    browser.picture(temporal.page(), "temporal-wrong");
  }

  @Test
  void answersComeByUpdateAndBySignal() {
    world.runbook(standard ->
        standard.plus(
            "checks",
            """
            - {type: manual, name: search-works, question: Does search find a book?}
            - {type: manual, name: covers-show, question: Do the covers show?}\
            """));
    world.backup();
    var temporal = temporal();

    var rejected = start(temporal, Procedure.RESTORE);
    rejected.awaitWaiting("wait for approval");
    temporal.run(id(Procedure.RESTORE));
    refusedByUpdate(temporal, rejected);
    signal(
        temporal, "{\"kind\":\"reject\",\"code\":\"%s\",\"by\":\"alice\"}", rejected.plan().code());
    world.expect(Verdict.REJECTED, rejected);

    var restore = start(temporal, Procedure.RESTORE);
    var code = restore.plan().code();
    // the form gave this run all that the one before had
    world.await("it forgets", () -> running("ResurgeOutcome = 'rejected'").isEmpty());
    assertThat(running("ResurgePhase != 'done'")).contains(id(Procedure.RESTORE));
    temporal.run(id(Procedure.RESTORE));
    var dialog = temporal.dialog("Update", "answer", approval(code));
    browser.picture(temporal.page(), "temporal-update");
    temporal.submit(dialog);
    var first = restore.question();
    assertThat(first.text()).contains("search");
    update(temporal, decision(first.code()));
    var second =
        restore
            .await("the second", s -> s.question().filter(q -> !q.equals(first)).isPresent())
            .question()
            .orElseThrow();
    signal(temporal, "%s", decision(second.code()));

    var evidence = world.expect(Verdict.PASS, restore);
    assertThat(evidence.decisions())
        .extracting(d -> d.by())
        .allMatch(by -> by.name().equals(Runs.ALICE) && !by.authenticated())
        .hasSize(3);
  }

  private static List<String> running(String query) {
    return world.runs().find(query + " AND ExecutionStatus = 'Running'");
  }

  /** What the dialog does not say, the details do. */
  private static void refusedByUpdate(TemporalPages temporal, RunHandle run) {
    update(temporal, approval("nonsense"));
    run.await("the attempt", s -> !s.decisions().isEmpty());
    temporal.open("user-metadata");
    assertSaid(temporal, "plan is " + run.plan().code() + ", not nonsense");
    temporal.open("history");
  }

  private static String approval(String code) {
    return "{\"kind\":\"approve\",\"code\":\"%s\",\"by\":\"alice\"}".formatted(code);
  }

  private static String decision(String code) {
    return "{\"kind\":\"decide\",\"code\":\"%s\",\"choice\":\"yes\",\"by\":\"alice\"}"
        .formatted(code);
  }

  private static void update(TemporalPages temporal, String payload) {
    temporal.submit(temporal.dialog("Update", "answer", payload));
  }

  private static void signal(TemporalPages temporal, String form, String code) {
    temporal.submit(temporal.dialog("Signal", "answer", form.formatted(code)));
  }

  @Test
  void theOtherProceduresStartWithTheSameSmallObject() {
    var temporal = temporal();
    for (var procedure : List.of(Procedure.VERIFY, Procedure.DRILL, Procedure.PRUNE)) {
      start(temporal, procedure).result();
      temporal.run(id(procedure));
      assertThat(temporal.page().getByText("Completed").first()).isVisible();
    }
    var settled = start(temporal, Procedure.SETTLE).result();
    assertThat(settled.summary()).isEqualTo("Nothing is unsettled.");
  }
}
