package dev.resurge.activities.check;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.runbook.Check;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A GET whose answer is looked at as it comes: a redirect is an answer, not followed. */
record HttpProbe(Check.Http check, HttpClient client) implements Probe {
  /** What of a body is searched, so that an endless one does no harm. */
  private static final int BODY_KEPT = 1 << 20;

  /** For one try: an application that hangs at its start is asked again. */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  /** A client that follows no redirects: where they lead is not what was asked. */
  static HttpClient newClient() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  @Override
  public String expected() {
    return "status "
        + check.status()
        + check.contains().map(text -> " and a body containing '" + text + "'").orElse("");
  }

  @Override
  public Outcome ask(Duration limit) {
    var patience = limit.compareTo(ANSWERS_WITHIN) < 0 ? limit : ANSWERS_WITHIN;
    var request = HttpRequest.newBuilder(URI.create(check.url())).GET().build();
    var answer = client.sendAsync(request, HttpProbe::beginningOfBody);
    try {
      return judge(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Outcome.notYet(
          "no whole answer from " + check.url() + " in " + Durations.human(patience));
    } catch (ExecutionException e) {
      return Outcome.notYet("no answer from " + check.url() + ": " + said(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while asking " + check.url());
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpResponse.BodySubscriber<String> beginningOfBody(
      HttpResponse.ResponseInfo info) {
    var kept = new ByteArrayOutputStream();
    return BodySubscribers.mapping(
        BodySubscribers.ofByteArrayConsumer(bytes ->
            bytes.ifPresent(b -> kept.write(b, 0, Math.min(b.length, BODY_KEPT - kept.size())))),
        end -> kept.toString(StandardCharsets.UTF_8));
  }

  private Outcome judge(HttpResponse<String> answer) {
    if (answer.statusCode() != check.status()) {
      return Outcome.notYet(
          "status "
              + answer.statusCode()
              + answer.headers().firstValue("location").map(l -> " to " + l).orElse("")
              + ", body: "
              + Outcome.shorten(answer.body()));
    }
    if (check.contains().filter(text -> !answer.body().contains(text)).isPresent()) {
      return Outcome.notYet(
          "status " + answer.statusCode() + ", body: " + Outcome.shorten(answer.body()));
    }
    return Outcome.passed(
        "status "
            + answer.statusCode()
            + check.contains().map(t -> ", body contains it").orElse(""));
  }

  /** The innermost words: java.net.http wraps "Connection refused" in exceptions without any. */
  private static String said(Throwable error) {
    for (var e = error; e != null; e = e.getCause()) {
      if (e.getMessage() != null) {
        return e.getMessage();
      }
    }
    return error instanceof java.net.ConnectException
        ? "connection refused"
        : error.getClass().getSimpleName();
  }
}
