package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resurge.activities.notice.HttpReceiver;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A whole worker that tells people over the wire. */
@Execution(ExecutionMode.CONCURRENT)
class NotificationsIT {
  @Test
  void aBackupAndARestoreAreToldByARealWorkerAndADeadChannelHindersNeither() throws IOException {
    try (var world = World.start();
        var chat = new HttpReceiver()) {
      tell(
          world,
          """
          notifications:
            channels:
              chat: {type: webhook, url: '%s'}
              gone: {type: webhook, url: '%s'}
            routes:
              - {to: [chat]}
              - {events: [done], to: [gone]}
          """
              .formatted(chat.uri(), nobodyThere()));
      world.backup();
      var restored = world.expect(Verdict.PASS, world.runs().restore().approve());

      assertThat(told(chat, "backup"))
          .extracting(JsonNode::asText)
          .containsExactly("started", "done");
      assertThat(told(chat, "restore"))
          .extracting(JsonNode::asText)
          .startsWith("started", "waiting")
          .endsWith("done");
      assertThat(chat.requests())
          .anyMatch(r -> r.body().contains("gives up: ") && r.body().contains("stops: "))
          .anyMatch(r -> r.body().contains("./resurge report " + restored.run()));
      assertThat(restored.steps()).anyMatch(step -> step.name().equals("not told"));
    }
  }

  private static URI nobodyThere() {
    try (var gone = new HttpReceiver()) {
      return gone.uri();
    }
  }

  private static void tell(World world, String notifications) throws IOException {
    Files.writeString(world.configuration(), notifications, StandardOpenOption.APPEND);
    world.changeWorker(true, Oddities.NONE);
  }

  private static List<JsonNode> told(HttpReceiver chat, String procedure) {
    return chat.requests().stream()
        .map(request -> body(request.body()))
        .filter(body -> body.get("procedure").asText().equals(procedure))
        .map(body -> body.get("event"))
        .toList();
  }

  private static JsonNode body(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
