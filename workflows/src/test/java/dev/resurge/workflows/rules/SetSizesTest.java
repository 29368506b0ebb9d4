package dev.resurge.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Fingerprint;
import dev.resurge.workflows.model.Manifest;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.TargetIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SetSizesTest {
  private static final SetId SET = new SetId("20261121T020000Z-k3f9");
  private static final Instant POINT = Instant.parse("2026-11-21T02:00:00Z");

  @Test
  void aManifestSaysHowMuchThereIsOfEachComponentBeforeAndAfterEncoding() {
    var sizes =
        SetSizes.of(
            manifest(
                component("database", artifact(100, 900), artifact(10, 90)),
                component("files", artifact(5, 7))));

    assertThat(sizes)
        .isEqualTo(
            new SetSizes(SET, POINT, List.of(part("database", 990, 110), part("files", 7, 5))));
    assertThat(sizes.part("files")).contains(part("files", 7, 5));
    assertThat(sizes.part("queue")).isEmpty();
  }

  private static SetSizes.Part part(String name, long raw, long stored) {
    return new SetSizes.Part(name, new ByteSize(raw), new ByteSize(stored));
  }

  private static Artifact artifact(long stored, long raw) {
    return new Artifact("data", stored, raw, "0".repeat(64), List.of());
  }

  private static ComponentManifest component(String name, Artifact... artifacts) {
    return new ComponentManifest(
        name,
        "files",
        new TargetIdentity("files-a-b-1"),
        POINT,
        JsonNodeFactory.instance.objectNode(),
        new Fingerprint(Map.of()),
        List.of(artifacts),
        List.of());
  }

  private static Manifest manifest(ComponentManifest... components) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        SET,
        "library",
        "host",
        SetKind.MANUAL,
        new TreeMap<>(),
        new Person("alice", "cli", false),
        new RunId("20261121T020000Z-backup-7f2c"),
        "host1",
        "0.1.0",
        "0".repeat(64),
        POINT.plusSeconds(1),
        POINT.plusSeconds(5),
        POINT,
        List.of(components),
        List.of(),
        List.of(),
        List.of(),
        "");
  }
}
