package dev.resurge.worker.answer;

import dev.resurge.activities.link.Ticket;
import dev.resurge.activities.step.Site;
import dev.resurge.worker.answer.PageView.Notice;
import dev.resurge.worker.page.Refusal;
import dev.resurge.worker.page.RefusalPage;
import dev.resurge.worker.page.Refusing;
import dev.resurge.workflows.model.DecisionRecord;
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
import java.util.Optional;

/**
 * The page of a link: reading it changes nothing, however often and whoever does; posting answers
 * once, in the name of the person whom the link was made for.
 */
@Controller("/answer")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
class LinkPages extends Refusing {
  private final Answering answering;
  private final Origins origins;
  private final Pages pages;
  private final InstantSource clock;

  LinkPages(Answering answering, Origins origins, Pages pages, RefusalPage refusals, Site site) {
    super(refusals);
    this.answering = answering;
    this.origins = origins;
    this.pages = pages;
    this.clock = site.clock();
  }

  @Get("/{token}")
  MutableHttpResponse<String> read(@PathVariable String token, HttpRequest<?> request) {
    var ticket = answering.ticket(token, Ticket.Kind.LINK);
    var status = answering.status(ticket);
    var views = new Views(status, clock.instant());
    var answered = answered(ticket, views);
    var form =
        answered.isPresent()
            ? Optional.<PageView.FormBox>empty()
            : views.form(ticket.code(), ticket.person(), "");
    if (answered.isEmpty() && form.isEmpty() && status.result().isEmpty()) {
      throw Refusal.renewed();
    }
    return pages.page(
        HttpStatus.OK,
        views.page(
            answered.stream().toList(),
            form.stream().toList(),
            request.getParameters().contains("live"),
            "This page is for " + ticket.person() + ", until " + ticket.expires() + "."));
  }

  private Optional<Notice> answered(Ticket ticket, Views views) {
    return answering
        .earlier(ticket)
        .or(() ->
            views.answers(ticket.code(), ticket.person()).stream()
                .map(DecisionRecord::answer)
                .reduce((a, b) -> b))
        .map(answer -> new Notice("good", "Your answer was taken", answer));
  }

  @Post("/{token}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  MutableHttpResponse<?> answer(
      @PathVariable String token, @Body String body, HttpRequest<?> request) {
    var ticket = answering.ticket(token, Ticket.Kind.LINK);
    origins.requireNotForeign(request);
    var posted = Posted.of(body);
    answering.give(ticket, Voucher.Channel.LINK, posted.answer(), posted.get("comment"));
    // relative, because a proxy may have put a path before it
    return HttpResponse.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, token);
  }
}
