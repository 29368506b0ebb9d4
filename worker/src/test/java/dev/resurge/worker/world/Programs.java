package dev.resurge.worker.world;

import dev.resurge.worker.EmbeddedTemporal;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The argument lists of the Java programs that a world starts. */
final class Programs {
  private Programs() {}

  /** {@link Library}, started as quickly as a JVM starts. */
  static List<String> library(String command, Path file) {
    return List.of(
        java(),
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx64m",
        "-cp",
        placeOf(Library.class) + File.pathSeparator + placeOf(org.postgresql.Driver.class),
        Library.class.getName(),
        command,
        file.toString());
  }

  /** The real worker, from this JVM's own class path. */
  static List<String> worker(Path configuration) {
    return worker("dev.resurge.worker.Main", List.of("--config", configuration.toString()));
  }

  /** The same with oddities. */
  static List<String> worker(Path configuration, Path watchFolder, Oddities oddities) {
    var arguments = new ArrayList<>(List.of(configuration.toString(), watchFolder.toString()));
    arguments.addAll(oddities.arguments());
    return worker(OddWorker.class.getName(), arguments);
  }

  /** Temporal's in-memory server, which wants a port. */
  static List<String> temporal() {
    return List.of(
        java(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        EmbeddedTemporal.class.getName());
  }

  private static final AtomicReference<Optional<QuickStart>> QUICK =
      new AtomicReference<>(Optional.empty());

  /** Workers that are started from now on write the cache, or use it. */
  static void quicken(QuickStart how) {
    QUICK.set(Optional.of(how));
    Runtime.getRuntime().addShutdownHook(new Thread(how::remove));
  }

  private static List<String> worker(String main, List<String> arguments) {
    var argv = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-Xmx512m"));
    argv.addAll(List.of("-XX:+UseSerialGC"));
    argv.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    QUICK.get().ifPresent(quick -> argv.addAll(quick.options()));
    argv.add("-cp");
    argv.add(QUICK.get().map(QuickStart::classPath).orElse(System.getProperty("java.class.path")));
    argv.add(main);
    argv.addAll(arguments);
    return List.copyOf(argv);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
