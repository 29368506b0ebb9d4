package dev.resurge.activities.installation;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds and reads the one configuration file. Environment variables come before the file, the file
 * before defaults; every error is reported at once.
 */
public final class InstallationLoader {
  private static final String FILE_NAME = "resurge.yaml";
  private static final String FILE_VARIABLE = "RESURGE_CONFIG";

  /**
   * Flags by which the command line and the worker are told how Temporal is reached, as Temporal's
   * own command line names them, and their settings. None takes a secret: others see arguments.
   */
  public static final Map<String, String> FLAGS =
      Map.of(
          "--address", Setting.TEMPORAL_ADDRESS.path(),
          "--namespace", Setting.TEMPORAL_NAMESPACE.path(),
          "--tls", Setting.TEMPORAL_TLS.path(),
          "--tls-cert-path", Setting.TEMPORAL_TLS_CERTIFICATE.path(),
          "--tls-key-path", Setting.TEMPORAL_TLS_KEY.path(),
          "--tls-ca-path", Setting.TEMPORAL_TLS_AUTHORITY.path(),
          "--tls-server-name", Setting.TEMPORAL_TLS_SERVER_NAME.path());

  /** The one of {@link #FLAGS} that is given without a value, which is {@code true} then. */
  public static final String SWITCH = "--tls";

  private final Map<String, String> environment;
  private final Path workingFolder;
  private final Path home;
  private final Path systemFolder;
  private final Supplier<String> hostName;

  /**
   * Looks where it is told to.
   *
   * @param home whose {@code .config} and {@code .local/state} are used
   * @param systemFolder usually {@code /etc/resurge}
   * @param hostName asked only if no installation id is configured
   */
  public InstallationLoader(
      Map<String, String> environment,
      Path workingFolder,
      Path home,
      Path systemFolder,
      Supplier<String> hostName) {
    this.environment = Map.copyOf(environment);
    this.workingFolder = workingFolder.toAbsolutePath().normalize();
    this.home = home;
    this.systemFolder = systemFolder;
    this.hostName = hostName;
  }

  /** For this process: its environment, working folder, home and host. */
  public static InstallationLoader ofProcess() {
    return new InstallationLoader(
        System.getenv(),
        Path.of(""),
        Path.of(System.getProperty("user.home")),
        Path.of("/etc/resurge"),
        InstallationLoader::hostName);
  }

  /**
   * Reads the configuration.
   *
   * @param explicit the file of {@code --config}; it must be there
   * @throws ResurgeException {@code ConfigurationInvalid} with every error, its file and line or
   *     its variable
   */
  public Installation load(Optional<Path> explicit) {
    return load(explicit, Map.of());
  }

  /**
   * Reads the configuration.
   *
   * @param flags the values of {@link #FLAGS} that were given; they come first
   */
  public Installation load(Optional<Path> explicit, Map<String, String> flags) {
    var errors = new ArrayList<String>();
    var file = find(explicit);
    var values = new EnumMap<Setting, SettingValue>(Setting.class);
    var contents = file.map(path -> ConfigurationFile.read(path, errors));
    contents.ifPresent(read -> values.putAll(read.settings()));
    for (var setting : Setting.values()) {
      override(setting, errors).ifPresent(value -> values.put(setting, value));
    }
    flags.forEach((flag, text) ->
        values.put(
            Setting.at(FLAGS.get(flag)).orElseThrow(),
            SettingValue.text(text, flag, workingFolder)));
    var installation =
        new InstallationReader(values, errors, defaults(file))
            .read(
                file,
                contents.map(ConfigurationFile.Contents::notifications).orElse(Notifications.NONE));
    if (!errors.isEmpty()) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "the configuration has "
              + (errors.size() == 1 ? "an error" : errors.size() + " errors")
              + ":\n  "
              + String.join("\n  ", errors));
    }
    return installation;
  }

  private Optional<Path> find(Optional<Path> explicit) {
    var named =
        explicit
            .map(path -> new Named("--config", path))
            .or(() -> variable(FILE_VARIABLE).map(path -> new Named(FILE_VARIABLE, Path.of(path))));
    if (named.isPresent()) {
      var path = workingFolder.resolve(named.get().path()).normalize();
      if (!Files.isRegularFile(path)) {
        throw new ResurgeException(
            ErrorType.CONFIGURATION_INVALID,
            named.get().by() + " names " + path + ", but there is no such file");
      }
      return Optional.of(path);
    }
    return List.of(workingFolder, home.resolve(".config/resurge"), systemFolder).stream()
        .map(folder -> folder.resolve(FILE_NAME))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private Optional<SettingValue> override(Setting setting, List<String> errors) {
    for (var name : setting.variables()) {
      var text = variable(name);
      if (text.isPresent()) {
        return Optional.of(parse(setting, name, text.get(), errors));
      }
    }
    return Optional.empty();
  }

  private SettingValue parse(Setting setting, String name, String text, List<String> errors) {
    return switch (setting.shape()) {
      case TEXT -> SettingValue.text(text, name, workingFolder);
      case SECRET -> new SettingValue(Map.of("env", name), name, workingFolder);
      case LIST -> SettingValue.list(parts(text, ":"), name, workingFolder);
      case WORDS -> SettingValue.list(parts(text, ","), name, workingFolder);
      case MAP -> {
        var entries = new LinkedHashMap<String, String>();
        for (var part : parts(text, ":")) {
          int equals = part.indexOf('=');
          if (equals < 1 || equals == part.length() - 1) {
            errors.add(name + ": '" + part + "' is not name=file");
          } else {
            entries.put(part.substring(0, equals), part.substring(equals + 1));
          }
        }
        yield new SettingValue(entries, name, workingFolder);
      }
    };
  }

  private static List<String> parts(String text, String separator) {
    return Stream.of(text.split(separator, -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private InstallationReader.Defaults defaults(Optional<Path> file) {
    var stateHome =
        variable("XDG_STATE_HOME").map(Path::of).orElseGet(() -> home.resolve(".local/state"));
    var base = file.map(Path::getParent).orElse(workingFolder);
    return new InstallationReader.Defaults(
        hostName, base.resolve("runbooks").normalize(), stateHome.resolve("resurge"));
  }

  /** Empty counts as unset, as in most shells' defaults. */
  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** From the kernel where it says, because a look-up by name may wait for a network. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
  }

  private record Named(String by, Path path) {}
}
