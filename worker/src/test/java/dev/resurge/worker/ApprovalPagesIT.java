package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.resurge.activities.installation.OwnSignature;
import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.activities.link.AnswerLinks;
import dev.resurge.activities.link.Tickets;
import dev.resurge.worker.world.RunHandle;
import dev.resurge.worker.world.Visitor;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.Verdict;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** People answer on the worker's pages: whoever may, once, and nobody else. */
@Tag("slow")
class ApprovalPagesIT {
  private static final String USER = "X-Forwarded-User";
  private static final String ORIGIN = "Origin";
  private static final String MARKUP = "<script>alert(1)</script>";
  private static final String FOUR_EYES = "identity: authenticated\nrequired: 2";

  private static String link(World world, RunHandle run, String code, String person) {
    return link(world, run, code, person, Duration.ofHours(1), InstantSource.system());
  }

  /** As notifications carry it; only its path, because the world's public name is not real. */
  private static String link(
      World world, RunHandle run, String code, String person, Duration lasts, InstantSource clock) {
    var installation = world.installation();
    var tickets = new Tickets(OwnSignature.of(installation), clock);
    var about =
        new Run(
            run.status().run(),
            Procedure.RESTORE,
            world.system(),
            "",
            "",
            new Person("alice", "test", false),
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            Scope.WHOLE);
    var url =
        new AnswerLinks(installation.worker().publicUrl(), tickets, clock)
            .link(about.system(), about.id(), code, person, clock.instant().plus(lasts))
            .orElseThrow();
    assertThat(url.toString()).startsWith(Visitor.PUBLIC_URL + "/answer/");
    return url.getPath();
  }

  private static World world(String approval) {
    var world = World.start();
    world.runbook(standard -> standard.with("approval", approval));
    world.backup();
    return world;
  }

  private static HttpResponse<String> approve(Visitor visitor, String path) {
    return visitor.post(path, Map.of("answer", "approve", "comment", "go " + MARKUP));
  }

  private static Map<String, String> commented(int characters) {
    return Map.of("answer", "approve", "comment", "x".repeat(characters));
  }

  private static void assertHarmless(HttpResponse<String> page) {
    var headers = page.headers();
    assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.body()).doesNotContain("<script");
  }

  @Test
  void aLinkShowsThePlanHoweverOftenAndApprovesOnce() {
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
    try (var world = world("identity: authenticated")) {
      var good = world.live();
      world.damage();
      var restore = world.runs().restore();
      var code = restore.plan().code();
      var path = link(world, restore, code, "bob");
      restore.awaitWaiting("wait for approval");
      var visitor = world.visitor(Visitor.ELSEWHERE);

      for (int i = 0; i < 10; i++) {
        assertThat(visitor.head(path).statusCode()).isEqualTo(200);
        var page = visitor.get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.body()).contains("What is given up", code, "value=\"approve\"");
        assertHarmless(page);
      }
      assertThat(restore.status().decisions()).isEmpty();
      assertThat(world.store().resolve(world.system()).resolve("answers")).doesNotExist();

      assertThat(visitor.post(path, Map.of("answer", "nonsense")).statusCode()).isEqualTo(400);
      assertThat(visitor.post(path, commented(3_000)).statusCode()).isEqualTo(400);
      assertThat(visitor.post(path, commented(100_000)).statusCode()).isEqualTo(413);
      visitor.with("Sec-Fetch-Site", "cross-site");
      assertThat(approve(visitor, path).statusCode()).isEqualTo(403);
      visitor.without("Sec-Fetch-Site").with(ORIGIN, "https://evil.example");
      assertThat(approve(visitor, path).statusCode()).isEqualTo(403);
      visitor.without(ORIGIN);
      assertThat(restore.status().decisions()).isEmpty();

      visitor.with(ORIGIN, "null").with("Sec-Fetch-Site", "same-origin"); // as browsers say here
      var taken = approve(visitor, path);
      assertThat(taken.statusCode()).isEqualTo(303);
      var after = visitor.get(path);
      assertThat(after.body())
          .contains("Your answer was taken", "&lt;script&gt;")
          .doesNotContain("value=\"approve\"");
      assertHarmless(after);
      assertThat(approve(visitor, path).statusCode()).isEqualTo(410);
      assertThat(visitor.post(path, Map.of("answer", "reject")).statusCode()).isEqualTo(410);

      var evidence = world.expect(Verdict.PASS, restore);
      world.assertSettled(good);
      assertThat(evidence.decisions()).hasSize(1);
      var decision = evidence.decisions().getFirst();
      assertThat(decision.by()).isEqualTo(new Person("bob", "link", true));
      assertThat(decision.comment()).contains("go " + MARKUP);
      assertThat(visitor.post(path, Map.of("answer", "reject")).statusCode()).isEqualTo(410);
      var token = path.substring(path.lastIndexOf('/') + 1);
      assertThat(Json.canonical(evidence)).doesNotContain(token);
      assertThat(log.list)
          .extracting(e -> e.getFormattedMessage())
          .noneMatch(m -> m.contains(token));
    }
  }

  @Test
  void aLinkThatIsTamperedExpiredOfAnotherRunOrPlanIsRefusedAndTellsNothing() {
    try (var world = world("identity: authenticated")) {
      var restore = world.runs().restore();
      var plan = restore.plan();
      var visitor = world.visitor(Visitor.ELSEWHERE);
      var path = link(world, restore, plan.code(), "bob");
      var past = InstantSource.offset(InstantSource.system(), Duration.ofHours(-3));

      var tampered =
          path.substring(0, 60) + (path.charAt(60) == 'A' ? 'B' : 'A') + path.substring(61);
      var refused =
          Map.of(
              tampered,
              403,
              "/answer/abc",
              400,
              link(world, restore, plan.code(), "bob", Duration.ofHours(1), past),
              410,
              link(world, restore, "ffffff", "bob"),
              409);
      refused.forEach((link, status) -> {
        for (var page : List.of(visitor.get(link), approve(visitor, link))) {
          assertThat(page.statusCode()).as(link).isEqualTo(status);
          assertThat(page.body()).doesNotContain(world.system(), plan.code(), "bob");
          assertHarmless(page);
        }
        assertThat(visitor.head(link).statusCode()).isEqualTo(status);
      });
      assertThat(restore.status().decisions()).isEmpty();

      // not in the middle of a step: the server in memory may forget a task that cancels one
      restore.awaitWaiting("wait for approval");
      restore.reject();
      world.expect(Verdict.REJECTED, restore);
      var second = world.runs().restore();
      second.plan();
      assertThat(visitor.get(path).statusCode()).isEqualTo(410);
      assertThat(approve(visitor, path).statusCode()).isEqualTo(410);
      assertThat(second.status().decisions()).isEmpty();

      var byOther = link(world, second, second.plan().code(), "bob");
      var wrongPlace = visitor.with("Authorization", "Bearer " + byOther.substring(8));
      assertThat(wrongPlace.get("/api/v1/runs/other/restore").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void fourEyesHoldOverLinkKeyAndLogin() {
    try (var world = world(FOUR_EYES)) {
      var good = world.live();
      world.damage();
      var restore = world.runs().restore();
      var code = restore.plan().code();
      var visitor = world.visitor(Visitor.ELSEWHERE);

      var asker = approve(visitor, link(world, restore, code, "alice"));
      assertThat(asker.statusCode()).isEqualTo(409);
      assertThat(asker.body()).contains("asked for this run");
      assertThat(approve(visitor, link(world, restore, code, "bob")).statusCode()).isEqualTo(303);
      assertThat(approve(visitor, link(world, restore, code, "Bob")).statusCode()).isEqualTo(409);

      var signed = signed(restore.status().run(), code, world.bobsKey());
      var byKey = visitor.postJson(api(world) + "/answer", signed);
      assertThat(byKey.statusCode()).as(byKey.body()).isEqualTo(409);
      assertThat(byKey.body()).contains("has approved already");
      assertThat(
              visitor.postJson(api(world) + "/answer", signed.replace("bob", "carol")).statusCode())
          .isEqualTo(401);

      var proxied = world.visitor(Visitor.PROXY).with(USER, "bob").with(ORIGIN, Visitor.PUBLIC_URL);
      assertThat(proxied.postJson(api(world) + "/answer", login(restore, code)).statusCode())
          .isEqualTo(409);
      proxied.with(USER, "carol");
      assertThat(proxied.postJson(api(world) + "/answer", login(restore, code)).body())
          .contains("\"accepted\":true");

      var evidence = world.expect(Verdict.PASS, restore);
      world.assertSettled(good);
      assertThat(evidence.decisions().stream().filter(d -> d.accepted()).map(d -> d.by().name()))
          .containsExactly("bob", "carol");
      assertThat(evidence.decisions()).hasSize(6);
    }
  }

  private static String login(RunHandle run, String code) {
    return "{\"run\":\"%s\",\"code\":\"%s\",\"answer\":\"approve\"}"
        .formatted(run.status().run(), code);
  }

  private static String api(World world) {
    return "/api/v1/runs/" + world.system() + "/restore";
  }

  private static String signed(RunId run, String code, Path key) {
    var decision =
        new Decision(
            Decision.Kind.APPROVE,
            code,
            Optional.empty(),
            "bob",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var signature = PersonKeys.sign(key, decision.signedText(run).getBytes(StandardCharsets.UTF_8));
    return "{\"kind\":\"approve\",\"code\":\"%s\",\"by\":\"bob\",\"run\":\"%s\",\"signature\":\"%s\"}"
        .formatted(code, run, Base64.getEncoder().encodeToString(signature));
  }

  @Test
  void aLoginCountsOnlyFromItsProxyAndOnlyFromItsOwnPage() {
    try (var world = world("identity: authenticated")) {
      var restore = world.runs().restore();
      var code = restore.plan().code();
      var path = "/runs/" + world.system() + "/restore";
      var elsewhere =
          world.visitor(Visitor.ELSEWHERE).with(USER, "bob").with(ORIGIN, Visitor.PUBLIC_URL);
      var unknown =
          List.of(path, "/runs/nothing/restore", api(world), "/api/v1/runs/nothing/restore");
      for (var page : unknown) {
        assertThat(elsewhere.get(page).statusCode()).as(page).isEqualTo(401);
      }
      assertThat(elsewhere.get(path).body()).isEqualTo(elsewhere.get(unknown.get(1)).body());

      var proxied = world.visitor(Visitor.PROXY).with(USER, "bob");
      var page = proxied.get(path);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
          .contains("SameSite=Strict", "HTTPOnly", "Secure");
      assertHarmless(page);
      var cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      var form = hidden(page.body());
      var answer = Map.of("answer", "reject", "comment", "no " + MARKUP, "form", form);

      proxied.with("Cookie", cookie);
      assertThat(proxied.post(path, answer).statusCode()).as("no origin").isEqualTo(403);
      proxied.with(ORIGIN, "https://evil.example");
      assertThat(proxied.post(path, answer).statusCode()).as("other origin").isEqualTo(403);
      proxied.with(ORIGIN, Visitor.PUBLIC_URL).with("Sec-Fetch-Site", "cross-site");
      assertThat(proxied.post(path, answer).statusCode()).as("cross site").isEqualTo(403);
      proxied.with("Sec-Fetch-Site", "same-origin");
      assertThat(elsewhere.with("Cookie", cookie).post(path, answer).statusCode()).isEqualTo(401);
      assertThat(proxied.post(path, Map.of("answer", "reject")).statusCode()).isEqualTo(403);
      assertThat(proxied.with(USER, "carol").post(path, answer).statusCode()).isEqualTo(403);
      proxied.with(USER, "bob").with("Cookie", "__Host-resurge-form=0123456789012345678901");
      assertThat(proxied.post(path, answer).statusCode()).as("other cookie").isEqualTo(403);
      proxied.with("Cookie", cookie);
      assertThat(proxied.post("/answer/" + form, answer).statusCode()).isEqualTo(403);
      assertThat(restore.status().decisions()).isEmpty();

      var posted = proxied.post(path, answer);
      assertThat(posted.statusCode()).as(posted.body()).isEqualTo(303);
      var evidence = world.expect(Verdict.REJECTED, restore);
      assertThat(evidence.decisions().getFirst().by()).isEqualTo(new Person("bob", "login", true));
      assertThat(evidence.failure().orElseThrow().message()).contains("no " + MARKUP);
      assertThat(code).isNotEmpty();
    }
  }

  private static String hidden(String body) {
    var match = Pattern.compile("name=\"form\" value=\"([^\"]+)\"").matcher(body);
    assertThat(match.find()).as(body).isTrue();
    return match.group(1);
  }

  @Test
  void aManualCheckIsAnsweredByALinkOfItsOwn() {
    try (var world = world("identity: authenticated")) {
      world.runbook(standard ->
          standard
              .with("approval", "identity: authenticated")
              .plus(
                  "checks",
                  "- type: manual\n  name: looks-right\n  question: Is <b>it</b> right?"));
      var good = world.live();
      world.damage();
      var restore = world.runs().restore();
      var visitor = world.visitor(Visitor.ELSEWHERE);
      var plan = link(world, restore, restore.plan().code(), "bob");
      assertThat(approve(visitor, plan).statusCode()).isEqualTo(303);

      var question = restore.question();
      var path = link(world, restore, question.code(), "carol");
      assertThat(visitor.get(path).body()).contains("Is &lt;b&gt;it&lt;/b&gt; right?");
      var bearer = visitor.with("Authorization", "Bearer " + path.substring("/answer/".length()));
      assertThat(bearer.get(api(world)).body()).contains(question.code());
      var body = "{\"answer\":\"yes\",\"comment\":\"seen\"}";
      assertThat(bearer.postJson(api(world) + "/answer", body).body())
          .contains("\"accepted\":true");

      var evidence = world.expect(Verdict.PASS, restore);
      assertThat(world.live()).isEqualTo(good);
      assertThat(evidence.checks().getLast().by()).contains(new Person("carol", "link", true));
    }
  }

  @Test
  void whileTemporalIsAwayThePageSaysSo() {
    try (var world = World.startWithItsOwnTemporal()) {
      world.runbook(standard -> standard.with("approval", "identity: authenticated"));
      world.backup();
      var restore = world.runs().restore();
      var path = link(world, restore, restore.plan().code(), "bob");
      var visitor = world.visitor(Visitor.ELSEWHERE);

      world.temporal().kill();
      try {
        assertThat(visitor.get(path).statusCode()).isEqualTo(503);
        assertThat(approve(visitor, path).statusCode()).isEqualTo(503);
      } finally {
        world.temporal().startAgain();
      }
    }
  }
}
