package dev.resurge.activities.platform.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment that every program starts from. The worker's own holds secrets (passwords, keys
 * of the store) that no hook, check or workload has any business with; so only what programs need
 * to run at all is taken from it, by name. A program that needs more is given it ({@code
 * Program.with}), or reads a file of its own.
 *
 * @param variables name to value
 */
public record ProgramEnvironment(Map<String, String> variables) {
  private static final Set<String> PASSED =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TZ", "TMPDIR", "XDG_RUNTIME_DIR");
  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public ProgramEnvironment {
    variables = Map.copyOf(variables);
  }

  /**
   * What of the worker's environment programs get. Their locale is always {@code C.UTF-8}: messages
   * that can be parsed, file names as they are.
   */
  public static ProgramEnvironment from(Map<String, String> worker) {
    var variables = new HashMap<String, String>();
    PASSED.stream().filter(worker::containsKey).forEach(n -> variables.put(n, worker.get(n)));
    variables.putIfAbsent("PATH", USUAL_PATH);
    variables.put("LANG", "C.UTF-8");
    variables.put("LC_ALL", "C.UTF-8");
    return new ProgramEnvironment(variables);
  }

  /** Where programs are searched. */
  String path() {
    return variables.getOrDefault("PATH", USUAL_PATH);
  }
}
