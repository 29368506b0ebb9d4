package dev.resurge.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alert rules, as Prometheus itself reads and tries them. */
class AlertRulesIT {
  private static final Pattern COMMAND = Pattern.compile("\\./resurge ([a-z]+)");

  @Test
  void prometheusTakesTheRulesAndTheExampleConfiguration() {
    assertThat(promtool("check", "rules", MonitoringFiles.RULES)).contains("rules found");
    assertThat(promtool("check", "config", "prometheus.yml")).contains("is valid");
  }

  @Test
  void everyRuleFiresAndIsSilentAsItsCasesSay() {
    assertThat(promtool("test", "rules", MonitoringFiles.TESTS)).contains("SUCCESS");
  }

  @Test
  void everyAlertHasACaseInWhichItFiresAndOneInWhichItIsSilent() {
    for (var rule : MonitoringFiles.rules()) {
      var cases =
          MonitoringFiles.expectations().stream()
              .filter(expected -> expected.get("alertname").equals(rule.get("alert")))
              .map(expected -> ((List<?>) expected.get("exp_alerts")).isEmpty())
              .toList();
      assertThat(cases).as(rule.get("alert") + ": is silent?").contains(true, false);
    }
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhichCommandHelps() {
    var commands = MonitoringFiles.text(Path.of("../docs/cli.md"));
    var page = MonitoringFiles.text(Path.of("../docs/monitoring.md"));
    for (var rule : MonitoringFiles.rules()) {
      var name = rule.get("alert").toString();
      assertThat(((Map<?, ?>) rule.get("labels")).get("severity"))
          .as(name)
          .isIn("critical", "high", "medium", "low");
      var action = ((Map<?, ?>) rule.get("annotations")).get("action").toString();
      assertThat(action).as(name).containsAnyOf("./resurge ", "prometheus.yml");
      COMMAND
          .matcher(action)
          .results()
          .forEach(found -> assertThat(commands).contains("### " + found.group(1)));
      assertThat(page).contains("`" + name + "`");
    }
  }

  private static String promtool(String... arguments) {
    var command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    try {
      var process =
          new ProcessBuilder(command)
              .directory(MonitoringFiles.FOLDER.toFile())
              .redirectErrorStream(true)
              .start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    } catch (IOException e) {
      throw new AssertionError(
          "promtool cannot be run: ./resurge test fetches it; it is in Debian's package prometheus",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
