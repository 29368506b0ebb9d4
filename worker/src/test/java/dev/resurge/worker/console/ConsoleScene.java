package dev.resurge.worker.console;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The scene that the pictures of {@code docs/console.md} are taken of; serves until it is ended.
 */
final class ConsoleScene {
  private ConsoleScene() {}

  public static void main(String[] arguments) throws InterruptedException {
    var world = new ConsoleWorld(Path.of(arguments[0]));
    world.runbook(
        "library",
        "The document library. Its database lists the documents, its directory holds them.",
        "rto: 5m",
        "rpo: 26h");
    world.runbook("paperless", "Scanned invoices, back to 2009.", "rto: 30m", "rpo: 24h");
    world.runbook("wiki", "Everything that is written down.", "rto: 1h", "rpo: 24h");
    world.runbook("shop", "Orders and stock.", "rto: 2h");
    past(world, "library", 38, 1);
    past(world, "paperless", 30, 3);
    past(world, "wiki", 12, 1);
    world.start();
    System.out.println("port " + world.port());
    Thread.currentThread().join();
  }

  /** A backup a day until so many days ago; one was missed; a drill a fortnight. */
  private static void past(ConsoleWorld world, String system, int days, int until) {
    for (int day = days; day >= until; day--) {
      if (day == 9) {
        continue;
      }
      var at = world.now.minus(Duration.ofDays(day)).plus(Duration.ofHours(11));
      var bytes = 400_000 + (days - day) * 9_000 + day * 131 % 17 * 4_000;
      var set =
          world.backup(
              system,
              at,
              bytes,
              Duration.ofSeconds(34 + (days - day) / 2 + day * 7 % 11),
              day == 4 ? "before the upgrade to 2.14" : "");
      if (day % 14 == 3 && !system.equals("wiki")) {
        world.drill(
            system, at.plus(Duration.ofHours(3)), Duration.ofSeconds(140 + day * 37 % 90), set);
      }
    }
  }
}
