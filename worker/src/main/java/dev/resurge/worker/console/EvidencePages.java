package dev.resurge.worker.console;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.step.Site;
import dev.resurge.worker.page.Refusal;
import dev.resurge.worker.page.RefusalPage;
import dev.resurge.worker.page.Refusing;
import dev.resurge.worker.page.Sheet;
import dev.resurge.worker.watch.Watch;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence to read and to download. What is shown or given under a run's own name is what a trusted
 * key signed; what is not believed is given only under a name that says so.
 */
@Controller("/systems/{system}/evidence")
@ExecuteOn(TaskExecutors.BLOCKING)
class EvidencePages extends Refusing {
  private static final Map<String, String> TYPES =
      Map.of(
          "html",
          MediaType.TEXT_HTML + ";charset=utf-8",
          "md",
          "text/markdown;charset=utf-8",
          "json",
          MediaType.APPLICATION_JSON,
          "sig",
          MediaType.APPLICATION_OCTET_STREAM);

  private final Sheet unbelieved =
      Sheet.live(ConsolePages.FOLDER, "unbelieved.html.peb", ConsolePages.STYLE);

  private final Readers readers;
  private final Watch watch;
  private final Histories histories;
  private final TrustRoots trust;

  EvidencePages(
      Readers readers, Watch watch, Histories histories, Site site, RefusalPage refusals) {
    super(refusals);
    this.readers = readers;
    this.watch = watch;
    this.histories = histories;
    this.trust = site.trust();
  }

  /** One file of a run's evidence: {@code RUN.html} to read, the others to download. */
  @Get("/{file}")
  HttpResponse<?> read(
      @PathVariable String system, @PathVariable String file, HttpRequest<?> request) {
    var visit = readers.admit(request);
    var runbook =
        watch.state().of(system).flatMap(state -> state.runbook()).orElseThrow(Refusal::unknown);
    var dot = file.lastIndexOf('.');
    var format = file.substring(dot + 1);
    if (dot < 0 || !TYPES.containsKey(format) || !RunId.isValid(file.substring(0, dot))) {
      throw Refusal.unknown();
    }
    var run = new RunId(file.substring(0, dot));
    try {
      return histories
          .ask(
              runbook.spec().store(),
              store -> answer(new EvidenceArchive(store, system), system, run, format, visit))
          .orElseThrow(Refusal::unknown);
    } catch (ResurgeException e) {
      throw e.type() == ErrorType.STORE_UNAVAILABLE
          ? new Refusal(
              HttpStatus.SERVICE_UNAVAILABLE, "The store does not answer just now", e.getMessage())
          : e;
    }
  }

  /** Empty if there is no such file. */
  private Optional<HttpResponse<?>> answer(
      EvidenceArchive archive, String system, RunId run, String format, Visit visit) {
    try {
      return believed(archive, run, format)
          .map(content ->
              format.equals("html") ? report(content) : download(content, run.value(), format));
    } catch (ResurgeException e) {
      return switch (e.type()) {
        case STORE_UNAVAILABLE -> throw e;
        case RUN_UNKNOWN -> Optional.empty();
        default ->
            format.equals("html")
                ? Optional.of(unbelieved(system, run, e, visit))
                : archive
                    .file(run, format)
                    .map(content -> download(content, "not-believed-" + run, format));
      };
    }
  }

  /** The pages are made anew of the signed .json; that and its signature are given as they are. */
  private Optional<byte[]> believed(EvidenceArchive archive, RunId run, String format) {
    if (format.equals("html") || format.equals("md")) {
      return Optional.of(archive.rendered(run, trust, format).getBytes(StandardCharsets.UTF_8));
    }
    archive.read(run, trust);
    return archive.file(run, format);
  }

  /** In a sandbox: even if something in it could run, it would not. */
  private static HttpResponse<byte[]> report(byte[] html) {
    var text = new String(html, StandardCharsets.UTF_8);
    var from = text.indexOf("<style>") + "<style>".length();
    var policy = Sheet.policy(text.substring(from, text.indexOf("</style>", from)));
    return HttpResponse.ok(html)
        .header("Content-Type", TYPES.get("html"))
        .header("Content-Security-Policy", policy + "; form-action 'none'; sandbox");
  }

  private static HttpResponse<byte[]> download(byte[] content, String name, String format) {
    return HttpResponse.ok(content)
        .header("Content-Type", TYPES.get(format))
        .header("Content-Disposition", "attachment; filename=\"" + name + "." + format + "\"");
  }

  private HttpResponse<String> unbelieved(
      String system, RunId run, ResurgeException why, Visit visit) {
    return unbelieved.page(
        HttpStatus.CONFLICT,
        Map.of(
            "root", visit.root(),
            "system", system,
            "run", run.value(),
            "why", why.type().id() + ": " + why.getMessage(),
            "remedy", why.type().remedy()));
  }
}
