package dev.resurge.worker.world;

import dev.resurge.activities.testing.FreePort;
import dev.resurge.worker.world.Prompt.Command;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A machine that has nothing of a system: no runbook, no state, no Temporal, no worker. Commands
 * are typed there as processes of their own, which start what they need themselves.
 */
public final class BlankMachine {
  private final WorldFiles files;
  private final Path folder;
  private final Prompt prompt;
  private Path store;

  BlankMachine(WorldFiles files) {
    this.files = files;
    this.folder = files.root().resolve("blank");
    this.store = files.store();
    this.prompt = Prompt.in(folder, configurationText());
  }

  /** Where the system's sets are, as it is typed. */
  public String store() {
    return "filesystem:" + store;
  }

  /** The store is mounted elsewhere than where the runbook says; closing mounts it back. */
  public Closeable mountStoreElsewhere() {
    store = move(store, folder.resolve("backups"));
    return () -> store = move(store, files.store());
  }

  private static Path move(Path from, Path to) {
    try {
      return Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The runbook, once a command has brought it. */
  public Path runbook() {
    return folder.resolve("runbooks").resolve(files.system() + ".yaml");
  }

  /** Types {@code recover --store … SYSTEM} and more. */
  public Command recover(String... options) {
    var arguments = new ArrayList<>(List.of("recover", "--store", store(), files.system()));
    arguments.addAll(List.of(options));
    return type(arguments);
  }

  /** Types a command. */
  public Command type(List<String> arguments) {
    return prompt.type(arguments);
  }

  /** What the machine and the store keep, logs included, that says this. */
  public List<Path> filesThatSay(String secret) {
    return Stream.of(folder, store)
        .flatMap(Trees::files)
        .filter(file -> Trees.text(file).contains(secret))
        .toList();
  }

  private String configurationText() {
    return """
    installation: another-machine
    temporal: {address: "127.0.0.1:%d"}
    state: state
    keys:
      signing: %s
      identities: [%s]
    worker: {port: 0}
    """
        .formatted(
            FreePort.next(),
            files.keys().resolve("signing.pem"),
            files.keys().resolve("identity.age"));
  }
}
