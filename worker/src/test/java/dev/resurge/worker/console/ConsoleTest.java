package dev.resurge.worker.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.evidence.EvidenceSamples;
import dev.resurge.activities.spi.Poll;
import dev.resurge.worker.watch.HeldStore;
import dev.resurge.worker.world.Visitor;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.SetSummary;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console as a browser gets it from a real worker, on a real store with a past. */
@Tag("slow")
@Timeout(300)
class ConsoleTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String LOGIN =
      "login: {header: X-Forwarded-User, proxies: [" + Visitor.PROXY + "]}";
  private static final String URL = "publicUrl: " + Visitor.PUBLIC_URL;

  @TempDir Path folder;

  private ConsoleWorld world;
  private SetSummary set;
  private Evidence drill;

  @BeforeEach
  void build() {
    world = new ConsoleWorld(folder);
    world.runbook("library", "Books & <script>alert(1)</script>.", "rto: 5m", "rpo: 26h");
    world.backup("library", world.now.minus(Duration.ofDays(2)), 2_000, Duration.ofSeconds(40), "");
    set =
        world.backup(
            "library",
            world.now.minus(Duration.ofHours(5)),
            2_000,
            Duration.ofSeconds(44),
            "<b>before</b> the upgrade");
    drill =
        world.drill("library", world.now.minus(Duration.ofHours(4)), Duration.ofSeconds(95), set);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aVisitorSeesEverySystemItsHistoryAndItsEvidenceAndCanChangeNothing() throws IOException {
    var visitor = started();

    var all = visitor.get("/");
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.body())
        .contains("1 system: 1 ready", "5 h of 1 d 2 h", "1 min 35 s of 5 min", "drill, 3 h ago")
        .contains("&lt;script&gt;alert(1)");
    assertConsole(all);

    var one = visitor.get("/systems/library");
    assertThat(one.body())
        .contains("✓</span> library: ready", set.set().value(), drill.run().value())
        .contains("signed; passed drill 3 h ago", "reason=&lt;b&gt;before&lt;/b&gt; the upgrade")
        .contains("Recovery time (RTA): newest 1 min 35 s", "objective 5 min")
        .contains("Recovery point (RPA): newest", "over the objective")
        .contains("Size of a set: newest 2.0 kB", "Duration of a backup: newest 44.0 s")
        .contains("Temporal did not answer");
    assertConsole(one);
    assertThat(visitor.get("/systems/library/").body()).contains("href=\"../../\"");

    for (var page : List.of("/", "/systems/library", "/console.js", evidence("html"))) {
      assertThat(visitor.head(page).statusCode()).as(page).isEqualTo(200);
      assertThat(visitor.postJson(page, "{}").statusCode()).as(page).isBetween(400, 499);
    }
  }

  @Test
  void evidenceIsReadInASandboxAndWhatIsDownloadedVerifies() throws IOException {
    var visitor = started();

    var report = visitor.get(evidence("html"));
    assertThat(report.statusCode()).isEqualTo(200);
    assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "style-src 'sha256-", "sandbox")
        .doesNotContain("unsafe", "script-src", "allow-");
    assertThat(report.body()).contains("Drilled", drill.run().value());

    var downloads = Files.createDirectory(folder.resolve("downloads"));
    for (var format : List.of("json", "md", "sig")) {
      var name = drill.run() + "." + format;
      var answer = visitor.download(evidence(format));
      assertThat(answer.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"" + name + "\"");
      Files.write(downloads.resolve(name), answer.body());
    }
    Files.writeString(downloads.resolve(drill.run() + ".html"), report.body());
    for (var format : List.of("json", "md", "html")) {
      assertThat(world.verified(downloads.resolve(drill.run() + "." + format)).run())
          .isEqualTo(drill.run());
    }
  }

  @Test
  void forgedEvidenceIsNeitherShownNorGivenUnderItsOwnName() throws IOException {
    var lies = world.store().resolve("library/evidence/" + drill.run() + ".html");
    Files.writeString(lies, "<script>all is well</script>");
    var forged =
        world.write(
            EvidenceSamples.verify(),
            "library",
            world.run(world.now.minus(Duration.ofHours(1)), Procedure.VERIFY),
            world.now.minus(Duration.ofHours(1)),
            world.now,
            set);
    var json = world.store().resolve("library/evidence/" + forged.run() + ".json");
    Files.writeString(json, Files.readString(json).replace("Every byte", "EVERY BYTE"));
    var visitor = started();

    assertThat(visitor.get(evidence("html")).body())
        .as("made anew of what was signed")
        .contains("Drilled")
        .doesNotContain("all is well");

    assertThat(visitor.get("/systems/library").body())
        .contains("not believed", forged.run().value());
    var path = "/systems/library/evidence/" + forged.run();
    var page = visitor.get(path + ".html");
    assertThat(page.statusCode()).isEqualTo(409);
    assertThat(page.body())
        .contains("This report is not believed", "none of the trusted keys")
        .doesNotContain("EVERY BYTE");
    var raw = visitor.get(path + ".json");
    assertThat(raw.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("not-believed-" + forged.run() + ".json");
    assertThat(raw.body()).contains("EVERY BYTE");
  }

  @Test
  void whatIsNotThereIsAPageThatTellsNothing() {
    world.runbook("other", "Something else.", "rto: 5m");
    var visitor = started();
    var run = drill.run().value();
    var unknown = visitor.get("/systems/nothing").body();

    for (var path :
        List.of(
            "/systems/nothing",
            "/systems/Library",
            "/systems/..%2flibrary",
            "/systems/%2e%2e",
            "/systems/library%00",
            "/systems/other/evidence/" + run + ".html",
            "/systems/nothing/evidence/" + run + ".html",
            "/systems/library/evidence/" + run,
            "/systems/library/evidence/" + run + ".exe",
            "/systems/library/evidence/20200101T000000Z-drill-aaaa.html",
            "/systems/library/evidence/..%2fsets%2f" + set.set() + "%2fmanifest.json",
            "/systems/library/evidence/..%2f..%2f..%2fresurge.yaml",
            "/systems/..%2f..%2fstate/evidence/" + run + ".json",
            "/systems/library/evidence/%2fetc%2fpasswd")) {
      var answer = visitor.get(path);
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
      if (answer.statusCode() == 404) {
        assertThat(answer.body()).as(path).isEqualTo(unknown);
      }
      assertThat(answer.body()).as(path).doesNotContain("root:", "manifest", "installation");
    }
    assertThat(unknown).contains("There is no such page").doesNotContain("nothing");
  }

  @Test
  void aStoreThatHangsDelaysNoPageForeverAndWhatIsKnownIsShown() {
    var held = new AtomicReference<HeldStore>();
    world.storeSeenAs(
        store -> held.updateAndGet(known -> known == null ? new HeldStore(store) : known));
    var visitor = started();
    assertThat(visitor.get("/systems/library").body()).contains(drill.run().value());

    held.get().hold();
    try {
      assertThat(
              Poll.until(
                  SOON,
                  Duration.ofMillis(100),
                  () -> visitor.get("/systems/library").body().contains("could not be read")))
          .isTrue();
      var page = visitor.get("/systems/library");
      assertThat(page.body())
          .contains("StoreUnavailable", "What is shown below was read at", drill.run().value());
      assertThat(visitor.get("/").statusCode()).isEqualTo(200);
      assertThat(visitor.get(evidence("json")).statusCode()).isEqualTo(503);
    } finally {
      held.get().release();
    }
  }

  @Test
  void whoeverMustLogInIsToldNothingBefore() {
    awaitSystem(world.start("console: login", URL, LOGIN).proxied("alice"));
    var stranger = world.visitor().with("X-Forwarded-User", "alice");
    for (var path :
        List.of("/", "/systems/library", "/systems/no", "/console.js", evidence("json"))) {
      var answer = stranger.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("library", "ready");
    }
    var page = world.proxied("alice").get("/");
    assertThat(page.body()).contains("You are logged in as <b>alice</b>", "1 system: 1 ready");
    assertThat(world.proxied("alice").get(evidence("json")).statusCode()).isEqualTo(200);
  }

  @Test
  void whereItIsOffThereIsNone() {
    var visitor = world.start("console: \"off\"").visitor();
    for (var path : List.of("/", "/systems/library", "/console.js", evidence("html"))) {
      assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(visitor.get("/metrics").statusCode()).isEqualTo(200);
  }

  private Visitor started() {
    var visitor = world.start().visitor();
    awaitSystem(visitor);
    return visitor;
  }

  private static void awaitSystem(Visitor visitor) {
    assertThat(
            Poll.until(
                SOON,
                Duration.ofMillis(50),
                () -> visitor.get("/systems/library").statusCode() == 200))
        .isTrue();
  }

  private String evidence(String format) {
    return "/systems/library/evidence/" + drill.run() + "." + format;
  }

  /** Its only script is the worker's own, and nothing else may run, load or be sent. */
  private static void assertConsole(HttpResponse<String> page) {
    var headers = page.headers();
    assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
        .contains("form-action 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("Cache-Control")).contains("no-store");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    var scripts = Pattern.compile("<script[^>]*>").matcher(page.body()).results().toList();
    assertThat(scripts)
        .singleElement()
        .satisfies(tag -> assertThat(tag.group()).endsWith("/console.js\" defer>"));
    assertThat(page.body()).doesNotContain("<form", "onclick", "javascript:", " style=");
    assertThat(page.body()).contains("<main>", "class=\"skip\"", "<h1", "lang=\"en\"");
  }
}
