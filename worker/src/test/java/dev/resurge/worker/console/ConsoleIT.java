package dev.resurge.worker.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.Visitor;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The console while real runs come and go. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class ConsoleIT {
  @Test
  void aSystemIsFollowedFromItsFirstBackupToARestoreThatWaits() {
    try (var world = World.start(Setting.STANDARD.withItsOwnTemporal().withWatchfulWorker())) {
      world.runbook(standard -> standard.with("objectives", "rpo: 24h\nrto: 1h"));
      var visitor = world.visitor(Visitor.ELSEWHERE);
      var page = "/systems/" + world.system();
      await(world, visitor, "/", "there is no backup that a restore could take");
      assertThat(visitor.get("/").body()).contains("1 system: 1 falls short", "not ready");

      var set = world.backup();
      var drill = world.expect(Verdict.PASS, world.runs().drill());
      await(world, visitor, "/", "1 system: 1 ready");
      await(world, visitor, page, drill.run().value());
      assertThat(visitor.get(page).body())
          .contains(set.value(), "signed; passed drill", "Recovery time (RTA): newest");
      var report = visitor.get(page + "/evidence/" + drill.run() + ".html");
      assertThat(report.body()).contains("Drilled");

      var restore = world.runs().restore();
      restore.awaitWaiting("wait for approval");
      await(world, visitor, "/", "waits for an approval");
      assertThat(visitor.get(page).body())
          .contains("./resurge approve " + world.system())
          .doesNotContain("/runs/");
      assertThat(world.visitor(Visitor.PROXY).with("X-Forwarded-User", "bob").get(page).body())
          .contains("href=\"../runs/" + world.system() + "/restore\"");
      var restored = world.expect(Verdict.PASS, restore.approve());
      await(world, visitor, page, restored.run().value());
      assertThat(visitor.get(page).body()).contains("Rings: what a restore or drill measured");
    }
  }

  private static void await(World world, Visitor visitor, String path, String text) {
    world.await(path + " to say " + text, () -> visitor.get(path).body().contains(text));
  }
}
