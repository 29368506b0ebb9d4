package dev.resurge.starter.command;

import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.starter.World;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where keys are made, as a mixin. */
final class KeysFolder {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Where to write. Default: the folder of the configuration's signing key.")
  private Path folder;

  KeyMaker maker(World world) {
    var where =
        folder == null
            ? world.installation().keys().signing().toAbsolutePath().getParent()
            : folder.toAbsolutePath();
    return new KeyMaker(where, world.clock());
  }
}
