package dev.resurge.worker.world;

import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.worker.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code ./resurge worker} with {@link Oddities}: {@code CONFIGURATION WATCH-FOLDER ODDITIES…}. */
public final class OddWorker {
  private OddWorker() {}

  public static void main(String[] arguments) {
    var words = List.of(arguments);
    var installation = InstallationLoader.ofProcess().load(Optional.of(Path.of(words.get(0))));
    var oddities = Oddities.of(words.subList(2, words.size()));
    Main.start(installation, Optional.empty(), oddities.surroundings(Path.of(words.get(1))));
  }
}
