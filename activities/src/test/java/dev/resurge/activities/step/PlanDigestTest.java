package dev.resurge.activities.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Plan.ComponentPlan;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Runbook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that people approve changes behind their back. */
class PlanDigestTest {
  private static final String RUNBOOK =
      """
      {"apiVersion":"resurge.dev/v1","kind":"Runbook","metadata":{"name":"library"},
       "spec":{
        "store":{"type":"filesystem","path":"/store"},
        "encryption":{"unencrypted":"a test"},
        "components":[{"type":"files","name":"files","path":"/files"}],
        "workloads":[{"type":"systemd","name":"app","unit":"app.service"}],
        "checks":[{"type":"tcp","name":"open","port":80}],
        "hooks":{"afterRestore":[{"name":"mail","command":["mail"]}]},
        "objectives":{"rto":"1h"},
        "approval":{"required":1},
        "restore":{"cutOverBudget":"60s"}}}
      """;
  private static final TargetIdentity LIVE = new TargetIdentity("files-a-b-1");
  private static final ComponentPlan FILES = component("files", Optional.of(LIVE), 10);
  private static final String DIGEST =
      digest(RUNBOOK, Scope.WHOLE, "20261121T020000Z-k3f9", "manifest", FILES);

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"name\":\"library\"       | \"name\":\"archive\"",
        "\"path\":\"/files\"        | \"path\":\"/other\"",
        "app.service                | web.service",
        "\"port\":80               | \"port\":81",
        "\"command\":[\"mail\"]     | \"command\":[\"page\"]",
        "\"required\":1             | \"required\":2",
        "\"cutOverBudget\":\"60s\"  | \"cutOverBudget\":\"61s\"",
      })
  void whatTheRunbookSaysOfTheRestoreBinds(String part, String other) {
    assertThat(RUNBOOK).contains(part);

    assertThat(
            digest(
                RUNBOOK.replace(part, other),
                Scope.WHOLE,
                "20261121T020000Z-k3f9",
                "manifest",
                FILES))
        .isNotEqualTo(DIGEST);
  }

  @Test
  void sourceManifestAndScopeBind() {
    var elsewhere = new Scope(List.of(), Map.of("files", "/other"), List.of(), List.of());

    assertThat(
            List.of(
                digest(RUNBOOK, Scope.WHOLE, "20261120T020000Z-k3f9", "manifest", FILES),
                digest(RUNBOOK, Scope.WHOLE, "20261121T020000Z-k3f9", "forged", FILES),
                digest(RUNBOOK, elsewhere, "20261121T020000Z-k3f9", "manifest", FILES)))
        .doesNotHaveDuplicates()
        .doesNotContain(DIGEST);
  }

  @Test
  void whatIsReplacedAndHowBinds() {
    var another = new TargetIdentity("files-a-b-2");
    var inPlace =
        new ComponentPlan(
            "files", "files", "/files", FILES.target(), LIVE, Strategy.IN_PLACE, size(10), size(5));
    var moved =
        new ComponentPlan(
            "files", "files", "/srv", FILES.target(), LIVE, Strategy.SWAPPED, size(10), size(5));

    assertThat(
            List.of(
                with(component("database", FILES.target(), 10)),
                with(component("files", Optional.of(another), 10)),
                with(component("files", Optional.empty(), 10)),
                with(inPlace),
                with(moved),
                with(FILES, component("more", Optional.empty(), 10)),
                with()))
        .doesNotHaveDuplicates()
        .doesNotContain(DIGEST);
  }

  @Test
  void whatIsMeasuredDoesNotBindAndTheSamePlanHasTheSameDigest() {
    assertThat(with(FILES)).isEqualTo(DIGEST).matches("[0-9a-f]{64}");
    assertThat(with(component("files", FILES.target(), 11))).isEqualTo(DIGEST);
  }

  private static String with(ComponentPlan... components) {
    return digest(RUNBOOK, Scope.WHOLE, "20261121T020000Z-k3f9", "manifest", components);
  }

  private static String digest(
      String runbook, Scope scope, String source, String manifest, ComponentPlan... components) {
    try {
      return PlanDigest.of(
          Json.mapper().readValue(runbook, Runbook.class),
          scope,
          source,
          manifest,
          List.of(components));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ComponentPlan component(String name, Optional<TargetIdentity> target, long live) {
    return new ComponentPlan(
        name, "files", "/files", target, LIVE, Strategy.SWAPPED, size(live), size(5));
  }

  private static ByteSize size(long bytes) {
    return new ByteSize(bytes);
  }
}
