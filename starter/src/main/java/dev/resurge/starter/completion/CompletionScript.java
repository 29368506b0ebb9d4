package dev.resurge.starter.completion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A completion script made from the commands there are. System names come from the runbook folder,
 * which the script lists itself: Java would take longer than a person waits for TAB.
 */
public final class CompletionScript {
  private static final String TEMPLATE = "completion.bash";

  private CompletionScript() {}

  /** For bash. */
  public static String bash(CommandLine root) {
    return template()
        .replace("@WORDS@", words(root))
        .replace("@SYSTEMS@", takingSystems(root))
        .replace("@VALUED@", String.join(" | ", valued(root)));
  }

  /** For zsh, by its own emulation of bash completion. */
  public static String zsh(CommandLine root) {
    return """
    autoload -U +X compinit && compinit -u
    autoload -U +X bashcompinit && bashcompinit
    """
        + bash(root);
  }

  /** One branch of the script's case per command: its subcommands and options. */
  private static String words(CommandLine root) {
    var branches = new ArrayList<String>();
    collect(root, "", branches);
    return String.join("\n", branches);
  }

  private static void collect(CommandLine command, String path, List<String> branches) {
    var words = new ArrayList<String>(command.getSubcommands().keySet());
    command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .forEach(words::add);
    branches.add("    '" + path + "') listed='" + String.join(" ", words) + "' ;;");
    command
        .getSubcommands()
        .forEach((name, below) -> collect(below, (path + " " + name).strip(), branches));
  }

  /** The commands whose first positional argument is a system. */
  private static String takingSystems(CommandLine root) {
    var paths = new ArrayList<String>();
    collectTaking(root, "", paths);
    return paths.stream().map(path -> "'" + path + "'").collect(Collectors.joining(" | "));
  }

  private static void collectTaking(CommandLine command, String path, List<String> paths) {
    var positional = command.getCommandSpec().positionalParameters();
    if (!positional.isEmpty()
        && List.of("SYSTEM", "WHAT").contains(positional.getFirst().paramLabel())) {
      paths.add(path);
    }
    command
        .getSubcommands()
        .forEach((name, below) -> collectTaking(below, (path + " " + name).strip(), paths));
  }

  private static Set<String> valued(CommandLine command) {
    var names = new TreeSet<String>();
    command.getCommandSpec().options().stream()
        .filter(option -> option.arity().min() > 0)
        .forEach(option -> names.addAll(List.of(option.names())));
    command.getSubcommands().values().forEach(below -> names.addAll(valued(below)));
    return names;
  }

  private static String template() {
    try (var in = CompletionScript.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException(TEMPLATE + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
