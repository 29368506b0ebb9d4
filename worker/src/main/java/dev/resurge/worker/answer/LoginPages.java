package dev.resurge.worker.answer;

import dev.resurge.activities.link.Ticket;
import dev.resurge.activities.step.Site;
import dev.resurge.worker.answer.PageView.FormBox;
import dev.resurge.worker.page.Logins;
import dev.resurge.worker.page.Refusal;
import dev.resurge.worker.page.RefusalPage;
import dev.resurge.worker.page.Refusing;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Voucher;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A run's page for who is logged in at a trusted proxy. A browser sends that login along with
 * whatever any site makes it send, so an answer must come with what only this page had.
 */
@Controller("/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
class LoginPages extends Refusing {
  /** The address holds no secret, and the browser then names the origin when it posts. */
  private static final String REFERRER = "same-origin";

  private final Logins logins;
  private final Answering answering;
  private final RunDoor door;
  private final Origins origins;
  private final Sessions sessions;
  private final Pages pages;
  private final InstantSource clock;

  LoginPages(
      Logins logins,
      Answering answering,
      RunDoor door,
      Origins origins,
      Sessions sessions,
      Pages pages,
      RefusalPage refusals,
      Site site) {
    super(refusals);
    this.logins = logins;
    this.answering = answering;
    this.door = door;
    this.origins = origins;
    this.sessions = sessions;
    this.pages = pages;
    this.clock = site.clock();
  }

  @Get("/{system}/{procedure}")
  MutableHttpResponse<String> read(
      @PathVariable String system, @PathVariable String procedure, HttpRequest<?> request) {
    var person = person(request);
    var status = status(system, procedure);
    var session = sessions.of(request);
    var views = new Views(status, clock.instant());
    var forms = forms(status, views, person, session);
    return pages
        .page(
            HttpStatus.OK,
            views.page(
                views.taken(person),
                forms,
                request.getParameters().contains("live"),
                "You are logged in as " + person + "."))
        .cookie(sessions.cookie(session))
        .header("Referrer-Policy", REFERRER);
  }

  @Post("/{system}/{procedure}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  MutableHttpResponse<?> answer(
      @PathVariable String system,
      @PathVariable String procedure,
      @Body String body,
      HttpRequest<?> request) {
    var person = person(request);
    origins.requireOwn(request);
    var posted = Posted.of(body);
    var ticket = answering.ticket(posted.get("form").orElseThrow(Refusal::stale), Ticket.Kind.FORM);
    var session = sessions.present(request).map(Sessions::digest).orElseThrow(Refusal::stale);
    if (!ticket.person().equals(person)
        || !ticket.session().equals(session)
        || !ticket.system().equals(system)
        || !ticket.procedure().id().equals(procedure)) {
      throw Refusal.stale();
    }
    answering.give(ticket, Voucher.Channel.LOGIN, posted.answer(), posted.get("comment"));
    return HttpResponse.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, procedure);
  }

  /** Whoever has no name here learns nothing, not even whether there is such a run. */
  private String person(HttpRequest<?> request) {
    if (!logins.configured()) {
      throw Refusal.unknown();
    }
    return logins.person(request).orElseThrow(Refusal::nobody);
  }

  private Status status(String system, String procedure) {
    return door.status(procedure(system, procedure), system).orElseThrow(Refusal::unknown);
  }

  static Procedure procedure(String system, String procedure) {
    return Arrays.stream(Procedure.values())
        .filter(p -> p.id().equals(procedure.toLowerCase(Locale.ROOT)))
        .filter(p -> system.matches("[a-z0-9-]{1,63}"))
        .findFirst()
        .orElseThrow(Refusal::unknown);
  }

  private List<FormBox> forms(Status status, Views views, String person, String session) {
    var codes =
        Stream.concat(
            status.question().map(Question::code).stream(), status.plan().map(Plan::code).stream());
    return codes
        .filter(code -> views.answers(code, person).isEmpty())
        .flatMap(code ->
            views
                .form(code, person, answering.form(status, code, person, Sessions.digest(session)))
                .stream())
        .toList();
  }
}
