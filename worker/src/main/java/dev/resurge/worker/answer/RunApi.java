package dev.resurge.worker.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.activities.link.Ticket;
import dev.resurge.worker.page.Logins;
import dev.resurge.worker.page.Refusal;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Voucher;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The same as the pages, for programs: identity comes from a link as a bearer token, from the login
 * of a trusted proxy, or from the signature of a person's own key. Without one of them every answer
 * is 401, whatever there is.
 */
@Controller("/api/v1/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
class RunApi {
  private static final String BEARER = "Bearer ";

  private final Logins logins;
  private final Answering answering;
  private final RunDoor door;
  private final Origins origins;
  private final PersonKeys people;

  RunApi(
      Logins logins,
      Answering answering,
      RunDoor door,
      Origins origins,
      Installation installation) {
    this.logins = logins;
    this.answering = answering;
    this.door = door;
    this.origins = origins;
    this.people = PersonKeys.read(installation.people());
  }

  @Get("/{system}/{procedure}")
  HttpResponse<String> status(
      @PathVariable String system, @PathVariable String procedure, HttpRequest<?> request) {
    var link = bearer(request, system, procedure);
    if (link.isPresent()) {
      return json(HttpStatus.OK, answering.status(link.get()));
    }
    if (logins.person(request).isEmpty()) {
      throw Refusal.nobody();
    }
    return json(HttpStatus.OK, newest(system, procedure));
  }

  @Post("/{system}/{procedure}/answer")
  @Consumes(MediaType.APPLICATION_JSON)
  HttpResponse<String> answer(
      @PathVariable String system,
      @PathVariable String procedure,
      @Body String body,
      HttpRequest<?> request) {
    var given = bearer(request, system, procedure);
    var person = given.isPresent() ? Optional.<String>empty() : logins.person(request);
    var sent = parsed(body);
    if (given.isEmpty() && person.isEmpty()) {
      return json(HttpStatus.OK, signed(system, procedure, sent));
    }
    origins.requireNotForeign(request);
    var channel = given.isPresent() ? Voucher.Channel.LINK : Voucher.Channel.LOGIN;
    var ticket = given.orElseGet(() -> ticket(system, procedure, sent, person.orElseThrow()));
    if (text(sent, "code").filter(code -> !code.equals(ticket.code())).isPresent()) {
      throw Refusal.renewed();
    }
    return json(
        HttpStatus.OK,
        answering.give(ticket, channel, required(sent, "answer"), text(sent, "comment")));
  }

  /** A link's own run, and no other. */
  private Optional<Ticket> bearer(HttpRequest<?> request, String system, String procedure) {
    var header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.startsWith(BEARER)) {
      return Optional.empty();
    }
    var ticket = answering.ticket(header.substring(BEARER.length()), Ticket.Kind.LINK);
    if (!ticket.procedure().workflowId(ticket.system()).equals(system + "/" + procedure)) {
      throw Refusal.notValid();
    }
    return Optional.of(ticket);
  }

  /** Who is logged in names the run and the code, to say what was read before it was answered. */
  private Ticket ticket(String system, String procedure, JsonNode sent, String person) {
    var status = newest(system, procedure);
    if (!status.run().value().equals(required(sent, "run"))) {
      throw Refusal.over();
    }
    return answering.ticket(
        answering.form(status, required(sent, "code"), person, ""), Ticket.Kind.FORM);
  }

  private Status newest(String system, String procedure) {
    return door.status(LoginPages.procedure(system, procedure), system)
        .orElseThrow(Refusal::unknown);
  }

  /** As the command line signs it; the run proves it once more. */
  private DecisionAnswer signed(String system, String procedure, JsonNode sent) {
    if (text(sent, "signature").isEmpty()) {
      throw Refusal.nobody();
    }
    var run = text(sent, "run").filter(RunId::isValid).map(RunId::new).orElseThrow(Refusal::nobody);
    var decision = decision(sent);
    if (!verified(decision, run)) {
      throw Refusal.nobody();
    }
    if (!newest(system, procedure).run().equals(run)) {
      throw Refusal.over();
    }
    var said = door.answer(LoginPages.procedure(system, procedure), system, decision);
    if (!said.accepted()) {
      throw Refusal.byRun(said.answer());
    }
    return said;
  }

  private static Decision decision(JsonNode sent) {
    var kind =
        switch (required(sent, "kind")) {
          case "approve" -> Decision.Kind.APPROVE;
          case "reject" -> Decision.Kind.REJECT;
          case "decide" -> Decision.Kind.DECIDE;
          default -> throw Refusal.malformed("kind is approve, reject or decide.");
        };
    return new Decision(
        kind,
        required(sent, "code"),
        text(sent, "choice"),
        required(sent, "by"),
        text(sent, "comment"),
        Optional.of("api"),
        text(sent, "signature"));
  }

  private boolean verified(Decision decision, RunId run) {
    try {
      return people.verified(
          decision.by(),
          decision.signedText(run).getBytes(StandardCharsets.UTF_8),
          Base64.getDecoder().decode(decision.signature().orElseThrow()));
    } catch (IllegalArgumentException e) {
      return false; // no base64: no signature
    }
  }

  private static JsonNode parsed(String body) {
    try {
      var node = Json.mapper().readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // told below
    }
    throw Refusal.malformed("Send a JSON object.");
  }

  private static Optional<String> text(JsonNode sent, String name) {
    var value = sent.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw Refusal.malformed(name + " is no text.");
    }
    return Optional.of(value.textValue());
  }

  private static String required(JsonNode sent, String name) {
    return text(sent, name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> Refusal.malformed(name + " is missing."));
  }

  private static HttpResponse<String> json(HttpStatus status, Object value) {
    return HttpResponse.<String>status(status)
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(Json.canonical(value));
  }

  @Error
  HttpResponse<String> refused(Refusal refusal) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("accepted", false);
    said.put("error", refusal.title());
    said.put("next", refusal.advice());
    return json(refusal.status(), said);
  }

  @Error
  HttpResponse<String> failed(RuntimeException failure) {
    return refused(Refusal.of(failure));
  }
}
