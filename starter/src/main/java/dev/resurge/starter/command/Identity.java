package dev.resurge.starter.command;

import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.starter.World;
import dev.resurge.starter.follow.Decider;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** Who acts, as a mixin. */
final class Identity {
  private static final String DEFAULT_KEY = ".config/resurge/person.pem";

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Who you are. Default: the name you are logged in under.")
  private String name;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "Your private key; it proves who you are. Default: ~/.config/resurge/person.pem, if there.")
  private Path key;

  /** Whoever acts. */
  Decider decider(World world) {
    var file = keyFile(world);
    return new Decider(
        name == null ? world.userName() : name,
        file.map(path -> (UnaryOperator<byte[]>) text -> PersonKeys.sign(path, text)));
  }

  private Optional<Path> keyFile(World world) {
    if (key == null) {
      return Optional.of(world.home().resolve(DEFAULT_KEY)).filter(Files::isRegularFile);
    }
    if (!Files.isRegularFile(key)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID, "--key names " + key + ", but there is no such file");
    }
    return Optional.of(key);
  }
}
