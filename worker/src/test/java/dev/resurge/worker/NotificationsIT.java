package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resurge.activities.notice.HttpReceiver;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.Visitor;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A worker that tells people over the wire. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class NotificationsIT {
  @Test
  void aBackupAndARestoreAreToldAndADeadChannelHindersNeither() throws IOException {
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

  @Test
  void whoIsToldOnAChannelOfTheirOwnAnswersThere() throws IOException {
    try (var world = World.start();
        var phone = new HttpReceiver();
        var team = new HttpReceiver()) {
      tell(
          world,
          """
          notifications:
            channels:
              phone: {type: webhook, url: '%s'}
              team: {type: webhook, url: '%s'}
            people: {alice: [phone]}
            routes:
              - {events: [waiting], to: [alice, team]}
          """
              .formatted(phone.uri(), team.uri()));
      world.backup();
      var restore = world.runs().restore();
      world.await("a link", () -> !links(phone).isEmpty() && !links(team).isEmpty());

      assertThat(links(team))
          .first()
          .isEqualTo(Visitor.PUBLIC_URL + "/runs/" + world.system() + "/restore");
      var path = URI.create(links(phone).getFirst()).getPath();
      assertThat(path).startsWith("/answer/");
      var answered =
          world.visitor(Visitor.ELSEWHERE).post(path, Map.of("answer", "approve", "comment", ""));

      assertThat(answered.statusCode()).isEqualTo(303);
      world.expect(Verdict.PASS, restore);
    }
  }

  @Test
  void aBackupThatNeverCameIsToldThoughNothingRan() throws IOException {
    try (var world = World.start();
        var chat = new HttpReceiver()) {
      tell(
          world,
          "notifications: {channels: {chat: {type: webhook, url: '%s'}}}\n".formatted(chat.uri()));

      world.await("a notice", () -> !chat.requests().isEmpty());

      var notice = body(chat.requests().getFirst().body());
      assertThat(notice.get("event").asText()).isEqualTo("objectiveMissed");
      assertThat(notice.get("severity").asText()).isEqualTo("critical");
      assertThat(notice.get("title").asText())
          .isEqualTo(world.system() + ": there is no backup that a restore could take");
      assertThat(notice.get("run").asText()).isEmpty();
    }
  }

  private static List<String> links(HttpReceiver channel) {
    return channel.requests().stream()
        .map(request -> body(request.body()).get("link").asText())
        .filter(link -> !link.isEmpty())
        .toList();
  }

  private static URI nobodyThere() {
    try (var gone = new HttpReceiver()) {
      return gone.uri();
    }
  }

  private static void tell(World world, String notifications) throws IOException {
    Files.writeString(world.configuration(), notifications, StandardOpenOption.APPEND);
    world.changeWorker(false, Oddities.NONE);
  }

  private static List<JsonNode> told(HttpReceiver chat, String procedure) {
    return chat.requests().stream()
        .map(request -> body(request.body()))
        .filter(body -> body.get("procedure").asText().equals(procedure))
        .filter(body -> !body.get("run").asText().isEmpty())
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
