package dev.resurge.worker.console;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.step.Site;
import dev.resurge.worker.page.Refusal;
import dev.resurge.worker.page.RefusalPage;
import dev.resurge.worker.page.Refusing;
import dev.resurge.worker.page.Sheet;
import dev.resurge.worker.watch.TemporalWatch;
import dev.resurge.worker.watch.Watch;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.InstantSource;
import java.util.Map;

/**
 * The console: every system on one page, made of memory alone, and a page for each, which also
 * reads its store. Nothing can be changed here.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
class ConsolePages extends Refusing {
  /** Where the console's templates are. */
  static final String FOLDER = "dev/resurge/worker/console";

  /** What the console adds to the look of all pages. */
  static final String STYLE = FOLDER + "/console.css";

  private static final String SCRIPT = Sheet.text(FOLDER + "/console.js");
  private final Sheet all = Sheet.live(FOLDER, "console.html.peb", STYLE);
  private final Sheet one = Sheet.live(FOLDER, "system.html.peb", STYLE);

  private final Readers readers;
  private final Watch watch;
  private final TemporalWatch temporal;
  private final Histories histories;
  private final Installation installation;
  private final InstantSource clock;

  ConsolePages(
      Readers readers,
      Watch watch,
      TemporalWatch temporal,
      Histories histories,
      Site site,
      RefusalPage refusals) {
    super(refusals);
    this.readers = readers;
    this.watch = watch;
    this.temporal = temporal;
    this.histories = histories;
    this.installation = site.installation();
    this.clock = site.clock();
  }

  /** Every system. */
  @Get("/")
  MutableHttpResponse<String> all(HttpRequest<?> request) {
    var visit = readers.admit(request);
    var said = new Said(clock.instant());
    var page =
        new ConsoleViews(installation.id(), visit, said).page(watch.state(), goings(visit, said));
    return all.page(HttpStatus.OK, Map.of("page", page));
  }

  /** One system. */
  @Get("/systems/{system}")
  MutableHttpResponse<String> one(@PathVariable String system, HttpRequest<?> request) {
    var visit = readers.admit(request);
    var watched = watch.state();
    var state = watched.of(system).orElseThrow(Refusal::unknown);
    histories.keep(watched.systems().keySet());
    var history = state.runbook().map(histories::of).orElse(History.NOTHING_READ);
    var said = new Said(clock.instant());
    var page = new SystemViews(visit, said).page(state, goings(visit, said), history);
    return one.page(HttpStatus.OK, Map.of("page", page));
  }

  /** What loads a page again while somebody looks at it. */
  @Get("/console.js")
  @Produces("text/javascript; charset=utf-8")
  HttpResponse<String> script(HttpRequest<?> request) {
    readers.admit(request);
    return HttpResponse.ok(SCRIPT);
  }

  private Goings goings(Visit visit, Said said) {
    return new Goings(temporal.state(), visit.person().isPresent(), said);
  }
}
