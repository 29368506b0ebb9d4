package dev.resurge.activities.notice;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;

/**
 * One POST of JSON. A redirect is not followed: what is said, and what proves who says it, is for
 * the host that was named.
 */
final class HttpPost {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final int BODY_SHOWN = 1024;

  private final String to;
  private final Secrets secrets;
  private final Optional<Path> authority;
  private final Duration answersWithin;

  /**
   * @param to for messages
   */
  HttpPost(String to, Secrets secrets, Optional<Path> authority) {
    this(to, secrets, authority, ANSWERS_WITHIN);
  }

  HttpPost(String to, Secrets secrets, Optional<Path> authority, Duration answersWithin) {
    this.to = to;
    this.secrets = secrets;
    this.authority = authority;
    this.answersWithin = answersWithin;
  }

  /** Sends it; anything but a status of 2xx fails. */
  void send(String url, byte[] body, Map<String, String> headers) {
    try (var client = client()) {
      var request = request(url, body, headers);
      try {
        var response = client.send(request, BodyHandlers.ofInputStream());
        try (var answer = response.body()) {
          judge(response, answer);
        }
      } catch (SSLException e) {
        throw refused("TLS failed: " + said(e), e);
      } catch (HttpTimeoutException e) {
        throw undelivered("no answer within " + answersWithin.toSeconds() + " s", e);
      } catch (IOException e) {
        throw undelivered(said(e), e);
      } catch (InterruptedException e) {
        client.shutdownNow();
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while telling " + to);
      }
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECTS_WITHIN)
        .sslContext(Trust.of(authority))
        .build();
  }

  /** The address may be a secret: nothing of it is said if it is none. */
  private HttpRequest request(String url, byte[] body, Map<String, String> headers) {
    try {
      var request =
          HttpRequest.newBuilder(new URI(url))
              .timeout(answersWithin)
              .header("Content-Type", "application/json; charset=utf-8")
              .header("User-Agent", "resurge")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      return request.build();
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw refused("its address or a header is malformed", null);
    }
  }

  private void judge(HttpResponse<?> response, InputStream answer) throws IOException {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return;
    }
    var body = new String(answer.readNBytes(BODY_SHOWN), StandardCharsets.UTF_8);
    var words = "status " + status + (body.isBlank() ? "" : ": " + body);
    if (status / 100 == 5 || status == 408 || status == 429) {
      throw undelivered(words, null);
    }
    throw refused(words, null);
  }

  private ResurgeException undelivered(String why, Exception cause) {
    return new ResurgeException(
        ErrorType.NOTICE_UNDELIVERED, "telling " + to + ": " + secrets.clean(why), cause);
  }

  private ResurgeException refused(String why, Exception cause) {
    return new ResurgeException(
        ErrorType.NOTICE_REFUSED, "telling " + to + ": " + secrets.clean(why), cause);
  }

  /** The innermost words: java.net.http wraps "Connection refused" in exceptions without any. */
  private static String said(Throwable error) {
    var words = error.getClass().getSimpleName();
    for (var e = error; e != null; e = e.getCause()) {
      if (e.getMessage() != null) {
        words = e.getMessage();
      }
    }
    return words;
  }
}
